import { QuestionError } from "../errors.js";
import type { DelayCause, Phase, Status } from "../model/assessment.js";
import type { Bound } from "../model/bound.js";
import type { ParsedPayment } from "../payment/parsed-payment.js";
import { returnQuery } from "../pieces/query.js";
import type { Move } from "../route/move.js";
import { travel } from "../route/path.js";
import type { Instant } from "../time/instant.js";
import { hasWrongDetails } from "./account-details.js";
import { legAfterHolds, travelPastHolds } from "./active-holds.js";
import type { PaymentState } from "./payment-state.js";
import { type RemainingPath, remainingPathOf, travelLegs } from "./remaining-path.js";

type Times = Readonly<Record<Bound, Instant>> & {
  /**
   * Sum of `MARK`s of the path from the reported position. Late money may meet closures that money in time never meets,
   * such as an open incident.
   */
  readonly marks?: number;
};

/** Everything about a payment that does not depend on `now`. The functions below add `now`. */
export interface Situation {
  readonly payment: ParsedPayment;
  /** The path as known when the payment was made. */
  readonly baseline: RemainingPath;
  /** The path as known now; the same object as `baseline` if nothing was published since. */
  readonly current: RemainingPath;
  readonly state: PaymentState;
  /** The path back to the payer, once a return started. Undefined also if the channel has no rule for returns. */
  readonly returnPath: RemainingPath | undefined;
  /** Arrival times, or times of the return. */
  readonly times: Times;
  readonly deadline: Instant;
  readonly status: Status;
  /** The cause that the events or the payment establish; undefined if it depends on the position at `now`. */
  readonly cause: DelayCause | undefined;
}

export function situationOf(
  payment: ParsedPayment,
  baseline: RemainingPath,
  current: RemainingPath,
  state: PaymentState,
): Situation {
  const { returnStartedAt } = state;
  const returnPath = returnStartedAt === undefined ? undefined : returnPathOf(current, returnStartedAt);
  return {
    payment,
    baseline,
    current,
    state,
    returnPath,
    times: timesOf(current, state, returnPath),
    deadline: deadlineOf(baseline, current, state, returnPath),
    status: state.status,
    cause: establishedCause(payment, current, state),
  };
}

function returnPathOf({ query }: RemainingPath, startedAt: Instant): RemainingPath | undefined {
  try {
    return remainingPathOf(returnQuery(query), startedAt);
  } catch (error) {
    if (error instanceof QuestionError && error.code === "no-rule") return undefined;
    throw error;
  }
}

/** When the money arrives, or is back, as the state has it; `now` plays no part. */
export function timesOf(
  current: RemainingPath,
  state: PaymentState,
  returnPath: RemainingPath | undefined,
): Times {
  const { doneAt } = state;
  if (doneAt !== undefined) return { earliest: doneAt, expected: doneAt, latest: doneAt };
  if (returnPath !== undefined) return returnPath.times;
  return state.positions.length === 0 ? current.times : timesAfterHolds(current, state);
}

function timesAfterHolds(current: RemainingPath, state: PaymentState): Times {
  const from = legAfterHolds(state, current);
  const moveAt = (bound: Bound): Move =>
    travel(
      { legs: current.paths[bound].legs.slice(from) },
      travelPastHolds(state, current, bound, state.at, from),
    );
  const [earliest, expected, latest] = [moveAt("earliest"), moveAt("expected"), moveAt("latest")];
  const marks = earliest.marks | expected.marks | latest.marks;
  return { earliest: earliest.to, expected: expected.to, latest: latest.to, marks };
}

/**
 * The last instant at which not having the money is normal: the latest time of the baseline, or a later one that the
 * current path and the holds explain. A hold explains no more than its own length. A return has a deadline of its own.
 */
function deadlineOf(
  baseline: RemainingPath,
  current: RemainingPath,
  state: PaymentState,
  returnPath: RemainingPath | undefined,
): Instant {
  if (returnPath !== undefined) return returnPath.times.latest;
  const promised = baseline.times.latest;
  if (baseline === current && state.positions.length === 0) return promised;
  const explained = travelLegs(current.paths.latest, state.leg, state.due);
  const holdEnds = [...state.holds.values()].map(({ until }) => until.latest);
  return Math.max(promised, explained, ...holdEnds) as Instant;
}

function establishedCause(
  payment: ParsedPayment,
  { piece }: RemainingPath,
  state: PaymentState,
): DelayCause | undefined {
  if (state.cause !== "none") return state.cause;
  if (state.stage !== "under-way") return "none";
  if (state.status === "refused") {
    const { event } = piece.rule;
    return (event.type === "refuse" ? event.params.cause : undefined) ?? "none";
  }
  return hasWrongDetails(payment) ? "wrong-details" : undefined;
}

export function phaseAt({ state, times, deadline }: Situation, now: Instant): Phase {
  if (state.doneAt !== undefined) return state.doneAt > deadline ? "arrived-late" : "arrived";
  if (now > deadline) return "overdue";
  return now > times.expected ? "before-latest" : "before-expected";
}

/** Milliseconds between the deadline and `now`, or the arrival; 0 before the deadline. */
export function overdueMs({ state, deadline }: Situation, now: Instant): number {
  return Math.max(0, (state.doneAt ?? now) - deadline);
}
