import type { Decider, PaymentClass } from "../decide/decider.js";
import type { Facts } from "../model/payment.js";
import { tableOf } from "./memory.js";
import type { Table } from "./table.js";
import { banksOf, type View } from "./view.js";

/** A payment to be answered for any sending time, against one state of knowledge. */
export interface Subject {
  readonly view: View;
  readonly decider: Decider;
  readonly paymentClass: PaymentClass;
  /** Its own facts, which errors tell; what is known comes from any payment of its class. */
  readonly facts: Facts;
  readonly purpose: Purpose;
  /** What is known of the function from sending to arrival; shared by all that are answered alike. */
  readonly table: Table;
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
  const combinations = (view.systemNumbers.size + 1) ** view.standIns.length;
  const alike = paymentClass.number * combinations + banksOf(view, facts);
  const table = tableOf(view.memory, alike * 2 + (purpose === "credited" ? 0 : 1));
  return { view, decider, paymentClass, facts, purpose, table };
}
