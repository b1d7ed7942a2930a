import type { Command } from "commander";
import type { Payment, Timetable } from "../index.js";
import { arrivalLines } from "./arrival.js";
import { keepRecord, type RecordOptions, withRecord } from "./keep.js";
import { type CommonOptions, withCommon } from "./options.js";
import { type PaymentOptions, paymentOf, withPayment } from "./payment.js";
import type { Ask, Reply } from "./reply.js";

interface WhenOptions extends CommonOptions, PaymentOptions, RecordOptions {
  readonly asOf?: string;
}

export function addWhen(program: Command, ask: Ask): void {
  const command = program.command("when").description("when a payment should arrive, and why");
  const asked = withPayment(command).option(
    "--as-of <instant>",
    "answer with what was known then (default: all that is)",
  );
  withCommon(withRecord(asked)).action((options: WhenOptions) =>
    ask(options, async (input) => {
      const timetable = await input.timetable();
      const payment = await paymentOf(options, timetable.rulebook, input);
      const { asOf } = options;
      const known = asOf === undefined ? {} : { asOf };
      await keepRecord(options, timetable, { kind: "when", payment, options: known });
      return whenReply(timetable, payment, asOf);
    }),
  );
}

/** @throws QuestionError */
export function whenReply(timetable: Timetable, payment: Payment, asOf?: string): Reply {
  const arrival = timetable.when(payment, asOf === undefined ? {} : { asOf });
  return { json: arrival, lines: (page) => arrivalLines(timetable, payment, arrival, page) };
}
