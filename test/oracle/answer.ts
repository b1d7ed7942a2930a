import type { Arrival, Certainty } from "../../src/model/answers.js";
import type { Bound } from "../../src/model/bound.js";
import type { Payment } from "../../src/model/payment.js";
import type { Basis, ChannelFile, ChannelRule, HoldRule, Step } from "../../src/model/rulebook.js";
import type { Book } from "./book.js";
import { decide, factsOf, holds, inPeriod } from "./decide.js";
import { DAY, dayOf, instantOf, lengthOf, localDate, localDay, MINUTE } from "./local-time.js";
import { atBound, followRoute, type Reason, type Route } from "./route.js";
import { type RouteContext, systemOf } from "./systems.js";
import { answerOrUndefined } from "./unanswerable.js";

/** The oracle's answer. Instants are epoch milliseconds. */
export interface Answer {
  readonly outcome: Arrival["outcome"];
  readonly earliest: number;
  readonly expected: number;
  readonly latest: number;
  readonly certainty: Certainty;
  readonly basis: Basis;
  readonly timeline: readonly (Reason & { from: number; to: number })[];
  /** The deciding rule, then the holds and windows on the expected path. For a refusal, also the rules of the retry. */
  readonly rules: readonly string[];
  readonly retryAt: number | undefined;
}

const BOUNDS = ["earliest", "expected", "latest"] as const;

