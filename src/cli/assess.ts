import type { Command } from "commander";
import type { AssessOptions, Payment, PaymentEvent, Timetable } from "../index.js";
import { type CommonOptions, withCommon } from "./options.js";
import { type PaymentOptions, paymentOf, readJson, withPayment } from "./payment-options.js";
import { appendRecord, type RecordOptions, withRecordOption } from "./record-file.js";
import { wrap } from "./render/layout.js";
import { EXIT, type Reply, type RunCommand } from "./reply.js";

interface AssessCommandOptions extends CommonOptions, PaymentOptions, RecordOptions {
  readonly now: string;
  readonly events?: string;
  readonly arrivedAt?: string;
}

export function addAssess(program: Command, runCommand: RunCommand): void {
  const command = program
    .command("assess")
    .description("whether it is normal that the money is not there, why, and what to do");
  withCommon(
    withRecordOption(withPayment(command))
      .requiredOption("--now <instant>", "the instant to judge at, as in 2026-02-24T20:00:00+08:00")
      .option("--events <file>", "what was reported, as a JSON list of events")
      .option("--arrived-at <instant>", "when the payee had the money"),
  ).action((options: AssessCommandOptions) =>
    runCommand(options, async (input) => {
      const timetable = await input.timetable();
      const payment = await paymentOf(options, timetable.rulebook, input);
      const { now, arrivedAt } = options;
      // The timetable checks each event.
      const events = options.events && ((await readJson(options.events, input)) as readonly PaymentEvent[]);
      const knowledge: AssessOptions = {
        now,
        ...(events && { events }),
        ...(arrivedAt !== undefined && { arrivedAt }),
      };
      await appendRecord(options, timetable, { kind: "assess", payment, options: knowledge });
      return assessReply(timetable, payment, knowledge);
    }),
  );
}

/** @throws QuestionError */
export function assessReply(timetable: Timetable, payment: Payment, options: AssessOptions): Reply {
  const assessment = timetable.assess(payment, options);
  return {
    json: assessment,
    exitCode: assessment.verdict === "normal" ? EXIT.ok : EXIT.findings,
    lines: ({ locale, colors }) => {
      const [headline = "", ...rest] = timetable.explain(assessment, { locale }).split("\n");
      return [...wrap(headline).map((line) => colors.bold(line)), "", ...rest.flatMap((line) => wrap(line))];
    },
  };
}
