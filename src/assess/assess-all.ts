import { QuestionError } from "../errors.js";
import type { Assessment, Cluster } from "../model/assessment.js";
import type { Payment } from "../model/payment.js";
import type { ParsedPayment } from "../payment/parsed-payment.js";
import { readInstant } from "../payment/parsed-payment.js";
import type { Snapshots } from "../pieces/snapshots.js";
import { type AssessOptions, assessInputOf, assessmentOf } from "./assess.js";
import {
  CLUSTER_LIMITS,
  type ClusterLimits,
  clustersOf,
  countPayment,
  newTally,
  type Tally,
} from "./clusters.js";

/** The result for the payment at `index`: its assessment, or the error of its question. */
export type Assessed =
  | { readonly index: number; readonly assessment: Assessment; readonly error?: never }
  | { readonly index: number; readonly error: QuestionError; readonly assessment?: never };

/**
 * The assessments, computed one at a time on demand, with the clusters of those computed so far. `clusters` is a method
 * because `for ... of` discards the return value of a generator, and because it may be called before the end.
 */
export type Assessments = Generator<Assessed, void, undefined> & {
  clusters(limits?: Partial<ClusterLimits>): Cluster[];
};

export interface AssessAllOptions {
  readonly now: unknown;
  /** The events and the arrival of each payment. */
  readonly known?: (payment: Payment, index: number) => Omit<AssessOptions, "now">;
}

type Read = (payment: unknown) => ParsedPayment;

/**
 * Assesses payments one after another, in constant memory.
 *
 * @throws QuestionError bad-time, if `now` is no instant. Errors of a payment are yielded in its place.
 */
export function assessAll(
  snapshots: Snapshots,
  read: Read,
  payments: Iterable<Payment>,
  { now, known }: AssessAllOptions,
): Assessments {
  readInstant("now", now);
  const tally = newTally();
  const each = function* (): Generator<Assessed, void, undefined> {
    let index = 0;
    for (const payment of payments) {
      yield assessOne(snapshots, read, payment, index, { ...known?.(payment, index), now }, tally);
      index++;
    }
  };
  return Object.assign(each(), {
    clusters: (limits: Partial<ClusterLimits> = {}) => clustersOf(tally, { ...CLUSTER_LIMITS, ...limits }),
  });
}

function assessOne(
  snapshots: Snapshots,
  read: Read,
  payment: Payment,
  index: number,
  options: AssessOptions,
  tally: Tally,
): Assessed {
  try {
    const parsed = read(payment);
    const input = assessInputOf(snapshots, parsed, options);
    const assessment = assessmentOf(input, parsed);
    countPayment(tally, input.situation, assessment, parsed.channel);
    return { index, assessment };
  } catch (error) {
    if (error instanceof QuestionError) return { index, error };
    throw error;
  }
}
