import type { Segment } from "../model/answers.js";
import { segmentOf } from "../pieces/timeline.js";
import type { Path } from "../route/path.js";
import type { Wait } from "../route/wait.js";
import type { Instant } from "../time/instant.js";
import { legAfterHolds, travelPastHolds } from "./active-holds.js";
import type { ReportedPosition } from "./payment-state.js";
import { type RemainingPath, travelLegs } from "./remaining-path.js";
import type { Situation } from "./situation.js";

/** A position that differs from the one before it. */
interface NewPosition extends ReportedPosition {
  readonly in: Exclude<ReportedPosition["in"], "unchanged">;
}

const isNew = (position: ReportedPosition): position is NewPosition => position.in !== "unchanged";

/**
 * The timeline of a payment with its reported positions, and after them the expected path. Segments join up from
 * `sentAt` to `until`.
 */
export function actualTimeline(situation: Situation, sentAt: Instant, until: Instant): Segment[] {
  const { state, current } = situation;
  const { zone } = current.query;
  const { name } = current.piece.rule;
  const waits: Wait[] = [];
  const reported = state.positions.filter(isNew);
  const positions: NewPosition[] = [
    { at: current.entry, in: { leg: 0 } },
    ...reported,
    ...positionsAfterHolds(situation),
  ];
  const closedUntil = earlier(current.entry, earlier(positions[1]?.at ?? until, until));
  if (closedUntil > sentAt) waits.push({ from: sentAt, to: closedUntil, cause: "closed", rule: name });
  for (const [index, position] of positions.entries()) {
    const end = earlier(positions[index + 1]?.at ?? until, until);
    if (end > position.at) waits.push(...waitsIn(situation, position, end));
  }
  return waits.map((wait) => segmentOf(wait, ruleOf(situation, wait) ?? name, zone));
}

/** Active holds are expected to end, and the money to move on from the leg after them. */
function positionsAfterHolds({ state, current }: Situation): NewPosition[] {
  if (state.holds.size === 0) return [];
  const leg = legAfterHolds(state, current);
  const ends = travelPastHolds(state, current, "expected", state.at, leg);
  return [{ at: Math.max(ends, state.positions.at(-1)?.at ?? ends) as Instant, in: { leg } }];
}

/** The waits from a position up to `until`. */
function waitsIn(situation: Situation, { at, in: where }: NewPosition, until: Instant): Wait[] {
  const { current, returnPath } = situation;
  if (where === "done") return [{ from: at, to: until, cause: "processing" }];
  if (where === "return") return legWaits(returnPath, 0, at, until);
  if ("leg" in where) return legWaits(current, where.leg, at, until);
  return [{ from: at, to: until, cause: "hold", name: where.hold, rule: where.hold }];
}

/** The waits of the legs from `leg` on; what remains up to `until` is spent in the last system. */
function legWaits(remaining: RemainingPath | undefined, leg: number, at: Instant, until: Instant): Wait[] {
  const path: Path = remaining?.paths.expected ?? { legs: [] };
  const waits: Wait[] = [];
  const exit = travelLegs(path, leg, at, path.legs.length, (wait) => {
    if (wait.from < until) waits.push(wait.to > until ? { ...wait, to: until } : wait);
  });
  if (exit >= until) return waits;
  const system = path.legs.at(-1)?.system;
  return [...waits, { from: exit, to: until, cause: "processing", ...(system !== undefined && { system }) }];
}

/** The rule of a wait: its own, or during a return that of the return path. */
const ruleOf = ({ returnPath, state }: Situation, { from, rule }: Wait): string | undefined =>
  rule ??
  (returnPath !== undefined && from >= (state.returnStartedAt ?? from)
    ? returnPath.piece.rule.name
    : undefined);

const earlier = (one: Instant, other: Instant): Instant => (one < other ? one : other);
