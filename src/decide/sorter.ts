import type { Facts, FactValue } from "../model/payment.js";
import type { ChannelFile, Rulebook } from "../model/rulebook.js";
import { type Zone, zoneNamed } from "../time/zone.js";
import { type Conditional, candidatesOf } from "./candidate.js";
import { conditionCompiler } from "./conditions.js";
import {
  combinationsOf,
  type Digit,
  digitIn,
  digitsOf,
  type FactDigit,
  type FactQuestion,
  numberIn,
} from "./digits.js";
import { type Field, type Fields, fieldsOf } from "./fields.js";

/**
 * Payments are numbered so that those of one number are answered alike whenever they are sent, by all that is known and
 * by all that was known at any time. What was known earlier is a part of what is known, so that its answers are never
 * told apart more finely.
 */

/** Numbers the payments of one channel. */
export interface Sorter {
  readonly channel: string;
  readonly zone: Zone;
  /** Those whose numbers are apart from its own. */
  readonly sorters: Sorters;
  readonly numberOf: (facts: Facts) => number;
  /** How the number comes about fact by fact; undefined where facts are compared with each other, or are too many. */
  readonly shares: Shares | undefined;
  /**
   * Milliseconds after midnight (UTC) at which its days are best begun, because the same ends there every day; undefined
   * until somebody has found out.
   */
  phaseMs: number | undefined;
}

export interface Shares {
  /** The number of a payment that states nothing. */
  readonly blank: number;
  /** By index of the field: what its value adds to the number; undefined where it adds nothing. */
  readonly byField: readonly (Share | undefined)[];
}

export interface Share {
  /** Values that are listed, each one that the fact may have; undefined where there are none. */
  readonly listed: ReadonlyMap<unknown, number> | undefined;
  /**
   * Of a number: what one below all cuts adds, then for each cut the cut itself, what it adds, and what a number above it
   * adds. It stands in one list because of a thousand channels hardly one is at hand in the machine's memory.
   */
  readonly steps: readonly number[] | undefined;
  readonly of: (value: FactValue) => number;
}

/** What a value adds to the number of its payment. */
export function shareIn({ steps, of }: Share, value: FactValue): number {
  if (steps === undefined || typeof value !== "number") return of(value);
  let share = steps[0] as number;
  for (let cut = 1; cut < steps.length && value >= (steps[cut] as number); cut += 3) {
    share = steps[value === steps[cut] ? cut + 1 : cut + 2] as number;
  }
  return share;
}

export interface Sorters {
  readonly fields: Fields;
  readonly dealt: Dealt;
  /** Compiled when first asked for; undefined where there is no such channel. */
  get(channel: string): Sorter | undefined;
}

/** The numbers that were given. */
export interface Dealt {
  /** The next one for a channel, and the next one for payments as they come. */
  next: number;
  coming: number;
  /** Payments that were numbered as they came. */
  readonly met: Map<string, number>;
  /** How often all numbers were used up and begun anew: what was remembered for them is then of other payments. */
  rounds: number;
}

/** Numbers below it are dealt out to channels, and those above to payments as they come. */
const DEALT_MAX = 2 ** 28;
const NUMBERS_MAX = 2 ** 29;
/** A channel that tells more payments apart has them numbered as they come. */
const COMBINATIONS_MAX = 2 ** 24;
/** How many of those are remembered; past that all are forgotten, and numbered anew when they come again. */
const MET_MAX = 100_000;

/** All numbers are from 1 to 2 ** 29. */
export function compileSorters(rulebook: Rulebook): Sorters {
  const known = new Map<string, Sorter>();
  const dealt: Dealt = { next: 1, coming: DEALT_MAX, met: new Map(), rounds: 0 };
  const sorters: Sorters = {
    fields: fieldsOf(rulebook),
    dealt,
    get(channel) {
      const found = known.get(channel);
      if (found !== undefined || !Object.hasOwn(rulebook.channels, channel)) return found;
      const file = rulebook.channels[channel] as ChannelFile;
      const digits = digitsOf(
        conditionalsOf(rulebook, file),
        rulebook.conditions,
        bankQuestions(rulebook, file),
      );
      const sorter: Sorter = {
        channel,
        zone: zoneNamed(file.zone) as Zone,
        sorters,
        phaseMs: undefined,
        ...numbering(channel, digits, sorters),
      };
      known.set(channel, sorter);
      return sorter;
    },
  };
  return sorters;
}

