import type { Decider, PaymentClass } from "../decide/decider.js";
import type { Facts } from "../model/payment.js";
import type { Classifier } from "../payment/classifier.js";
import type { ParsedPayment } from "../payment/parsed-payment.js";
import type { Zone } from "../time/zone.js";
import { clearCache, type KnownPayment } from "./cache.js";
import type { Snapshot } from "./snapshot.js";

/** Which routes are asked for: those to the payee, or those back to the payer. */
export type Purpose = "credited" | "returned";

/**
 * A payment to be answered for any sending time, against one state of knowledge. What is known already is found by its
 * number; all the rest is only worked out where something new has to be decided.
 */
export class Query {
  readonly snapshot: Snapshot;
  /** The channelIndex of its channel. */
  readonly channelIndex: number;
  readonly purpose: Purpose;
  /** Shared by all that are answered alike. */
  readonly cacheId: number;
  readonly #stated: { readonly facts: Facts };
  #paymentClass: PaymentClass | undefined;

  constructor(
    snapshot: Snapshot,
    channelIndex: number,
    classId: number,
    stated: { readonly facts: Facts },
    purpose: Purpose,
    paymentClass?: PaymentClass,
  ) {
    this.snapshot = snapshot;
    this.channelIndex = channelIndex;
    this.purpose = purpose;
    this.cacheId = cacheIdOf(classId, purpose);
    this.#stated = stated;
    this.#paymentClass = paymentClass;
  }

  get zone(): Zone {
    return this.snapshot.classifiers.zones[this.channelIndex] as Zone;
  }

  get channel(): string {
    return (this.snapshot.classifiers.all[this.channelIndex] as Classifier).channel;
  }

  get decider(): Decider {
    return this.snapshot.deciders.get(this.channel) as Decider;
  }

  /** Its own facts, which errors tell; what is known comes from any payment of its number. */
  get facts(): Facts {
    return this.#stated.facts;
  }

  get paymentClass(): PaymentClass {
    this.#paymentClass ??= this.decider.classOf(this.facts);
    return this.#paymentClass;
  }
}

/** The number by which memory knows what is asked of payments. */
export const cacheIdOf = (classId: number, purpose: Purpose): number =>
  classId * 2 + (purpose === "credited" ? 0 : 1);

/** A payment that was read, against one state of knowledge. */
export function queryFor(snapshot: Snapshot, payment: ParsedPayment, purpose: Purpose = "credited"): Query {
  if (payment.classifiers !== snapshot.classifiers)
    return queryOf(snapshot, payment.channel, payment.facts, purpose);
  return newQuery(snapshot, payment.channelIndex, payment.classId, payment, purpose);
}

/** A payment by its facts alone. The channel exists. */
export function queryOf(
  snapshot: Snapshot,
  channel: string,
  facts: Facts,
  purpose: Purpose = "credited",
): Query {
  const classifier = snapshot.classifiers.get(channel) as Classifier;
  return newQuery(snapshot, classifier.channelIndex, classifier.classIdOf(facts), { facts }, purpose);
}

/** The payment that stands for all that are answered like this one: the known one, or one with its facts. */
export function representative(
  { snapshot, channelIndex, cacheId: classId, facts, purpose }: Query,
  known?: KnownPayment,
): Query {
  const stated = known ?? { facts };
  return new Query(snapshot, channelIndex, Math.floor(classId / 2), stated, purpose, known?.paymentClass);
}

/** The same payment on its way back. */
export const returnQuery = ({ snapshot, channelIndex, cacheId: classId, facts }: Query): Query =>
  new Query(snapshot, channelIndex, Math.floor(classId / 2), { facts }, "returned");

function newQuery(
  snapshot: Snapshot,
  channelIndex: number,
  classId: number,
  stated: { readonly facts: Facts },
  purpose: Purpose,
): Query {
  const { generation } = snapshot.classifiers.idAllocator;
  if (snapshot.cache.generation !== generation) {
    clearCache(snapshot.cache);
    snapshot.cache.generation = generation;
  }
  return new Query(snapshot, channelIndex, classId, stated, purpose);
}
