import type { DelayCause, Note, Status } from "../model/assessment.js";
import { atBound, BOUNDS, type Bound } from "../model/bound.js";
import type { HoldRule, Party } from "../model/rulebook.js";
import { parseDuration } from "../time/duration.js";
import type { Instant } from "../time/instant.js";
import { type Happening, rankOf } from "./event.js";
import { legAfter, legOfHold, through, type Way } from "./remaining-path.js";

/** What events say of the money, folded in the order of time: where it is, whither it goes, and what holds it. */
export interface Course {
  readonly stage: "under-way" | "returning" | "arrived" | "over";
  readonly status: Status;
  /** The leg that the money is before, or in, as far as is established. */
  readonly leg: number;
  /** Since when it is there. */
  readonly at: Instant;
  /** The last instant at which its being there was normal, what delayed it by then being counted. */
  readonly due: Instant;
  readonly holds: ReadonlyMap<string, Placed>;
  readonly turnedAt?: Instant;
  /** When it arrived, or was back. */
  readonly doneAt?: Instant;
  readonly cause: DelayCause;
  readonly who?: Party;
  readonly codes: readonly string[];
  readonly notes: readonly Remark[];
  /** What was reported of the way, for the timeline: what the money was in from each instant on. */
  readonly stops: readonly Stop[];
}

/** A hold that was placed and not released. */
export interface Placed {
  readonly rule: HoldRule;
  readonly at: Instant;
  readonly until: Readonly<Record<Bound, Instant>>;
  readonly times: number;
}

export type Remark = Omit<Note, "at"> & { readonly at: Instant };

export interface Stop {
  readonly at: Instant;
  /** `there`: what it was in before. */
  readonly in: { readonly leg: number } | { readonly hold: string } | "there" | "return" | "done";
}

interface Ways {
  /** By what was known when the payment was made, and by what is known now. */
  readonly base: Way;
  readonly known: Way;
  readonly holds: readonly HoldRule[];
}

const NO_HOLDS: Course["holds"] = new Map();
const NONE: readonly never[] = [];

export const departure = (known: Way): Course => ({
  stage: "under-way",
  status: known.stretch.refused ? "refused" : "none",
  leg: 0,
  at: known.entry,
  due: known.entry,
  holds: NO_HOLDS,
  cause: "none",
  codes: NONE,
  notes: NONE,
  stops: NONE,
});

/** The course after all that happened, which is given in order. */
export function follow(happenings: readonly Happening[], ways: Ways): Course {
  const course = happenings.reduce((one, happening) => step(one, happening, ways), departure(ways.known));
  const unexplained = course.stage === "returning" && course.cause === "none";
  return unexplained ? { ...course, cause: "unknown" } : course;
}

function step(course: Course, happening: Happening, ways: Ways): Course {
  const noted = withCode(course, happening);
  switch (happening.effect) {
    case "milestone":
      return reach(noted, happening, ways);
    case "hold":
      return placeHold(noted, happening, ways);
    case "release":
      return release(noted, happening, ways);
    case "return":
      return turnBack(noted, happening);
    case "end":
      return end(noted, happening);
    default:
      return caused(noted, happening);
  }
}

function withCode(course: Course, { code, cause, at }: Happening): Course {
  if (code === undefined) return course;
  const codes = course.codes.includes(code) ? course.codes : [...course.codes, code];
  return cause === "unknown" ? noting({ ...course, codes }, "unknown-code", at, code) : { ...course, codes };
}

const noting = (course: Course, kind: Note["kind"], at: Instant, about: string): Course => ({
  ...course,
  notes: [...course.notes, { kind, at, about }],
});

function caused(course: Course, { cause, who }: Happening): Course {
  if (cause === undefined) return course;
  const { who: _, ...rest } = course;
  return { ...rest, cause, ...(who && { who }) };
}

/** What happened before a milestone no longer explains anything after it. */
const cleared = ({ who: _, turnedAt: __, doneAt: ___, ...course }: Course): Course => ({
  ...course,
  cause: "none",
});

/**
 * Puts the money behind a milestone. What was late up to here stays late unless something known explains it: the
 * instant that was due moves at most to what the way, as known now, allows.
 */
function reach(course: Course, { at, milestone, cause, who }: Happening, ways: Ways): Course {
  if (milestone === undefined) return course;
  const { base, known } = ways;
  const leg = legAfter(known, milestone);
  const explained = contradicts(course, at, milestone);
  const back = leg < course.leg;
  const from = back ? departure(known) : course;
  const allowed = pastHolds(from, known, "latest", from.due, leg);
  const normal = through(base.paths.latest, 0, base.entry, legAfter(base, milestone));
  const holds = new Map(
    [...course.holds].filter(([, { rule }]) => rankOf(rule.event.params.before) > rankOf(milestone)),
  );
  // Where the way begins behind the milestone and no hold ended with it, nothing is learned of where the money is.
  const stays = leg === 0 && from.at <= at && holds.size === course.holds.size;
  const goesOn = stays && !back && course.stage === "under-way";
  const moved: Course = {
    ...cleared(explained === undefined ? course : noting(course, explained, at, milestone)),
    stage: milestone === "credited" ? "arrived" : "under-way",
    status: milestone,
    leg,
    at: stays ? from.at : at,
    due: stays ? from.due : (Math.max(normal, Math.min(at, allowed)) as Instant),
    holds,
    ...(milestone === "credited" && { doneAt: at }),
    stops: stopped(course, at, milestone === "credited" ? "done" : goesOn ? "there" : { leg }),
  };
  const still = heldBy(moved, at);
  return caused(still, { at, effect: "milestone", ...(cause && { cause }), ...(who && { who }) });
}

