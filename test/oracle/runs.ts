import { type Random, randomFrom } from "../bench/random.js";
import type { Knowledge } from "./assess.js";
import type { Folders } from "./book.js";
import { compareAt, DAYS, profilesOf, YEARS } from "./boundaries.js";
import {
  answerOrError,
  compareAssess,
  compareLatest,
  compareSooner,
  compareWhen,
  type Disagreement,
  type Implementations,
} from "./comparison.js";
import { DAY, MINUTE } from "./local-time.js";
import { drawPayment } from "./random-payments.js";
import { drawRulebook, drawRulebookPayment, type SentPayment } from "./random-rulebooks.js";

/** Counts questions by name and collects disagreements. */
export class Tally {
  readonly counts: Record<string, number> = {};
  readonly disagreements: Disagreement[] = [];

  add(name: string, found: Disagreement | undefined): void {
    this.counts[name] = (this.counts[name] ?? 0) + 1;
    if (found !== undefined) this.disagreements.push(found);
  }
}

/** Asks about payments of all channels in turn. On average one in `interval` gets the slow questions too. */
export function askPack(
  implementations: Implementations,
  random: Random,
  tally: Tally,
  payments: number,
  interval: number,
): void {
  const channels = Object.keys(implementations.book.channels);
  for (let n = 0; n < payments; n++) {
    const channel = channels[n % channels.length] as string;
    const payment = drawPayment({ book: implementations.book, random }, channel);
    tally.add(channel, compareWhen(implementations, payment));
    if (random.int(1, interval) === 1) askMore(implementations, random, tally, payment);
    if (random.int(1, 10) === 1)
      tally.add(
        "assessments",
        compareAssess(implementations, payment, drawKnown(implementations, random, payment)),
      );
  }
}

/** Draws a time within days of sending, often close to the deadline, and what is known then. */
function drawKnown({ book, timetable }: Implementations, random: Random, payment: SentPayment): Knowledge {
  const arrival = answerOrError(() => timetable.when(payment));
  const latest = "latest" in arrival ? Date.parse(arrival.latest) : payment.initiatedAt;
  const anyTime = payment.initiatedAt + random.int(0, 10 * DAY);
  const now = Math.max(
    payment.initiatedAt,
    random.pick([anyTime, anyTime, latest, latest + 1, latest + 3 * DAY]),
  );
  const at = random.int(payment.initiatedAt, now);
  const codes = Object.keys(book.reasons).filter(
    (code) => !["hold", "milestone"].includes(book.reasons[code]?.effect as string),
  );
  return random.pick<Knowledge>([
    { now },
    { now },
    { now, arrivedAt: at },
    { now, code: { at, code: random.pick(codes) } },
    { now, code: { at, code: "ZZ99" } },
  ]);
}

/** Asks about payments of random rulebooks. Rulebooks that do not load are counted and replaced. */
export function askBooks(
  shipped: Folders,
  seed: number,
  tally: Tally,
  books: number,
  payments: number,
  report: (problems: string) => void = () => undefined,
): void {
  for (let [n, left] = [0, books]; left > 0 && n < books * 20; n++) {
    const random = randomFrom(seed * 100_000 + n);
    const drawn = drawRulebook(random, shipped, report);
    tally.add(drawn === undefined ? "rulebooks that do not load" : "rulebooks", undefined);
    if (drawn === undefined) continue;
    left--;
    for (let m = 0; m < payments; m++) {
      const payment = drawRulebookPayment(random);
      tally.add("payments of random rulebooks", compareWhen(drawn, payment));
      if (random.int(1, 15) === 1 && !countsOpenTime(drawn)) askMore(drawn, random, tally, payment);
    }
  }
}

/** Steps that run only while their system is open are computed minute by minute: too slow for the slow questions. */
const countsOpenTime = ({ book }: Implementations): boolean =>
  JSON.stringify(book.channels).includes('"clock":"open"');

function askMore(implementations: Implementations, random: Random, tally: Tally, payment: SentPayment): void {
  const by = payment.initiatedAt + random.int(0, 5 * 1440) * MINUTE + random.pick([0, 0, 0, 1, -1, 30_000]);
  const bound = random.pick(["expected", "latest"] as const);
  tally.add("latest sends", compareLatest(implementations, payment, by, bound));
  tally.add("whether waiting wins", compareSooner(implementations, payment));
  const asOf = payment.initiatedAt + random.int(-400, 100) * DAY;
  tally.add("by what was known", compareWhen(implementations, payment, asOf));
}

/** Asks about all boundaries of 2025 and 2026, or about those of random days in these years, drawn for each channel. */
export function askBoundaries(
  implementations: Implementations,
  random: Random,
  tally: Tally,
  days = DAYS,
): void {
  for (const channel of Object.keys(implementations.book.channels)) {
    const from = YEARS.from + random.int(0, DAYS - days) * DAY;
    for (const profile of profilesOf(implementations, channel, { from, to: from + days * DAY })) {
      tally.add("kinds of payment", undefined);
      for (const n of profile.pieces.keys())
        for (const offset of [-1, 0, 1])
          tally.add(`boundaries of ${channel}`, compareAt(implementations, profile, n, offset));
    }
  }
}
