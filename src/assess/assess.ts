import { arriveIn } from "../answer/arrival.js";
import { QuestionError, verdictMessages } from "../errors.js";
import type { Arrival } from "../model/answers.js";
import type { Assessment, Note } from "../model/assessment.js";
import { type ParsedPayment, readInstant } from "../payment/parsed-payment.js";
import { rowFor } from "../pieces/piece-lookup.js";
import { queryFor } from "../pieces/query.js";
import { type Snapshots, snapshotAt } from "../pieces/snapshots.js";
import { formatDuration } from "../time/duration.js";
import { formatInstant, type Instant } from "../time/instant.js";
import { adviceOf } from "./advice.js";
import { applyEvents } from "./apply-events.js";
import { estimateOf } from "./estimate.js";
import { readEvents } from "./event-reader.js";
import { initialState, type PaymentState } from "./payment-state.js";
import { type Position, positionAt, stepOf } from "./position.js";
import { type RemainingPath, remainingPathInRow, remainingPathOf } from "./remaining-path.js";
import { overdueMs, phaseAt, type Situation, situationOf } from "./situation.js";
import { rulingOf } from "./verdict.js";

export interface AssessOptions {
  readonly now: unknown;
  readonly events?: unknown;
  readonly arrivedAt?: unknown;
}

/** @throws QuestionError */
export function assess(snapshots: Snapshots, payment: ParsedPayment, options: AssessOptions): Assessment {
  return assessmentOf(assessInputOf(snapshots, payment, options), payment);
}

/** What an assessment is computed from. */
export interface AssessInput {
  readonly situation: Situation;
  /** The arrival as known when the payment was made. */
  readonly baselineArrival: Arrival;
  readonly now: Instant;
}

/** @throws QuestionError */
export function assessInputOf(
  snapshots: Snapshots,
  payment: ParsedPayment,
  options: AssessOptions,
): AssessInput {
  const now = readInstant("now", options.now);
  if (now < payment.at) throw new QuestionError("bad-time", "now", verdictMessages.nowBeforePayment());
  const query = queryFor(snapshotAt(snapshots, payment.at), payment);
  const row = rowFor(query, payment.at);
  const baseline = remainingPathInRow(query, row, payment.at);
  const baselineArrival = arriveIn(query, row, payment.at, payment.initiatedAtText);
  const snapshot = snapshotAt(snapshots, now);
  const current =
    snapshot === query.snapshot ? baseline : remainingPathOf(queryFor(snapshot, payment), payment.at);
  const unreported = options.events === undefined && options.arrivedAt === undefined;
  const state = unreported
    ? initialState(current)
    : stateAfterEvents(snapshots, payment, options, { now, baseline, current });
  return { situation: situationOf(payment, baseline, current, state), baselineArrival, now };
}

interface PathsAtNow {
  readonly now: Instant;
  readonly baseline: RemainingPath;
  readonly current: RemainingPath;
}

function stateAfterEvents(
  { rulebook }: Snapshots,
  payment: ParsedPayment,
  { events, arrivedAt }: AssessOptions,
  { now, baseline, current }: PathsAtNow,
): PaymentState {
  const arrival = arrivedAt === undefined ? undefined : readInstant("arrivedAt", arrivedAt);
  const read = readEvents(events, arrival, { rulebook, initiatedAt: payment.at, now });
  return applyEvents(read, { baseline, current, holds: rulebook.holds });
}

export function assessmentOf(
  { situation, baselineArrival, now }: AssessInput,
  payment: ParsedPayment,
): Assessment {
  const { baseline, current, state, deadline, status } = situation;
  const { zone } = current.query;
  const nowText = formatInstant(zone, now);
  const estimate = estimateOf(situation, baselineArrival, now, nowText);
  const { rule, cause, nextCheckAt } = rulingOf(situation, now, estimate.certainty);
  const { verdict, severity, reason } = rule.event.params;
  const overdue = overdueMs(situation, now);
  const position = positionAt(situation, now);
  const notes = notesOf(situation, payment.channel);
  const isPromised = baseline === current && state.positions.length === 0;
  const assessment: Assessment = {
    verdict,
    phase: phaseAt(situation, now),
    reason,
    severity,
    rule: rule.name,
    status,
    cause,
    now: nowText,
    deadline: isPromised ? baselineArrival.latest : formatInstant(zone, deadline),
    baseline: baselineArrival,
    estimate,
    advice: adviceOf(situation, rule, payment),
    version: current.query.snapshot.rulebook.version,
  };
  if (position !== undefined) assessment.stuckAt = stuckAt(position, payment);
  if (overdue > 0) assessment.overdueBy = formatDuration(overdue);
  if (nextCheckAt !== undefined) assessment.nextCheckAt = formatInstant(zone, nextCheckAt);
  if (state.codes.length > 0) assessment.codes = [...state.codes];
  if (notes.length > 0) assessment.notes = notes;
  return assessment;
}

function stuckAt(
  position: Position,
  { at, initiatedAtText }: ParsedPayment,
): NonNullable<Assessment["stuckAt"]> {
  const { step, system, milestone } = stepOf(position);
  const { zone } = position.path.query;
  const since =
    position.since === at && initiatedAtText !== undefined
      ? initiatedAtText
      : formatInstant(zone, position.since);
  // A fast path for the usual step, which has both: object literals with spreads are slow to build.
  if (system !== undefined && milestone !== undefined) return { step, since, system, milestone };
  return {
    step,
    since,
    ...(system !== undefined && { system }),
    ...(milestone !== undefined && { milestone }),
  };
}

/** The notes of the state, and one if the channel has no rule for the return. */
function notesOf({ state, current, returnPath }: Situation, channel: string): Note[] {
  const { returnStartedAt, notes } = state;
  const { zone } = current.query;
  const last =
    returnStartedAt !== undefined && returnPath === undefined
      ? [{ kind: "no-return-rule" as const, at: returnStartedAt, about: channel }]
      : [];
  if (notes.length + last.length === 0) return [];
  return [...notes, ...last].map(({ kind, at, about }) => ({ kind, at: formatInstant(zone, at), about }));
}
