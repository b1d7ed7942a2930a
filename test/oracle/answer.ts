import type { Arrival, Certainty } from "../../src/model/answers.js";
import type { Bound } from "../../src/model/bound.js";
import type { Payment } from "../../src/model/payment.js";
import type { Basis, ChannelFile, ChannelRule, HoldRule, Step } from "../../src/model/rulebook.js";
import type { Book } from "./book.js";
import { decide, factsOf, holds, inPeriod } from "./decide.js";
import { DAY, dayOf, instantOf, lengthOf, localDate, localDay, MINUTE } from "./local.js";
import { type Place, systemOf } from "./open.js";
import { atBound, type Reason, type Travel, travel } from "./travel.js";
import { answerOrNone } from "./unanswerable.js";

/** What the oracle says of a payment; instants are epoch milliseconds. */
export interface Answer {
  readonly outcome: Arrival["outcome"];
  readonly earliest: number;
  readonly expected: number;
  readonly latest: number;
  readonly certainty: Certainty;
  readonly basis: Basis;
  readonly timeline: readonly (Reason & { from: number; to: number })[];
  /** The rule that decides, and whatever else acted on the expected path; where it is refused, what takes it later too. */
  readonly rules: readonly string[];
  readonly retryAt: number | undefined;
}

const BOUNDS = ["earliest", "expected", "latest"] as const;

export interface Question {
  readonly book: Book;
  readonly payment: Payment;
  readonly asOf?: number | undefined;
}

export const sentAt = ({ initiatedAt }: Payment): number =>
  initiatedAt instanceof Date
    ? initiatedAt.getTime()
    : typeof initiatedAt === "number"
      ? initiatedAt
      : Date.parse(initiatedAt);

export function when({ book, payment, asOf }: Question, at = sentAt(payment)): Answer {
  const question = { book, payment, asOf };
  const rule = decide({ book, bound: "expected", asOf }, payment, at);
  const way = wayOf(question, at, "expected");
  if (way === undefined) return refusal(question, rule, at);
  if (way.travel.refused) {
    // What cannot be answered whole is not answered: nobody can say that it is refused at the other bounds too.
    for (const bound of ["earliest", "latest"] as const) wayOf(question, at, bound, true);
    return refusal(question, rule, at);
  }
  return { ...credited(question, rule, at), retryAt: undefined };
}

function credited(question: Question, rule: ChannelRule, at: number): Omit<Answer, "retryAt"> {
  const ways = BOUNDS.map((bound) => wayOf(question, at, bound) as Way);
  const seen = (what: "projected" | "openIncident" | "assumed"): boolean =>
    ways.some((way) => way.place.seen[what]);
  const [earliest, expected, latest] = ways.map((way) => way.travel.arrivesAt) as [number, number, number];
  const { planned } = ways[1] as Way;
  const { waits } = (ways[1] as Way).travel;
  const held = planned.filter(({ event }) => lengthOf(atBound(event.params.for, "expected")) > 0);
  const windows = waits
    .filter(({ cause }) => cause === "maintenance" || cause === "incident")
    .map((wait) => wait.name as string);
  return {
    outcome: "credited",
    ...{ earliest, expected, latest },
    certainty: seen("openIncident") ? "open-incident" : seen("projected") ? "projected" : "official",
    basis:
      isPublished(rule, planned) && !restsOn(ways[1] as Way) && !seen("assumed") ? "published" : "assumed",
    timeline: waits.map(({ step, ...wait }) => ({ ...wait, rule: wait.rule ?? rule.name })),
    rules: [rule.name, ...held.map(({ name }) => name), ...windows],
  };
}

/** What nobody says to be published is assumed. */
const isPublished = (rule: ChannelRule, planned: readonly HoldRule[]): boolean =>
  [rule, ...planned].every(({ basis }) => basis === "published");

/** Whether a system on the way is said to be assumed; most systems say nothing of themselves. */
const restsOn = ({ steps, place }: Way): boolean =>
  steps.some(
    ({ system }) => system !== undefined && place.book.systems[systemOf(place, system)]?.basis === "assumed",
  );

interface Way {
  readonly travel: Travel;
  readonly steps: readonly Step[];
  readonly planned: readonly HoldRule[];
  readonly place: Place;
  /** Whether some step refuses what comes while its system is closed. */
  readonly refuses: boolean;
}

/** The way at one bound; undefined where the channel refuses the payment. Silently: nothing but its end is asked. */
export function wayOf(
  { book, payment, asOf }: Question,
  at: number,
  bound: Bound,
  silently = false,
): Way | undefined {
  const rule = decide({ book, bound: "expected", asOf }, payment, at);
  if (rule.event.type === "refuse") return undefined;
  const { zone } = book.channels[payment.channel] as ChannelFile;
  const facts = factsOf({ book, bound: "expected", asOf }, payment, at);
  const seen = { projected: false, openIncident: false, assumed: false };
  const place: Place = { book, bound, asOf, zone, facts, seen, windows: new Map() };
  const planned = book.holds.filter(
    (hold) =>
      hold.inFlight !== true &&
      inPeriod(hold.effective, localDate(zone, at)) &&
      holds(book, hold.conditions, facts),
  );
  const { steps } = rule.event.params;
  const refuses = steps.some(({ onClosed }) => onClosed === "refuse");
  return { travel: travel(place, steps, planned, at, silently), steps, planned, place, refuses };
}

