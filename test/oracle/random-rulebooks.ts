import { compileTimetable, RulebookError } from "../../src/index.js";
import type { Payment } from "../../src/model/payment.js";
import type { Random } from "../bench/random.js";
import { type Book, bookOf, type Folders } from "./book.js";
import { answerOrError, type Implementations } from "./comparison.js";
import { decide } from "./decide.js";
import { DAY, dayOf, MINUTE } from "./local-time.js";
import { drawFiles } from "./random-files.js";

export type SentPayment = Payment & { initiatedAt: number };

const FIRST = dayOf("2025-11-01");

const DAYS = 455;

/** Calendars end with 2026. Without a projection, examples close to the end would have no answer. */
const daysOfExamples = ({ calendars }: Book): number =>
  calendars.one?.projection === undefined ? 414 : DAYS;

/** Payments around 2026, mostly at or near a half hour, often on days with clock changes. */
export function drawRulebookPayment(random: Random, days = DAYS): SentPayment {
  const clockChanges = ["2026-03-08", "2026-03-29", "2026-04-05", "2026-10-04", "2026-10-25", "2026-11-01"];
  const day =
    random.int(1, 4) === 1
      ? dayOf(random.pick(clockChanges)) + random.int(-3, 1)
      : FIRST + random.int(0, days);
  const half = day * DAY + random.int(0, 95) * 30 * MINUTE + random.pick([-1, 0, 0, 0, 1, MINUTE]);
  const bank = random.pick(["alpha", "beta", "gamma", undefined]);
  const kind = random.pick(["a", "b", "c", undefined]);
  return {
    channel: "r",
    amount: random.pick([0, 999.99, 1000, 5000]),
    ...(random.int(0, 1) === 1 && { vip: random.int(0, 1) === 1 }),
    ...(kind !== undefined && { kind }),
    ...(bank !== undefined && { payee: { bank } }),
    initiatedAt: random.int(1, 5) === 1 ? day * DAY + random.int(0, DAY - 1) : half,
  };
}

/**
 * Draws a rulebook. Every rule needs an example to load: payments are drawn until each rule has one, and rules without one
 * are removed. If the engine rejects the rulebook, reports the problems and returns undefined.
 */
export function drawRulebook(
  random: Random,
  shipped: Folders,
  report: (problems: string) => void,
): Implementations | undefined {
  const folders = drawFiles(random, shipped);
  const channel = folders.rules["channels/r.json"] as { rules: { name: string }[]; examples: object[] };
  const book = bookOf(folders);
  const found = new Map<string, SentPayment>([
    ["r.returned", drawRulebookPayment(random, daysOfExamples(book))],
  ]);
  for (let n = 0; n < 300 && found.size < channel.rules.length; n++) {
    const payment = drawRulebookPayment(random, daysOfExamples(book));
    const rule = answerOrError(() =>
      decide({ book, bound: "expected", asOf: undefined }, payment, payment.initiatedAt),
    );
    if ("name" in rule && !found.has(rule.name)) found.set(rule.name, payment);
  }
  channel.rules = channel.rules.filter(({ name }) => found.has(name));
  channel.examples = [...found].map(([rule, { channel: _, initiatedAt, ...rest }]) => ({
    payment: { ...rest, initiatedAt: new Date(initiatedAt).toISOString() },
    expect: { rule, ...(rule === "r.returned" && { outcome: "returned" }) },
  }));
  try {
    return { book: bookOf(folders), timetable: compileTimetable(structuredClone(folders)) };
  } catch (error) {
    if (!(error instanceof RulebookError)) throw error;
    report(JSON.stringify(error.problems.map(({ path, what }) => [path, what])));
    return undefined;
  }
}
