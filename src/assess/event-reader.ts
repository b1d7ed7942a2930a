import { eventMessages, QuestionError, type Sentence } from "../errors.js";
import type { PaymentEvent } from "../model/assessment.js";
import type { Rulebook } from "../model/rulebook.js";
import { readInstant } from "../payment/parsed-payment.js";
import { MILESTONES } from "../route/path.js";
import type { Instant } from "../time/instant.js";
import { type Event, sortEvents } from "./event.js";

/** What events are read against. An event lies between `initiatedAt` and `now`, inclusive. */
export interface EventBounds {
  readonly rulebook: Rulebook;
  readonly initiatedAt: Instant;
  readonly now: Instant;
}

/** Bounds the work: every event is compared with those before it. */
const EVENTS_MAX = 1000;

/**
 * Parses the caller's events, with `arrivedAt` as one more, into the list that `sortEvents` describes.
 *
 * @throws QuestionError bad-payment | bad-time, with the index of the event
 */
export function readEvents(events: unknown, arrivedAt: Instant | undefined, bounds: EventBounds): Event[] {
  if (events === undefined && arrivedAt === undefined) return [];
  if (events !== undefined && !Array.isArray(events))
    throw badEvent("events", eventMessages.notAList(events));
  if (events !== undefined && events.length > EVENTS_MAX)
    throw badEvent("events", eventMessages.tooMany(events.length, EVENTS_MAX));
  const given = (events ?? []) as readonly unknown[];
  const read = given.map((event, index) => readEvent(event, `events[${index}]`, bounds));
  if (arrivedAt !== undefined)
    read.push({ at: checkTime(arrivedAt, "arrivedAt", bounds), effect: "milestone", milestone: "credited" });
  return sortEvents(read);
}

/** The keys that say what an event reports; an event has exactly one of them. */
const KINDS = ["milestone", "code", "hold", "release"] as const;
type Kind = (typeof KINDS)[number];

function readEvent(event: unknown, where: string, bounds: EventBounds): Event {
  if (typeof event !== "object" || event === null || Array.isArray(event))
    throw badEvent(where, eventMessages.notAnEvent(event));
  const kind = kindOf(event, where);
  const given = event as PaymentEvent & Readonly<Record<Kind, unknown>>;
  const value = given[kind];
  if (typeof value !== "string" || value === "")
    throw badEvent(`${where}.${kind}`, eventMessages.notText(kind, value));
  const at = checkTime(readInstant(`${where}.at`, given.at), `${where}.at`, bounds);
  const until = "until" in given ? given.until : undefined;
  return {
    at,
    ...READERS[kind](value, `${where}.${kind}`, bounds.rulebook),
    ...readUntil(until, at, `${where}.until`),
  };
}

/** The one kind of an event, which has no keys beside it, `at`, and the `until` of a hold. */
function kindOf(event: object, where: string): Kind {
  const keys = Object.keys(event).filter((key) => (event as Record<string, unknown>)[key] !== undefined);
  const kinds = KINDS.filter((kind) => keys.includes(kind));
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1) throw badEvent(where, eventMessages.oneKind(kinds, KINDS));
  const allowed = ["at", kind, ...(kind === "hold" ? ["until"] : [])];
  const extra = keys.find((key) => !allowed.includes(key));
  if (extra !== undefined) throw badEvent(`${where}.${extra}`, eventMessages.unknownKey(extra, allowed));
  return kind;
}

function checkTime(at: Instant, where: string, { initiatedAt, now }: EventBounds): Instant {
  if (at > now) throw new QuestionError("bad-time", where, eventMessages.future());
  if (at < initiatedAt) throw new QuestionError("bad-time", where, eventMessages.beforePayment());
  return at;
}

function readUntil(until: unknown, at: Instant, where: string): Pick<Event, "until"> {
  if (until === undefined) return {};
  const end = readInstant(where, until);
  if (end < at) throw new QuestionError("bad-time", where, eventMessages.endsBefore());
  return { until: end };
}

/** An event without its time. */
type Meaning = Omit<Event, "at">;

const READERS: Readonly<Record<Kind, (value: string, where: string, rulebook: Rulebook) => Meaning>> = {
  milestone: readMilestone,
  code: (code, _, rulebook) => ({ code, ...meaningOf(code, rulebook) }),
  hold: (name, where, rulebook) => holdMeaning(readHold(name, where, rulebook), rulebook),
  release: (name, where, rulebook) => ({ effect: "release", hold: readHold(name, where, rulebook) }),
};

function readMilestone(name: string, where: string): Meaning {
  if (name === "returned") return { effect: "end" };
  const milestone = MILESTONES.find((one) => one === name);
  if (milestone === undefined)
    throw badEvent(where, eventMessages.unknownMilestone(name, [...MILESTONES, "returned"]));
  return { effect: "milestone", milestone };
}

/** The name of a hold that the rulebook declares. */
function readHold(name: string, where: string, { holds }: Rulebook): string {
  const names = holds.map((hold) => hold.name);
  if (names.includes(name)) return name;
  throw badEvent(where, eventMessages.unknownHold(name, names));
}

function holdMeaning(hold: string, { holds }: Rulebook): Meaning {
  const params = holds.find(({ name }) => name === hold)?.event.params;
  return { effect: "hold", hold, ...(params && { cause: params.cause, who: params.who }) };
}

/** What `reasons.json` says of a code. An unknown code has the cause `unknown` and changes nothing else. */
function meaningOf(code: string, rulebook: Rulebook): Meaning {
  const reason = Object.hasOwn(rulebook.reasons, code) ? rulebook.reasons[code] : undefined;
  if (reason === undefined) return { effect: "continue", cause: "unknown" };
  const { effect, milestone, hold, cause, who } = reason;
  const explanation = { ...(cause && { cause }), ...(who && { who }) };
  if (effect === "arrived") return { effect: "milestone", milestone: "credited", ...explanation };
  if (effect === "hold" && hold !== undefined) return { ...holdMeaning(hold, rulebook), ...explanation };
  return { effect, ...(milestone && { milestone }), ...explanation } as Meaning;
}

const badEvent = (where: string, sentence: Sentence): QuestionError =>
  new QuestionError("bad-payment", where, sentence);
