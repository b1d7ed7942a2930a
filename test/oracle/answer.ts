import type { Arrival, Certainty } from "../../src/model/answers.js";
import type { Bound } from "../../src/model/bound.js";
import type { Payment } from "../../src/model/payment.js";
import type { Basis, ChannelFile, ChannelRule, HoldRule, Step } from "../../src/model/rulebook.js";
import type { Book } from "./book.js";
import { decide, factsOf, holds, inPeriod } from "./decide.js";
import { dayOf, instantOf, localDate, localDay, MINUTE } from "./local.js";
import { type Place, type Seen, systemOf } from "./open.js";
import { type Travel, travel } from "./travel.js";

/** What the oracle says of a payment; instants are epoch milliseconds. */
export interface Answer {
  readonly outcome: Arrival["outcome"];
  readonly earliest: number;
  readonly expected: number;
  readonly latest: number;
  readonly certainty: Certainty;
  readonly basis: Basis;
  readonly rule: string;
  readonly holds: readonly string[];
  readonly windows: readonly string[];
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
  const seen = { projected: false, openIncident: false, windows: new Set<string>() };
  const ways = (["earliest", "expected", "latest"] as const).map(
    (bound) => wayOf(question, at, bound, seen) as Way,
  );
  const [earliest, expected, latest] = ways.map((way) => way.travel.arrivesAt) as [number, number, number];
  const { planned, steps, place } = ways[1] as Way;
  const windows = [...seen.windows];
  return {
    outcome: "credited",
    ...{ earliest, expected, latest },
    certainty: seen.openIncident ? "open-incident" : seen.projected ? "projected" : "official",
    basis: weakest([
      rule.basis,
      ...planned.map(({ basis }) => basis),
      ...windows.map((name) => question.book.windows.find((one) => one.name === name)?.basis),
      ...steps.map(({ system }) =>
        system === undefined ? undefined : question.book.systems[systemOf(place, system)]?.basis,
      ),
    ]),
    rule: rule.name,
    holds: planned.map(({ name }) => name),
    windows,
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

/** The way at one bound; undefined where the channel refuses the payment. */
export function wayOf(
  { book, payment, asOf }: Question,
  at: number,
  bound: Bound,
  seen: Seen = { projected: false, openIncident: false, windows: new Set() },
): Way | undefined {
  const rule = decide({ book, bound: "expected", asOf }, payment, at);
  if (rule.event.type === "refuse") return undefined;
  const { zone } = book.channels[payment.channel] as ChannelFile;
  const facts = factsOf({ book, bound: "expected", asOf }, payment, at);
  const place: Place = { book, bound, asOf, zone, facts, seen };
  const planned = book.holds.filter(
    (hold) =>
      hold.inFlight !== true &&
      inPeriod(hold.effective, localDate(zone, at)) &&
      holds(book, hold.conditions, facts),
  );
  const { steps } = rule.event.params;
  return { travel: travel(place, steps, planned, at), steps, planned, place };
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
    rule: rule.name,
    holds: [],
    windows: [],
    retryAt,
  };
}

/** How far the oracle looks for the end of a refusal by itself; beyond that only at dates that the rules name. */
const HORIZON = 40;

/** When a payment would be taken: at the first of all moments at which anything in the book can change. */
export function nextTaken(question: Question, at: number): number | undefined {
  return momentsFrom(question, at).find((moment) => {
    const way = wayOf(question, moment, "expected");
    return way !== undefined && !way.travel.refused;
  });
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