export interface Query {
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

export function when({ book, payment, asOf }: Query, at = sentAt(payment)): Answer {
  const query = { book, payment, asOf };
  const rule = decide({ book, bound: "expected", asOf }, payment, at);
  const path = pathAt(query, at, "expected");
  if (path === undefined) return refusalAnswer(query, rule, at);
  if (path.route.refused) {
    // A bound that has no answer makes the whole question unanswerable, so that the other bounds are computed too.
    for (const bound of ["earliest", "latest"] as const) pathAt(query, at, bound, true);
    return refusalAnswer(query, rule, at);
  }
  return { ...creditedAnswer(query, rule, at), retryAt: undefined };
}

function creditedAnswer(query: Query, rule: ChannelRule, at: number): Omit<Answer, "retryAt"> {
  const paths = BOUNDS.map((bound) => pathAt(query, at, bound) as Path);
  const seen = (what: "projected" | "openIncident" | "assumed"): boolean =>
    paths.some((path) => path.context.findings[what]);
  const [earliest, expected, latest] = paths.map((path) => path.route.arrivesAt) as [number, number, number];
  const { planned } = paths[1] as Path;
  const { waits } = (paths[1] as Path).route;
  const held = planned.filter(({ event }) => lengthOf(atBound(event.params.for, "expected")) > 0);
  const windows = waits
    .filter(({ cause }) => cause === "maintenance" || cause === "incident")
    .map((wait) => wait.name as string);
  return {
    outcome: "credited",
    ...{ earliest, expected, latest },
    certainty: seen("openIncident") ? "open-incident" : seen("projected") ? "projected" : "official",
    basis:
      isPublished(rule, planned) && !usesAssumedSystem(paths[1] as Path) && !seen("assumed")
        ? "published"
        : "assumed",
    timeline: waits.map(({ step, ...wait }) => ({ ...wait, rule: wait.rule ?? rule.name })),
    rules: [rule.name, ...held.map(({ name }) => name), ...windows],
  };
}

/** Rules without a stated basis count as assumed. */
const isPublished = (rule: ChannelRule, planned: readonly HoldRule[]): boolean =>
  [rule, ...planned].every(({ basis }) => basis === "published");

/** Whether a system on the path is stated to be assumed. Most systems state no basis. */
const usesAssumedSystem = ({ steps, context }: Path): boolean =>
  steps.some(
    ({ system }) =>
      system !== undefined && context.book.systems[systemOf(context, system)]?.basis === "assumed",
  );

interface Path {
  readonly route: Route;
  readonly steps: readonly Step[];
  readonly planned: readonly HoldRule[];
  readonly context: RouteContext;
  /** Whether some step refuses payments while its system is closed. */
  readonly refuses: boolean;
}

/** The path at one bound; undefined if the channel refuses the payment. */
export function pathAt(
  { book, payment, asOf }: Query,
  at: number,
  bound: Bound,
  withoutTimeline = false,
): Path | undefined {
  const rule = decide({ book, bound: "expected", asOf }, payment, at);
  if (rule.event.type === "refuse") return undefined;
  const { zone } = book.channels[payment.channel] as ChannelFile;
  const facts = factsOf({ book, bound: "expected", asOf }, payment, at);
  const findings = { projected: false, openIncident: false, assumed: false };
  const context: RouteContext = { book, bound, asOf, zone, facts, findings, windows: new Map() };
  const planned = book.holds.filter(
    (hold) =>
      hold.inFlight !== true &&
      inPeriod(hold.effective, localDate(zone, at)) &&
      holds(book, hold.conditions, facts),
  );
  const { steps } = rule.event.params;
  const refuses = steps.some(({ onClosed }) => onClosed === "refuse");
  return {
    route: followRoute(context, steps, planned, at, withoutTimeline),
    steps,
    planned,
    context,
    refuses,
  };
}

/** When money that turns back at an instant returns; undefined if no rule describes its return. */
export function returnPath(
  { book, payment, asOf }: Query,
  at: number,
): { expected: number; deadline: number } | undefined {
  const calendarQuery = { book, bound: "expected", asOf } as const;
  const rule = answerOrUndefined(() => decide(calendarQuery, payment, at, true));
  if (rule?.event.type !== "route") return undefined;
  const { steps } = rule.event.params;
  const { zone } = book.channels[payment.channel] as ChannelFile;
  const facts = factsOf(calendarQuery, payment, at);
  const end = (bound: Bound): number => {
    const findings = { projected: false, openIncident: false, assumed: false };
    const context: RouteContext = { book, bound, asOf, zone, facts, findings, windows: new Map() };
    return followRoute(context, steps, [], at, true).arrivesAt;
  };
  return { expected: end("expected"), deadline: end("latest") };
}

function refusalAnswer(query: Query, rule: ChannelRule, at: number): Answer {
  const retryAt = nextAccepted(query, at);
  const later = retryAt === undefined ? undefined : when(query, retryAt);
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

/** How many days the oracle searches for the end of a refusal, from now and from each date in the rules. */
const HORIZON_DAYS = 40;
/** How many days it searches minute by minute, if a closed system refuses. */
const NEAR_HORIZON_DAYS = 8;

/** Whether the oracle searches far enough to find the instant `retryAt`. */
export function isWithinHorizon({ book, payment }: Query, at: number, retryAt: number): boolean {
  const refusing = refusingSteps(book, payment);
  if (refusing.length > 0 && retryAt < at + NEAR_HORIZON_DAYS * DAY) return true;
  if (refusing.some((step) => mayHaveHours(book, step))) return false;
  const { zone } = book.channels[payment.channel] as ChannelFile;
  const [current, day] = [localDay(zone, at), localDay(zone, retryAt)];
  const isNear = (from: number): boolean => day >= from && day < from + HORIZON_DAYS;
  return (
    isNear(current) ||
    thresholdsOf(book, payment.channel).dates.some((date) => date > current && isNear(date))
  );
}

/** The steps of the channel at which a closed system refuses. */
const refusingSteps = (book: Book, { channel }: Payment): Step[] =>
  (book.channels[channel]?.rules ?? [])
    .flatMap(({ event }) => (event.type === "route" ? event.params.steps : []))
    .filter(({ onClosed }) => onClosed === "refuse");

/** Whether the step may be closed by hours, every day, and not by windows alone. */
const mayHaveHours = ({ systems }: Book, { system = "" }: Step): boolean => {
  const { hours, fact } = systems[system] ?? {};
  return hours !== undefined || fact !== undefined;
};

/** The first instant at which the payment is accepted, among all instants at which anything in the rulebook changes. */
export function nextAccepted(query: Query, at: number): number | undefined {
  for (const moment of retryCandidates(query, at))
    if (moment > at && isAccepted(query, moment)) return moment;
  return undefined;
}

/** Instants without a defined answer do not count as accepted. */
export function isAccepted(query: Query, at: number): boolean {
  const path = (bound: Bound): Path | undefined => answerOrUndefined(() => pathAt(query, at, bound, true));
  if (path("expected")?.route.refused !== false) return false;
  return path("earliest") !== undefined && path("latest") !== undefined;
}

function* retryCandidates({ book, payment }: Query, at: number): Generator<number> {
  const refusing = refusingSteps(book, payment);
  if (refusing.length > 0)
    yield* candidateInstants(book, payment.channel, at, at + (NEAR_HORIZON_DAYS * 1440 + 1) * MINUTE);
  if (refusing.some((step) => mayHaveHours(book, step))) return;
  const { zone } = book.channels[payment.channel] as ChannelFile;
  const current = localDay(zone, at);
  const { times, dates } = thresholdsOf(book, payment.channel);
  const near = (from: number): number[] => Array.from({ length: HORIZON_DAYS }, (_, n) => from + n);
  const days = new Set([current, ...dates.filter((day) => day > current)].flatMap(near));
  for (const day of [...days].sort((one, other) => one - other))
    for (const time of times) yield instantOf(zone, day, time);
}

/** Whole minutes, each followed by the next millisecond if the channel has an inclusive cutoff. */
export function* candidateInstants(
  book: Book,
  channel: string,
  from: number,
  until: number,
): Generator<number> {
  const inclusive = JSON.stringify(book.channels[channel]?.rules).includes('"cutoffInclusive":true');
  const offsets = inclusive ? [0, 1] : [0];
  for (let minute = Math.floor(from / MINUTE) * MINUTE; minute < until; minute += MINUTE)
    for (const offset of offsets) if (minute + offset > from) yield minute + offset;
}

const thresholdCache = new WeakMap<ChannelFile, { times: string[]; dates: number[] }>();

/** All times of day in the rules of a channel, and all dates with the day after each. */
function thresholdsOf(book: Book, channel: string): { times: string[]; dates: number[] } {
  const file = book.channels[channel] as ChannelFile;
  const known = thresholdCache.get(file);
  if (known !== undefined) return known;
  const rules = JSON.stringify([file.rules, book.conditions]);
  const dates = (rules.match(/(?<=")\d{4}-\d\d-\d\d(?=")/g) ?? []).map(dayOf);
  const found = {
    times: [...new Set(["00:00", ...(rules.match(/(?<=")\d\d:\d\d(?=")/g) ?? [])])].sort(),
    dates: dates.flatMap((day) => [day, day + 1]),
  };
  thresholdCache.set(file, found);
  return found;
}
