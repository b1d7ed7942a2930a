import type { Decider, PaymentClass } from "../decide/decider.js";
import type { Facts } from "../model/payment.js";
import type { Classifier } from "../payment/classifier.js";
import type { ParsedPayment } from "../payment/parsed-payment.js";
import type { Zone } from "../time/zone.js";
import { forget, type KnownPayment } from "./cache.js";
import type { View } from "./snapshot.js";

/** Which routes are asked for: those to the payee, or those back to the payer. */
export type Purpose = "credited" | "returned";

/**
 * A payment to be answered for any sending time, against one state of knowledge. What is known already is found by its
 * number; all the rest is only worked out where something new has to be decided.
 */
export class Subject {
  readonly view: View;
  /** The place of its channel. */
  readonly place: number;
  readonly purpose: Purpose;
  /** Shared by all that are answered alike. */
  readonly number: number;
  readonly #stated: { readonly facts: Facts };
  #paymentClass: PaymentClass | undefined;

  constructor(
    view: View,
    place: number,
    number: number,
    stated: { readonly facts: Facts },
    purpose: Purpose,
    paymentClass?: PaymentClass,
  ) {
    this.view = view;
    this.place = place;
    this.purpose = purpose;
    this.number = numberFor(number, purpose);
    this.#stated = stated;
    this.#paymentClass = paymentClass;
  }

  get zone(): Zone {
    return this.view.sorters.zones[this.place] as Zone;
  }

  get channel(): string {
    return (this.view.sorters.all[this.place] as Classifier).channel;
  }

  get decider(): Decider {
    return this.view.deciders.get(this.channel) as Decider;
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
export const numberFor = (number: number, purpose: Purpose): number =>
  number * 2 + (purpose === "credited" ? 0 : 1);

/** A payment that was read, against one state of knowledge. */
export function subjectFor(view: View, payment: ParsedPayment, purpose: Purpose = "credited"): Subject {
  if (payment.classifiers !== view.sorters) return subjectOf(view, payment.channel, payment.facts, purpose);
  return numbered(view, payment.channelIndex, payment.classId, payment, purpose);
}

/** A payment by its facts alone. The channel exists. */
export function subjectOf(view: View, channel: string, facts: Facts, purpose: Purpose = "credited"): Subject {
  const sorter = view.sorters.get(channel) as Classifier;
  return numbered(view, sorter.channelIndex, sorter.classIdOf(facts), { facts }, purpose);
}

/** The payment that stands for all that are answered like this one: the known one, or one with its facts. */
export function representative(
  { view, place, number, facts, purpose }: Subject,
  known?: KnownPayment,
): Subject {
  const stated = known ?? { facts };
  return new Subject(view, place, Math.floor(number / 2), stated, purpose, known?.paymentClass);
}

/** The same payment on its way back. */
export const onTheWayBack = ({ view, place, number, facts }: Subject): Subject =>
  new Subject(view, place, Math.floor(number / 2), { facts }, "returned");

function numbered(
  view: View,
  place: number,
  number: number,
  stated: { readonly facts: Facts },
  purpose: Purpose,
): Subject {
  const { generation } = view.sorters.idAllocator;
  if (view.memory.rounds !== generation) {
    forget(view.memory);
    view.memory.rounds = generation;
  }
  return new Subject(view, place, number, stated, purpose);
}
