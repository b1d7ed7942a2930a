import type { Arrival, Certainty } from "../../src/model/answers.js";
import type { Bound } from "../../src/model/bound.js";
import type { Payment } from "../../src/model/payment.js";
import type { Basis, ChannelFile, ChannelRule, HoldRule, Step } from "../../src/model/rulebook.js";
import type { Book } from "./book.js";
import { decide, factsOf, holds, inPeriod } from "./decide.js";
import { dayOf, instantOf, localDate, localDay, MINUTE } from "./local.js";
import { type Place, systemOf } from "./open.js";
import { type Reason, type Travel, travel } from "./travel.js";

import { Unanswerable } from "./unanswerable.js";

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
  if (way === undefined || way.travel.refused) return refusal(question, rule, at);
  return { ...credited(question, rule, at), retryAt: undefined };
}

function credited(question: Question, rule: ChannelRule, at: number): Omit<Answer, "retryAt"> {
  const ways = (["earliest", "expected", "latest"] as const).map(
    (bound) => wayOf(question, at, bound) as Way,
  );
  const seen = (what: "projected" | "openIncident"): boolean => ways.some((way) => way.place.seen[what]);
  const [earliest, expected, latest] = ways.map((way) => way.travel.arrivesAt) as [number, number, number];
  const { planned, steps, place } = ways[1] as Way;
  const { waits } = (ways[1] as Way).travel;
  const windows = waits
    .filter(({ cause }) => cause === "maintenance" || cause === "incident")
    .map((wait) => wait.name as string);
  return {
    outcome: "credited",
    ...{ earliest, expected, latest },
    certainty: seen("openIncident") ? "open-incident" : seen("projected") ? "projected" : "official",
    basis: weakest([
      rule.basis,
      ...planned.map(({ basis }) => basis),
      ...windows.map((name) => question.book.windows.find((one) => one.name === name)?.basis),
      ...steps.map(({ system }) =>
        system === undefined ? undefined : question.book.systems[systemOf(place, system)]?.basis,
      ),
    ]),
    timeline: waits.map(({ step, ...wait }) => ({ ...wait, rule: wait.rule ?? rule.name })),
    rules: [rule.name, ...planned.map(({ name }) => name), ...windows],
  };
}

const weakest = (all: readonly (Basis | undefined)[]): Basis =>
  all.includes("assumed") ? "assumed" : "published";

interface Way {
  readonly travel: Travel;
  readonly steps: readonly Step[];
  readonly planned: readonly HoldRule[];
  readonly place: Place;
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
  const seen = { projected: false, openIncident: false };
  const place: Place = { book, bound, asOf, zone, facts, seen, windows: new Map() };
  const planned = book.holds.filter(
    (hold) =>
      hold.inFlight !== true &&
      inPeriod(hold.effective, localDate(zone, at)) &&
      holds(book, hold.conditions, facts),
  );
  const { steps } = rule.event.params;
  return { travel: travel(place, steps, planned, at, silently), steps, planned, place };
}

function refusal(question: Question, rule: ChannelRule, at: number): Answer {
  const retryAt = nextTaken(question, at);
  const later = retryAt === undefined ? undefined : when(question, retryAt);
  const { earliest, expected, latest } = later ?? { earliest: at, expected: at, latest: at };
  return {
    outcome: "refused",
    ...{ earliest, expected, latest },
    certainty: later?.certainty ?? "official",
    basis: weakest([rule.basis, later?.basis]),
    timeline:
      later === undefined || retryAt === undefined
        ? []
        : [{ from: at, to: retryAt, cause: "closed" as const, rule: rule.name }, ...later.timeline],
    rules: [rule.name, ...(later?.rules ?? [])],
    retryAt,
  };
}

/** How far the oracle looks for the end of a refusal by itself; beyond that only at dates that the rules name. */
const HORIZON = 40;

/** When a payment would be taken: at the first of all moments at which anything in the book can change. */
export function nextTaken(question: Question, at: number): number | undefined {
  return momentsFrom(question, at).find((moment) => isTaken(question, moment));
}

/** A moment at which nobody can say what happens is none to propose. */
export function isTaken(question: Question, at: number): boolean {
  try {
    const way = wayOf(question, at, "expected", true);
    return way !== undefined && !way.travel.refused;
  } catch (error) {
    if (error instanceof Unanswerable) return false;
    throw error;
  }
}

function momentsFrom({ book, payment }: Question, at: number): number[] {
  const channel = book.channels[payment.channel] as ChannelFile;
  const today = localDay(channel.zone, at);
  const ways = JSON.stringify([channel.rules, book.conditions]);
  if (ways.includes('"onClosed":"refuse"')) {
    const first = Math.ceil((at + 1) / MINUTE) * MINUTE;
    return Array.from({ length: HORIZON * 1440 }, (_, n) => first + n * MINUTE);
  }
  const times = new Set(["00:00", ...(ways.match(/(?<=")\d\d:\d\d(?=")/g) ?? [])]);
  const dates = (ways.match(/(?<=")\d{4}-\d\d-\d\d(?=")/g) ?? []).map(dayOf).filter((day) => day > today);
  const days = [
    ...Array.from({ length: HORIZON }, (_, n) => today + n),
    ...dates.flatMap((day) => [day, day + 1]),
  ];
  return [...new Set(days.flatMap((day) => [...times].map((time) => instantOf(channel.zone, day, time))))]
    .filter((moment) => moment > at)
    .sort((one, other) => one - other);
}