/** All that may apply on the channel. */
const conditionalsOf = (
  { windows, holds, conditions }: Rulebook,
  { channel, rules }: ChannelFile,
): Conditional[] =>
  candidatesOf<Conditional>(
    [...rules, ...windows, ...holds.filter(({ inFlight }) => inFlight !== true)],
    conditionCompiler(conditions, channel),
  ).map(({ rule }) => rule);

/** Which declared system a bank of the payment is, where a step of the channel runs there. */
function bankQuestions({ systems }: Rulebook, { rules }: ChannelFile): FactQuestion[] {
  const steps = rules.flatMap(({ event }) => (event.type === "route" ? event.params.steps : []));
  const used = new Set(steps.map(({ system }) => system));
  return Object.entries(systems).flatMap(([id, { fact }]) =>
    fact === undefined || !used.has(id)
      ? []
      : Object.keys(systems).map((bank) => ({ fact, constants: [bank], answer: (value) => value === bank })),
  );
}

type Numbering = Pick<Sorter, "numberOf" | "shares">;

function numbering(channel: string, digits: readonly Digit[], { fields, dealt }: Sorters): Numbering {
  const combinations = combinationsOf(digits);
  if (combinations > COMBINATIONS_MAX || dealt.next + combinations > DEALT_MAX)
    return asTheyCome(channel, digits, dealt);
  const first = dealt.next;
  dealt.next += combinations;
  const numberOf = (facts: Facts): number => first + numberIn(digits, facts);
  const factDigits = digits.filter((digit) => digit.fact !== undefined);
  const shares = factDigits.length === digits.length ? sharesOf(factDigits, fields, numberOf) : undefined;
  return { numberOf, shares };
}

function asTheyCome(channel: string, digits: readonly Digit[], dealt: Dealt): Numbering {
  const numberOf = (facts: Facts): number => {
    const key = `${channel} ${digits.map((digit) => digitIn(digit, facts)).join(" ")}`;
    const known = dealt.met.get(key);
    if (known !== undefined) return known;
    const number = nextComing(dealt);
    dealt.met.set(key, number);
    return number;
  };
  return { numberOf, shares: undefined };
}

function nextComing(dealt: Dealt): number {
  if (dealt.met.size >= MET_MAX) dealt.met.clear();
  if (dealt.coming === NUMBERS_MAX) {
    dealt.met.clear();
    dealt.coming = DEALT_MAX;
    dealt.rounds++;
  }
  return dealt.coming++;
}

function sharesOf(digits: readonly FactDigit[], fields: Fields, numberOf: Sorter["numberOf"]): Shares {
  const byField: (Share | undefined)[] = fields.all.map(() => undefined);
  let weight = 1;
  for (const digit of digits.toReversed()) {
    const field = fields.all.find(({ name }) => name === digit.fact);
    if (field !== undefined) byField[field.index] = shareOf(digit, field, weight, fields.blank[field.name]);
    weight *= digit.base;
  }
  return { blank: numberOf(fields.blank), byField };
}

function shareOf({ of, cuts }: FactDigit, field: Field, weight: number, blank: FactValue | undefined): Share {
  const share = (value: FactValue): number => (of(value) - of(blank)) * weight;
  const listed = listedValues(field).map((value) => [value, share(value)] as const);
  return {
    listed: listed.length === 0 ? undefined : new Map(listed),
    steps: field.domain.type === "number" && cuts.length <= STEPS_MAX ? stepsOf(cuts, share) : undefined,
    of: share,
  };
}

/** More cuts are searched by halves. */
const STEPS_MAX = 16;

/** A number between two cuts stands for all others there. */
function stepsOf(cuts: readonly number[], share: (value: number) => number): number[] {
  const above = (cut: number, next = cut + 2 * Math.max(1, Math.abs(cut))): number => cut + (next - cut) / 2;
  const [first = 0] = cuts;
  const steps = cuts.flatMap((cut, index) => [cut, share(cut), share(above(cut, cuts[index + 1]))]);
  return [share(first - Math.max(1, Math.abs(first))), ...steps];
}

const listedValues = ({ domain }: Field): FactValue[] =>
  domain.type === "boolean" ? [true, false] : [...(domain.values ?? [])];
