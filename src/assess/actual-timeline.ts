import type { Segment } from "../model/answers.js";
import { segmentOf } from "../pieces/timeline.js";
import type { Path } from "../route/path.js";
import type { Wait } from "../route/wait.js";
import type { Instant } from "../time/instant.js";
import { legBehindHolds, pastHolds, type Stop } from "./payment-state.js";
import { through, type Way } from "./remaining-path.js";
import type { Situation } from "./situation.js";

interface Move extends Stop {
  readonly in: Exclude<Stop["in"], "there">;
}

const isMove = (stop: Stop): stop is Move => stop.in !== "there";

/** What became of a payment, and what is expected of it, as segments that join up from its sending to `until`. */
export function storyOf(situation: Situation, sentAt: Instant, until: Instant): Segment[] {
  const { course, known } = situation;
  const { zone } = known.subject;
  const { name } = known.stretch.rule;
  const waits: Wait[] = [];
  const moves = course.stops.filter(isMove);
  const stops: Move[] = [{ at: known.entry, in: { leg: 0 } }, ...moves, ...afterHolds(situation)];
  const closed = lesser(known.entry, lesser(stops[1]?.at ?? until, until));
  if (closed > sentAt) waits.push({ from: sentAt, to: closed, cause: "closed", rule: name });
  for (const [index, stop] of stops.entries()) {
    const end = lesser(stops[index + 1]?.at ?? until, until);
    if (end > stop.at) waits.push(...waitsIn(situation, stop, end));
  }
  return waits.map((wait) => segmentOf(wait, ruleOf(situation, wait) ?? name, zone));
}

/** A hold that still stands is expected to end, and the money to go on from there. */
function afterHolds({ course, known }: Situation): Move[] {
  if (course.holds.size === 0) return [];
  const leg = legBehindHolds(course, known);
  const ends = pastHolds(course, known, "expected", course.at, leg);
  return [{ at: Math.max(ends, course.stops.at(-1)?.at ?? ends) as Instant, in: { leg } }];
}

/** The waits from a stop up to `until`: what is known of them, and then the last system for the rest. */
function waitsIn(situation: Situation, { at, in: where }: Move, until: Instant): Wait[] {
  const { known, back } = situation;
  if (where === "done") return [{ from: at, to: until, cause: "processing" }];
  if (where === "return") return travelled(back, 0, at, until);
  if ("leg" in where) return travelled(known, where.leg, at, until);
  return [{ from: at, to: until, cause: "hold", name: where.hold, rule: where.hold }];
}

function travelled(way: Way | undefined, leg: number, at: Instant, until: Instant): Wait[] {
  const path: Path = way?.paths.expected ?? { legs: [] };
  const waits: Wait[] = [];
  const left = through(path, leg, at, path.legs.length, (wait) => {
    if (wait.from < until) waits.push(wait.to > until ? { ...wait, to: until } : wait);
  });
  if (left >= until) return waits;
  const system = path.legs.at(-1)?.system;
  return [...waits, { from: left, to: until, cause: "processing", ...(system !== undefined && { system }) }];
}

/** Waits on the way back are those of its own rule. */
const ruleOf = ({ back, course }: Situation, { from, rule }: Wait): string | undefined =>
  rule ?? (back !== undefined && from >= (course.turnedAt ?? from) ? back.stretch.rule.name : undefined);

const lesser = (one: Instant, other: Instant): Instant => (one < other ? one : other);
