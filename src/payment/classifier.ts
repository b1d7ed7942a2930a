import { type Conditional, candidatesOf } from "../decide/candidate.js";
import {
  combinationsOf,
  type Digit,
  digitIn,
  digitsOf,
  type FactQuestion,
  numberIn,
} from "../decide/class-key.js";
import { conditionCompiler } from "../decide/conditions.js";
import type { Facts } from "../model/payment.js";
import type { ChannelFile, Rulebook } from "../model/rulebook.js";
import { type Zone, zoneNamed } from "../time/zone.js";
import { addShares, noShares, type Shares } from "./class-weights.js";
import { type Fields, fieldsOf } from "./fields.js";

/**
 * Payments are numbered so that those of one number are answered alike whenever they are sent, by all that is known and
 * by all that was known at any time. What was known earlier is a part of what is known, so that its answers are never
 * told apart more finely.
 */

/** Numbers the payments of one channel. */
export class Sorter {
  readonly channel: string;
  /** Its place in the tables of all channels. */
  readonly place: number;
  /** Those whose numbers are apart from its own. */
  readonly sorters: Sorters;
  numberOf: (facts: Facts) => number;

  constructor(channel: string, place: number, sorters: Sorters) {
    this.channel = channel;
    this.place = place;
    this.sorters = sorters;
    this.numberOf = () => Number.NaN;
  }

  get zone(): Zone {
    return this.sorters.zones[this.place] as Zone;
  }

  get blank(): number {
    return this.sorters.blanks[this.place] as number;
  }
}

/**
 * What reading needs of a channel stands in tables of all channels: of a thousand hardly one is at hand in the machine's
 * memory, and what lies close together is found sooner.
 */
export interface Sorters {
  readonly fields: Fields;
  readonly dealt: Dealt;
  readonly shares: Shares;
  /** By place. */
  readonly all: readonly Sorter[];
  readonly zones: readonly Zone[];
  /** The number of a payment that states nothing; 0 where numbers do not come about fact by fact. */
  readonly blanks: Int32Array;
  /** Compiled when first asked for; undefined where there is no such channel. */
  placeOf(channel: string): number | undefined;
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
  const fields = fieldsOf(rulebook);
  const channels = Object.keys(rulebook.channels);
  // Below zero until it is compiled.
  const places = new Map(channels.map((channel, place) => [channel, ~place]));
  const all: Sorter[] = [];
  const sorters: Sorters = {
    fields,
    dealt: { next: 1, coming: DEALT_MAX, met: new Map(), rounds: 0 },
    shares: noShares(fields, channels.length),
    all,
    zones: Object.values(rulebook.channels).map(({ zone }) => zoneNamed(zone) as Zone),
    blanks: new Int32Array(channels.length),
    placeOf(channel) {
      const place = places.get(channel);
      if (place === undefined || place >= 0) return place;
      compileSorter(all[~place] as Sorter, rulebook);
      places.set(channel, ~place);
      return ~place;
    },
    get(channel) {
      const place = sorters.placeOf(channel);
      return place === undefined ? undefined : all[place];
    },
  };
  for (const [place, channel] of channels.entries()) all.push(new Sorter(channel, place, sorters));
  return sorters;
}

function compileSorter(sorter: Sorter, rulebook: Rulebook): void {
  const { channel, place, sorters } = sorter;
  const file = rulebook.channels[channel] as ChannelFile;
  const asked = bankQuestions(rulebook, file);
  const digits = digitsOf(conditionalsOf(rulebook, file), rulebook.conditions, asked);
  const { numberOf, blank } = numbering(sorter, digits);
  sorter.numberOf = numberOf;
  sorters.blanks[place] = blank;
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

type Numbering = Pick<Sorter, "numberOf" | "blank">;

function numbering({ channel, place, sorters }: Sorter, digits: readonly Digit[]): Numbering {
  const { fields, dealt, shares } = sorters;
  const combinations = combinationsOf(digits);
  const few = combinations <= COMBINATIONS_MAX && dealt.next + combinations <= DEALT_MAX;
  const factDigits = digits.filter((digit) => digit.fact !== undefined);
  const byFact = few && factDigits.length === digits.length;
  addShares(shares, place, byFact ? factDigits : [], fields);
  if (!few) return asTheyCome(channel, digits, dealt);
  const first = dealt.next;
  dealt.next += combinations;
  const numberOf = (facts: Facts): number => first + numberIn(digits, facts);
  return { numberOf, blank: byFact ? numberOf(fields.blank) : 0 };
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
  return { numberOf, blank: 0 };
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
