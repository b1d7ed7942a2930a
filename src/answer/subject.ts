import type { Decider, PaymentClass } from "../decide/decider.js";
import type { Facts } from "../model/payment.js";
import type { Stretch } from "./stretch.js";
import { banksOf, type View } from "./view.js";

/**
 * Payments that are answered alike whenever they are sent: one class of one channel, with the same banks, against one
 * state of knowledge. What is known of the function from sending to arrival is kept here.
 */
export interface Subject {
  readonly view: View;
  readonly decider: Decider;
  readonly paymentClass: PaymentClass;
  /** Facts that stand for those of every such payment. */
  readonly facts: Facts;
  readonly purpose: Purpose;
  /** The stretches of each day (UTC) that was asked about. */
  readonly days: Map<number, readonly Stretch[]>;
}

/** Which routes are asked for: those to the payee, or those back to the payer. */
export type Purpose = "credited" | "returned";

export function subjectOf(
  view: View,
  decider: Decider,
  facts: Facts,
  purpose: Purpose = "credited",
): Subject {
  const paymentClass = decider.classOf(facts);
  const key = purpose === "credited" ? banksOf(view, facts) : `${banksOf(view, facts)}${purpose}`;
  let subjects = view.memory.subjects.get(paymentClass);
  if (subjects === undefined) {
    subjects = new Map();
    view.memory.subjects.set(paymentClass, subjects);
  }
  let subject = subjects.get(key);
  if (subject === undefined) {
    subject = { view, decider, paymentClass, facts, purpose, days: new Map() };
    subjects.set(key, subject);
  }
  return subject;
}
