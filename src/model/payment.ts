/** A payment as the caller describes it. Facts that `facts.json` declares are further keys. */
export interface Payment {
  /** The payment channel, as in `cn.acquiring`. */
  channel: string;
  /** A decimal string such as "1000.00", or a finite number; not negative. */
  amount: string | number;
  /** ISO 8601 with an offset, epoch milliseconds, or a Date. */
  initiatedAt: string | number | Date;
  currency?: string;
  speed?: string;
  settlement?: string;
  payer?: Readonly<Record<string, FactValue>>;
  payee?: Readonly<Record<string, FactValue>>;
  /** Trace number, UETR, order number and so on. Advice quotes them; rules cannot test them. */
  references?: Readonly<Record<string, string>>;
  readonly [fact: string]: unknown;
}

/** The JSON text of one payment in UTF-8: the bytes from `from` up to `to`. */
export interface JsonText {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
}

export type FactValue = string | number | boolean;

/** The values that a rule may test, by name. `payer.bank` is the field `bank` of the payment's `payer`. */
export type Facts = Readonly<Record<string, FactValue | undefined>>;