/** Where holds are left, the money is held, and the last of them says why. */
function heldBy(course: Course, at: Instant): Course {
  const last = [...course.holds.values()].at(-1);
  if (last === undefined) return course;
  const { cause, who } = last.rule.event.params;
  return { ...course, status: "held", cause, who, stops: stopped(course, at, { hold: last.rule.name }) };
}

/** A later event wins, and so does the furthest of one instant; either is worth a word. */
function contradicts(
  course: Course,
  at: Instant,
  milestone: Happening["milestone"],
): Note["kind"] | undefined {
  const last = course.stops.at(-1);
  const reached = rankOf(milestone);
  if (last?.at === at) return "contradiction";
  const before = course.stage === "arrived" ? 3 : rankOf(asMilestone(course.status));
  return reached < before || course.stage === "returning" || course.stage === "over"
    ? "regression"
    : undefined;
}

const asMilestone = (status: Status): Happening["milestone"] =>
  status === "accepted" || status === "sent" || status === "settled" || status === "credited"
    ? status
    : undefined;

/** The leg behind the last hold that stands before the money, or else the one that it is before. */
export const legBehindHolds = ({ leg, holds }: Course, way: Way): number =>
  Math.max(leg, ...[...holds.values()].map(({ rule }) => legOfHold(way, rule, leg)));

/** When money that enters the course's leg at `at` enters leg `to`, each hold on the way ending at `bound`. */
export function pastHolds(
  { leg, holds }: Course,
  way: Way,
  bound: Bound,
  at: Instant,
  to = way.paths[bound].legs.length,
): Instant {
  const placed = [...holds.values()].map(({ rule, until }) => ({ place: legOfHold(way, rule, leg), until }));
  const here = { leg, at };
  for (const { place, until } of placed.sort((one, other) => one.place - other.place)) {
    if (place > to) break;
    here.at = Math.max(through(way.paths[bound], here.leg, here.at, place), until[bound]) as Instant;
    here.leg = place;
  }
  return through(way.paths[bound], here.leg, here.at, to);
}

function placeHold(course: Course, happening: Happening, ways: Ways): Course {
  const rule = ways.holds.find(({ name }) => name === happening.hold);
  if (rule === undefined) return course;
  const { at, until } = happening;
  const times = (course.holds.get(rule.name)?.times ?? 0) + 1;
  const { atMost } = rule.event.params;
  if (atMost !== undefined && times > atMost) return noting(course, "hold-too-often", at, rule.name);
  const ends = BOUNDS.map((bound) => [bound, until ?? ((at + lengthOf(rule, bound)) as Instant)]);
  const placed: Placed = { rule, at, times, until: Object.fromEntries(ends) as Placed["until"] };
  return caused(
    {
      ...(course.stage === "under-way" ? course : cleared(noting(course, "regression", at, rule.name))),
      stage: "under-way",
      status: "held",
      holds: new Map([...course.holds, [rule.name, placed]]),
      stops: stopped(course, at, { hold: rule.name }),
    },
    happening,
  );
}

const lengthOf = (rule: HoldRule, bound: Bound): number =>
  parseDuration(atBound(rule.event.params.for, bound)) as number;

/** The money goes on from where the hold stood; what the hold took longer than it may is not explained. */
function release(course: Course, { at, hold = "" }: Happening, ways: Ways): Course {
  const placed = course.holds.get(hold);
  if (placed === undefined) return noting(course, "release-without-hold", at, hold);
  const holds = new Map([...course.holds].filter(([name]) => name !== hold));
  if (holds.size > 0) return heldBy({ ...course, holds }, at);
  const { known } = ways;
  const leg = legOfHold(known, placed.rule, course.leg);
  const gone = through(known.paths.expected, course.leg, course.at, leg);
  const { who: _, ...rest } = course;
  // Released before the money came to it, it has held up nothing; what was not taken by then is refused as before.
  if (gone > at) {
    const stops = course.stops.filter(({ in: where }) => !isHeldBy(where, hold));
    return { ...rest, status: course.at > at ? "refused" : "none", cause: "none", holds, stops };
  }
  const normal = through(known.paths.latest, course.leg, course.due, leg);
  return {
    ...rest,
    status: "none",
    cause: "none",
    leg,
    at,
    due: Math.max(normal, Math.min(at, placed.until.latest)) as Instant,
    holds,
    stops: stopped(course, at, { leg }),
  };
}

const isHeldBy = (where: Stop["in"], hold: string): boolean => (where as { hold?: string }).hold === hold;

function turnBack(course: Course, happening: Happening): Course {
  const { at } = happening;
  if (course.stage === "returning") return caused(course, happening);
  const said = course.stage === "under-way" ? course : noting(course, "regression", at, course.status);
  const { doneAt: _, ...rest } = cleared(said);
  return caused(
    {
      ...rest,
      stage: "returning",
      status: "returning",
      turnedAt: at,
      holds: new Map(),
      stops: stopped(course, at, "return"),
    },
    happening,
  );
}

function end(course: Course, happening: Happening): Course {
  const { at, code } = happening;
  const status = course.stage === "returning" || code === undefined ? "returned" : "ended";
  const over: Course = {
    ...course,
    stage: "over",
    status,
    doneAt: at,
    holds: new Map(),
    stops: stopped(course, at, "done"),
  };
  return caused(over, happening);
}

const stopped = ({ stops }: Course, at: Instant, where: Stop["in"]): readonly Stop[] => [
  ...stops,
  { at, in: where },
];
