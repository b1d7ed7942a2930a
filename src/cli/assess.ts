import type { Command } from "commander";
import type { AssessOptions, Payment, PaymentEvent, Timetable } from "../index.js";
import { keepRecord, type RecordOptions, withRecord } from "./keep.js";
import { wrap } from "./layout.js";
import { type CommonOptions, withCommon } from "./options.js";
import { jsonIn, type PaymentOptions, paymentOf, withPayment } from "./payment.js";
import { type Ask, EXIT, type Reply } from "./reply.js";

interface Options extends CommonOptions, PaymentOptions, RecordOptions {
  readonly now: string;
  readonly events?: string;
  readonly arrivedAt?: string;
}

export function addAssess(program: Command, ask: Ask): void {
  const command = program
    .command("assess")
    .description("whether it is normal that the money is not there, why, and what to do");
  withCommon(
    withRecord(withPayment(command))
      .requiredOption("--now <instant>", "the instant to judge at, as in 2026-02-24T20:00:00+08:00")
      .option("--events <file>", "what was reported, as a JSON list of events")
      .option("--arrived-at <instant>", "when the payee had the money"),
  ).action((options: Options) =>
    ask(options, async (input) => {
      const timetable = await input.timetable();
      const payment = await paymentOf(options, timetable.rulebook, input);
      const { now, arrivedAt } = options;
      // The list is checked by the timetable, event by event.
      const events = options.events && ((await jsonIn(options.events, input)) as readonly PaymentEvent[]);
      const known: AssessOptions = {
        now,
        ...(events && { events }),
        ...(arrivedAt !== undefined && { arrivedAt }),
      };
      await keepRecord(options, timetable, { kind: "assess", payment, options: known });
      return assessReply(timetable, payment, known);
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
