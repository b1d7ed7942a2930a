import type { Command } from "commander";
import type { Payment, Timetable } from "../index.js";
import { type CommonOptions, withCommon } from "./options.js";
import { type PaymentOptions, paymentOf, withPayment } from "./payment-options.js";
import { appendRecord, type RecordOptions, withRecordOption } from "./record-file.js";
import { arrivalLines } from "./render/arrival.js";
import type { Reply, RunCommand } from "./reply.js";

interface WhenOptions extends CommonOptions, PaymentOptions, RecordOptions {
  readonly asOf?: string;
}

export function addWhen(program: Command, runCommand: RunCommand): void {
  const command = program.command("when").description("when a payment should arrive, and why");
  const withOptions = withPayment(command).option(
    "--as-of <instant>",
    "answer with what was known then (default: all that is)",
  );
  withCommon(withRecordOption(withOptions)).action((options: WhenOptions) =>
    runCommand(options, async (input) => {
      const timetable = await input.timetable();
      const payment = await paymentOf(options, timetable.rulebook, input);
      const { asOf } = options;
      const knowledge = asOf === undefined ? {} : { asOf };
      await appendRecord(options, timetable, { kind: "when", payment, options: knowledge });
      return whenReply(timetable, payment, asOf);
    }),
  );
}

/** @throws QuestionError */
export function whenReply(timetable: Timetable, payment: Payment, asOf?: string): Reply {
  const arrival = timetable.when(payment, asOf === undefined ? {} : { asOf });
  return { json: arrival, lines: (page) => arrivalLines(timetable, payment, arrival, page) };
}
