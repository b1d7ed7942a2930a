import { QuestionError } from "../errors.js";
import type { Assessment, Cluster } from "../model/assessment.js";
import type { Payment } from "../model/payment.js";
import type { Question } from "../payment/question.js";
import { readInstant } from "../payment/question.js";
import type { Views } from "../pieces/snapshots.js";
import { type AssessOptions, assessmentOf, situationFor } from "./assess.js";
import { CLUSTER_LIMITS, type ClusterLimits, clustersOf, count, newTally, type Tally } from "./clusters.js";

/** One of many payments, by its place among them, with its assessment or why there is none. */
export type Assessed =
  | { readonly index: number; readonly assessment: Assessment; readonly error?: never }
  | { readonly index: number; readonly error: QuestionError; readonly assessment?: never };

/**
 * The assessments, one at a time as they are asked for, and `clusters`: what has been seen so far of payments that are
 * overdue together. It is a method and not the generator's return value, which `for ... of` would throw away, and which
 * could not be asked for halfway through an endless stream.
 */
export type Assessments = Generator<Assessed, void, undefined> & {
  clusters(limits?: Partial<ClusterLimits>): Cluster[];
};

export interface AllOptions {
  readonly now: unknown;
  /** What is known of each payment. */
  readonly known?: (payment: Payment, index: number) => Omit<AssessOptions, "now">;
}

type Read = (payment: unknown) => Question;

/**
 * Assesses one payment after another; memory does not grow with their number.
 *
 * @throws QuestionError bad-time, where `now` is no instant; whatever is wrong with a payment comes in its place
 */
export function assessAll(
  views: Views,
  read: Read,
  payments: Iterable<Payment>,
  { now, known }: AllOptions,
): Assessments {
  readInstant("now", now);
  const tally = newTally();
  const each = function* (): Generator<Assessed, void, undefined> {
    let index = 0;
    for (const payment of payments) {
      yield assessed(views, read, payment, index, { ...known?.(payment, index), now }, tally);
      index++;
    }
  };
  return Object.assign(each(), {
    clusters: (limits: Partial<ClusterLimits> = {}) => clustersOf(tally, { ...CLUSTER_LIMITS, ...limits }),
  });
}

function assessed(
  views: Views,
  read: Read,
  payment: Payment,
  index: number,
  options: AssessOptions,
  tally: Tally,
): Assessed {
  try {
    const question = read(payment);
    const asked = situationFor(views, question, options);
    const assessment = assessmentOf(asked, question);
    count(tally, asked.situation, assessment, question.channel);
    return { index, assessment };
  } catch (error) {
    if (error instanceof QuestionError) return { index, error };
    throw error;
  }
}
