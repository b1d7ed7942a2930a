import type { Payment } from "../../src/model/payment.js";
import type { ChannelFile } from "../../src/model/rulebook.js";
import type { Random } from "../bench/random.js";
import type { Book } from "./book.js";
import { DAY, dayOf, instantOf, MINUTE } from "./local-time.js";

/** Random payments of a channel. Instants are often close to those at which something changes. */

export interface Draw {
  readonly book: Book;
  readonly random: Random;
}

const [FIRST, LAST] = [dayOf("2004-01-01"), dayOf("2030-12-20")];
const RECENT = dayOf("2025-01-01");

export function drawPayment(draw: Draw, channel: string): Payment & { initiatedAt: number } {
  const { amount, ...facts } = drawFacts(draw, channel);
  return { channel, amount: amount as number, ...facts, initiatedAt: drawInstant(draw, channel) };
}

/** Values that no file lists. The second resembles a card number, but has a wrong check digit. */
const UNLISTED_VALUES = ["another", "4111111111111112"];

/** Facts that the channel's rules test are nearly always present, others rarely. */
export function drawFacts({ book, random }: Draw, channel: string): Record<string, unknown> {
  const file = book.channels[channel] as ChannelFile;
  const tested = JSON.stringify([file.rules, book.windows, book.conditions]);
  const payment: Record<string, unknown> = {};
  for (const [name, { type, values = [], open }] of Object.entries(book.facts)) {
    const likely = name === "amount" || tested.includes(`"fact":"${name}"`) ? 19 : 4;
    if (name !== "amount" && random.int(1, 20) > likely) continue;
    const choices: readonly unknown[] =
      type === "boolean" ? [true, false] : open ? [...values, ...UNLISTED_VALUES] : values;
    const value =
      type === "number" ? drawAmount(tested, random) : random.pick(preferNamed(choices, tested, random));
    put(payment, name, value);
  }
  return payment;
}

/** Prefers values that occur in the rules. */
function preferNamed<T>(choices: readonly T[], tested: string, random: Random): readonly T[] {
  const named = choices.filter((one) => tested.includes(JSON.stringify(one)));
  return named.length > 0 && random.int(1, 4) > 1 ? named : choices;
}

function put(payment: Record<string, unknown>, name: string, value: unknown): void {
  const [owner, field] = name.split(".") as [string, string | undefined];
  if (field === undefined) payment[owner] = value;
  else payment[owner] = { ...(payment[owner] as object | undefined), [field]: value };
}

/** A limit in some rule, a cent more or less, or any amount up to three million. */
function drawAmount(tested: string, random: Random): number {
  const limits = [...tested.matchAll(/"value":(\d+)/g)].map(([, limit]) => Number(limit));
  const near = random.pick(limits.length > 0 ? limits : [1000]) + random.pick([-1, 0, 0, 1]) / 100;
  return random.pick([1000, 1000, near, near, random.int(0, 300_000_000) / 100]);
}

/** Half in 2025 and 2026, half in 2004 to 2030; mostly at or near a time of day in the rulebook. */
function drawInstant({ book, random }: Draw, channel: string): number {
  const { zone, rules } = book.channels[channel] as ChannelFile;
  const named = thresholdsIn(book, rules);
  const anyDay = random.int(1, 2) === 1 ? random.int(RECENT, RECENT + 729) : random.int(FIRST, LAST);
  const day = random.int(1, 4) === 1 ? dayOf(random.pick(named.dates)) + random.int(-2, 2) : anyDay;
  if (random.int(1, 4) === 1) return day * DAY + random.int(0, DAY - 1);
  const at = instantOf(zone, day, random.pick(named.times));
  return at + random.pick([-MINUTE, -1, 0, 0, 1, MINUTE, random.int(-3 * 60, 3 * 60) * MINUTE]);
}

const thresholdCache = new WeakMap<object, { times: string[]; dates: string[] }>();

function thresholdsIn(book: Book, rules: object): { times: string[]; dates: string[] } {
  const known = thresholdCache.get(rules);
  if (known !== undefined) return known;
  const times = JSON.stringify([rules, book.systems, book.conditions]).match(/\d\d:\d\d(?=")/g) ?? [];
  const dates = JSON.stringify([rules, book.conditions, book.windows, book.calendars]).match(
    /(?<=")(?:200[4-9]|20[12]\d)-\d\d-\d\d/g,
  );
  const named = { times: ["00:00", ...new Set(times)], dates: [...new Set(dates ?? ["2026-01-01"])] };
  thresholdCache.set(rules, named);
  return named;
}
