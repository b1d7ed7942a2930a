import { eventSays, QuestionError, type Sentence } from "../errors.js";
import type { DelayCause, PaymentEvent } from "../model/assessment.js";
import type { MilestoneName, Party, Rulebook } from "../model/rulebook.js";
import { readInstant } from "../payment/question.js";
import { MILESTONES } from "../route/path.js";
import type { Instant } from "../time/instant.js";

/** Events as the caller gives them, read once into what they do to the money. */

export interface Happening {
  readonly at: Instant;
  readonly effect: "continue" | "milestone" | "hold" | "release" | "return" | "end";
  readonly milestone?: MilestoneName;
  /** The hold that is placed or released, and the end that it was given. */
  readonly hold?: string;
  readonly until?: Instant;
  readonly code?: string;
  readonly cause?: DelayCause;
  readonly who?: Party;
}

interface Frame {
  readonly rulebook: Rulebook;
  readonly initiatedAt: Instant;
  readonly now: Instant;
}

/** What happens at one instant is taken in this order, so that the furthest decides. */
const ORDER: readonly Happening["effect"][] = ["continue", "milestone", "hold", "release", "return", "end"];

/** A payment has a handful; each is held against all that came before it. */
const EVENTS_MAX = 1000;

/**
 * Reads events into a list that depends on their set alone: in the order of time, each once.
 *
 * @throws QuestionError bad-payment | bad-time, with the index of the event
 */
export function readEvents(events: unknown, arrivedAt: Instant | undefined, frame: Frame): Happening[] {
  if (events === undefined && arrivedAt === undefined) return [];
  if (events !== undefined && !Array.isArray(events)) throw bad("events", eventSays.notAList(events));
  if (events !== undefined && events.length > EVENTS_MAX)
    throw bad("events", eventSays.tooMany(events.length, EVENTS_MAX));
  const read = ((events ?? []) as readonly unknown[]).map((event, index) => readEvent(event, index, frame));
  if (arrivedAt !== undefined)
    read.push({ at: inTime(arrivedAt, "arrivedAt", frame), effect: "milestone", milestone: "credited" });
  const byContent = new Map(read.map((one) => [contentOf(one), one]));
  return [...byContent]
    .sort(([key, one], [otherKey, other]) => inOrder(one, other) || (key < otherKey ? -1 : 1))
    .map(([, one]) => one);
}

const contentOf = ({ at, effect, milestone, hold, until, code }: Happening): string =>
  [at, effect, milestone, hold, until, code].join(" ");

const inOrder = (one: Happening, other: Happening): number =>
  one.at - other.at ||
  ORDER.indexOf(one.effect) - ORDER.indexOf(other.effect) ||
  rankOf(one.milestone) - rankOf(other.milestone);

export const rankOf = (milestone: MilestoneName | undefined): number =>
  milestone === undefined ? -1 : MILESTONES.indexOf(milestone);

const KINDS = ["milestone", "code", "hold", "release"] as const;

function readEvent(event: unknown, index: number, frame: Frame): Happening {
  const where = `events[${index}]`;
  if (typeof event !== "object" || event === null || Array.isArray(event))
    throw bad(where, eventSays.notAnEvent(event));
  const keys = Object.keys(event).filter((key) => (event as Record<string, unknown>)[key] !== undefined);
  const kinds = KINDS.filter((kind) => keys.includes(kind));
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1) throw bad(where, eventSays.oneKind(kinds, KINDS));
  const allowed = ["at", kind, ...(kind === "hold" ? ["until"] : [])];
  const extra = keys.find((key) => !allowed.includes(key));
  if (extra !== undefined) throw bad(`${where}.${extra}`, eventSays.unknownKey(extra, allowed));
  const given = event as PaymentEvent & Readonly<Record<typeof kind, unknown>>;
  const value = given[kind];
  if (typeof value !== "string" || value === "")
    throw bad(`${where}.${kind}`, eventSays.notText(kind, value));
  const at = inTime(readInstant(`${where}.at`, given.at), `${where}.at`, frame);
  const until = "until" in given && given.until !== undefined ? given.until : undefined;
  return { at, ...READERS[kind](value, `${where}.${kind}`, frame), ...endOf(until, at, where) };
}

/** An event lies between the payment and now. */
function inTime(at: Instant, where: string, { initiatedAt, now }: Frame): Instant {
  if (at > now) throw new QuestionError("bad-time", where, eventSays.future());
  if (at < initiatedAt) throw new QuestionError("bad-time", where, eventSays.beforePayment());
  return at;
}

function endOf(until: unknown, at: Instant, where: string): { until?: Instant } {
  if (until === undefined) return {};
  const end = readInstant(`${where}.until`, until);
  if (end < at) throw new QuestionError("bad-time", `${where}.until`, eventSays.endsBefore());
  return { until: end };
}

type Read = (value: string, where: string, frame: Frame) => Omit<Happening, "at">;

const READERS: Readonly<Record<(typeof KINDS)[number], Read>> = {
  milestone: readMilestone,
  code: (code, _, { rulebook }) => ({ code, ...meaningOf(code, rulebook) }),
  hold: (name, where, { rulebook }) => placed(declaredHold(name, where, rulebook), rulebook),
  release: (name, where, { rulebook }) => ({ effect: "release", hold: declaredHold(name, where, rulebook) }),
};

function readMilestone(name: string, where: string): Omit<Happening, "at"> {
  if (name === "returned") return { effect: "end" };
  const milestone = MILESTONES.find((one) => one === name);
  if (milestone === undefined)
    throw bad(where, eventSays.unknownMilestone(name, [...MILESTONES, "returned"]));
  return { effect: "milestone", milestone };
}

function declaredHold(name: string, where: string, { holds }: Rulebook): string {
  if (holds.some((hold) => hold.name === name)) return name;
  throw bad(
    where,
    eventSays.unknownHold(
      name,
      holds.map((hold) => hold.name),
    ),
  );
}

function placed(hold: string, { holds }: Rulebook): Omit<Happening, "at"> {
  const params = holds.find(({ name }) => name === hold)?.event.params;
  return { effect: "hold", hold, ...(params && { cause: params.cause, who: params.who }) };
}

/** A code that nobody has listed moves nothing, and its cause is unknown. */
function meaningOf(code: string, rulebook: Rulebook): Omit<Happening, "at"> {
  const reason = Object.hasOwn(rulebook.reasons, code) ? rulebook.reasons[code] : undefined;
  if (reason === undefined) return { effect: "continue", cause: "unknown" };
  const { effect, milestone, hold, cause, who } = reason;
  const said = { ...(cause && { cause }), ...(who && { who }) };
  if (effect === "arrived") return { effect: "milestone", milestone: "credited", ...said };
  if (effect === "hold" && hold !== undefined) return { ...placed(hold, rulebook), ...said };
  return { effect, ...(milestone && { milestone }), ...said } as Omit<Happening, "at">;
}

const bad = (where: string, sentence: Sentence): QuestionError =>
  new QuestionError("bad-payment", where, sentence);