/** The way back of money that turns at an instant; undefined where no rule says how it returns. */
export function wayBack(
  { book, payment, asOf }: Question,
  at: number,
): { expected: number; deadline: number } | undefined {
  const asking = { book, bound: "expected", asOf } as const;
  const rule = answerOrNone(() => decide(asking, payment, at, true));
  if (rule?.event.type !== "route") return undefined;
  const { steps } = rule.event.params;
  const { zone } = book.channels[payment.channel] as ChannelFile;
  const facts = factsOf(asking, payment, at);
  const end = (bound: Bound): number => {
    const seen = { projected: false, openIncident: false, assumed: false };
    const place: Place = { book, bound, asOf, zone, facts, seen, windows: new Map() };
    return travel(place, steps, [], at, true).arrivesAt;
  };
  return { expected: end("expected"), deadline: end("latest") };
}

function refusal(question: Question, rule: ChannelRule, at: number): Answer {
  const retryAt = nextTaken(question, at);
  const later = retryAt === undefined ? undefined : when(question, retryAt);
  const { earliest, expected, latest } = later ?? { earliest: at, expected: at, latest: at };
  return {
    outcome: "refused",
    ...{ earliest, expected, latest },
    certainty: later?.certainty ?? "official",
    basis: later?.basis ?? (isPublished(rule, []) ? "published" : "assumed"),
    timeline:
      later === undefined || retryAt === undefined
        ? []
        : [{ from: at, to: retryAt, cause: "closed" as const, rule: rule.name }, ...later.timeline],
    rules: [rule.name, ...(later?.rules ?? [])],
    retryAt,
  };
}

/** How many days the oracle looks ahead for the end of a refusal, from now and from each date that the rules name. */
const HORIZON = 40;
/** How many it looks ahead minute by minute, where a closed system refuses. */
const NEAR_HORIZON = 8;

/** Whether the oracle looks far enough to find an instant at which a payment is taken. */
export function seesAsFarAs({ book, payment }: Question, at: number, retryAt: number): boolean {
  if (refusesWhenClosed(book, payment)) return retryAt < at + NEAR_HORIZON * DAY;
  const { zone } = book.channels[payment.channel] as ChannelFile;
  const [today, day] = [localDay(zone, at), localDay(zone, retryAt)];
  const isNear = (from: number): boolean => day >= from && day < from + HORIZON;
  return isNear(today) || turnsOf(book, payment.channel).dates.some((date) => date > today && isNear(date));
}

const refusesWhenClosed = (book: Book, { channel }: Payment): boolean =>
  JSON.stringify(book.channels[channel]?.rules).includes('"onClosed":"refuse"');

/** When a payment would be taken: at the first of all moments at which anything in the book can change. */
export function nextTaken(question: Question, at: number): number | undefined {
  for (const moment of momentsFrom(question, at)) if (moment > at && isTaken(question, moment)) return moment;
  return undefined;
}

/** A moment at which nobody can say what happens is none to propose. */
export function isTaken(question: Question, at: number): boolean {
  const way = (bound: Bound): Way | undefined => answerOrNone(() => wayOf(question, at, bound, true));
  if (way("expected")?.travel.refused !== false) return false;
  return way("earliest") !== undefined && way("latest") !== undefined;
}

function* momentsFrom({ book, payment }: Question, at: number): Generator<number> {
  if (refusesWhenClosed(book, payment)) {
    yield* turnsBetween(book, payment.channel, at, at + (NEAR_HORIZON * 1440 + 1) * MINUTE);
    return;
  }
  const { zone } = book.channels[payment.channel] as ChannelFile;
  const today = localDay(zone, at);
  const { times, dates } = turnsOf(book, payment.channel);
  const near = (from: number): number[] => Array.from({ length: HORIZON }, (_, n) => from + n);
  const days = new Set([today, ...dates.filter((day) => day > today)].flatMap(near));
  for (const day of [...days].sort((one, other) => one - other))
    for (const time of times) yield instantOf(zone, day, time);
}

/** Whole minutes, each with the millisecond after it where some cutoff itself still counts. */
export function* turnsBetween(book: Book, channel: string, from: number, until: number): Generator<number> {
  const inclusive = JSON.stringify(book.channels[channel]?.rules).includes('"cutoffInclusive":true');
  const offsets = inclusive ? [0, 1] : [0];
  for (let minute = Math.floor(from / MINUTE) * MINUTE; minute < until; minute += MINUTE)
    for (const offset of offsets) if (minute + offset > from) yield minute + offset;
}

const turns = new WeakMap<ChannelFile, { times: string[]; dates: number[] }>();

/** All times of day that the rules of a channel name, and all dates, each with the day after it. */
function turnsOf(book: Book, channel: string): { times: string[]; dates: number[] } {
  const file = book.channels[channel] as ChannelFile;
  const known = turns.get(file);
  if (known !== undefined) return known;
  const rules = JSON.stringify([file.rules, book.conditions]);
  const dates = (rules.match(/(?<=")\d{4}-\d\d-\d\d(?=")/g) ?? []).map(dayOf);
  const found = {
    times: [...new Set(["00:00", ...(rules.match(/(?<=")\d\d:\d\d(?=")/g) ?? [])])].sort(),
    dates: dates.flatMap((day) => [day, day + 1]),
  };
  turns.set(file, found);
  return found;
}
