import type { Payment } from "../../src/model/payment.js";
import type { Random } from "./random.js";

/** Payments that all peers can answer, on two channels with business days, cutoffs and opening hours. */

/** From the start of 2025 to the last days of 2026; all arrivals are official. */
export const FROM = Date.parse("2025-01-01T00:00:00+08:00");
export const UNTIL = Date.parse("2026-12-25T00:00:00+08:00");

export interface BenchPayment extends Payment {
  amount: string;
  initiatedAt: string;
  acquirer?: string;
}

const ACQUIRERS = [undefined, undefined, "dianyin", "yeepay"] as const;
const MINUTE = 60_000;
/** The times of day at which arrivals of one of the channels change, in minutes. */
const CHANGE_MINUTES = [0, 17 * 60 + 15, 20 * 60 + 30, 23 * 60];

export const paymentsOf = (random: Random, count: number): BenchPayment[] =>
  Array.from({ length: count }, () => paymentAt(random, instant(random)));

function paymentAt(random: Random, at: number): BenchPayment {
  const amount = `${random.int(1, 5_000_000)}.${random.int(10, 99)}`;
  const initiatedAt = textOf(at);
  const settlement = random.pick(["t1", "d1", undefined]);
  if (settlement === undefined) return { channel: "cn.hvps", amount, initiatedAt };
  const acquirer = random.pick(ACQUIRERS);
  const payment = { channel: "cn.acquiring", settlement, amount, initiatedAt };
  return acquirer === undefined ? payment : { ...payment, acquirer };
}

/** Any second; one in ten is within a second of a change. */
function instant(random: Random): number {
  const day = FROM + 24 * 60 * MINUTE * random.int(0, (UNTIL - FROM) / (24 * 60 * MINUTE) - 1);
  if (random.int(1, 10) > 1) return day + 1000 * random.int(0, 24 * 60 * 60 - 1);
  return Math.max(FROM, day + random.pick(CHANGE_MINUTES) * MINUTE + random.pick([-1000, -1, 0, 1, 1000]));
}

export const instants = (random: Random, count: number): Float64Array =>
  Float64Array.from({ length: count }, () => instant(random));

/** ISO 8601 at +08:00, with milliseconds only if they are not 0. */
export const textOf = (at: number): string =>
  `${new Date(at + 8 * 60 * MINUTE).toISOString().replace(".000", "").replace("Z", "")}+08:00`;
