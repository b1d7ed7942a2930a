import type { Decider, PaymentClass } from "../decide/decider.js";
import type { Facts } from "../model/payment.js";
import type { Classifier } from "../payment/classifier.js";
import type { ParsedPayment } from "../payment/parsed-payment.js";
import type { Zone } from "../time/zone.js";
import { clearCache, type KnownPayment } from "./cache.js";
import type { Snapshot } from "./snapshot.js";

/** Which routes are asked for: to the payee, or back to the payer. */
export type Purpose = "credited" | "returned";

/**
 * A payment against one snapshot, to be answered for any send time. Cached answers are found by `cacheId`; facts and
 * decider are read only when something must be decided.
 */
export class Query {
  readonly snapshot: Snapshot;
  /** The index of its channel. */
  readonly channelIndex: number;
  readonly purpose: Purpose;
  /** Shared by all payments that are answered alike. */
  readonly cacheId: number;
  readonly #source: { readonly facts: Facts };
  #paymentClass: PaymentClass | undefined;

  constructor(
    snapshot: Snapshot,
    channelIndex: number,
    classId: number,
    source: { readonly facts: Facts },
    purpose: Purpose,
    paymentClass?: PaymentClass,
  ) {
    this.snapshot = snapshot;
    this.channelIndex = channelIndex;
    this.purpose = purpose;
    this.cacheId = cacheIdOf(classId, purpose);
    this.#source = source;
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

  /** Its own facts, for errors. Cached answers may come from any payment of its class. */
  get facts(): Facts {
    return this.#source.facts;
  }

  get paymentClass(): PaymentClass {
    this.#paymentClass ??= this.decider.classOf(this.facts);
    return this.#paymentClass;
  }
}

/** The key of the cache: the class id and the purpose. */
export const cacheIdOf = (classId: number, purpose: Purpose): number =>
  classId * 2 + (purpose === "credited" ? 0 : 1);

const classIdOf = (cacheId: number): number => Math.floor(cacheId / 2);

/** A parsed payment against a snapshot. */
export function queryFor(snapshot: Snapshot, payment: ParsedPayment, purpose: Purpose = "credited"): Query {
  if (payment.classifiers !== snapshot.classifiers)
    return queryOf(snapshot, payment.channel, payment.facts, purpose);
  return newQuery(snapshot, payment.channelIndex, payment.classId, payment, purpose);
}

/** A payment given by its facts. The channel must exist. */
export function queryOf(
  snapshot: Snapshot,
  channel: string,
  facts: Facts,
  purpose: Purpose = "credited",
): Query {
  const classifier = snapshot.classifiers.get(channel) as Classifier;
  return newQuery(snapshot, classifier.channelIndex, classifier.classIdOf(facts), { facts }, purpose);
}

/** The payment that represents the class of a query: the cached one, or one with its facts. */
export function representative(
  { snapshot, channelIndex, cacheId, facts, purpose }: Query,
  known?: KnownPayment,
): Query {
  const source = known ?? { facts };
  return new Query(snapshot, channelIndex, classIdOf(cacheId), source, purpose, known?.paymentClass);
}

/** The same payment on its way back. */
export const returnQuery = ({ snapshot, channelIndex, cacheId, facts }: Query): Query =>
  new Query(snapshot, channelIndex, classIdOf(cacheId), { facts }, "returned");

function newQuery(
  snapshot: Snapshot,
  channelIndex: number,
  classId: number,
  source: { readonly facts: Facts },
  purpose: Purpose,
): Query {
  const { generation } = snapshot.classifiers.idAllocator;
  if (snapshot.cache.generation !== generation) {
    clearCache(snapshot.cache);
    snapshot.cache.generation = generation;
  }
  return new Query(snapshot, channelIndex, classId, source, purpose);
}
