import type { PaymentClass } from "../decide/decider.js";
import type { Bound } from "../model/bound.js";
import type { Facts } from "../model/payment.js";
import type { Route } from "../route/route.js";
import { DAY_MS } from "../time/day.js";
import type { Instant } from "../time/instant.js";
import type { InstantTexts } from "./instant-texts.js";
import type { Piece, RouteAnswer } from "./piece.js";
import type { RowAnswer, RowKind } from "./row-texts.js";
import type { TimelineTemplate } from "./timeline-template.js";

/**
 * What a view has worked out of the functions from sending to arrival, laid out so that finding an arrival is a few
 * steps in flat memory however many rules there are. Time is cut into days, which begin at midnight in the channel's zone
 * but where its clocks were moved; the rows of a known day stand one after another.
 *
 * Slot s is `slots[s * SLOT]` and what follows: the number of the payments (0: the slot is free), the day, its first row,
 * and then, so that mostly no row is read to find the right one, how many milliseconds after the day's beginning that
 * ends, times 16, and how many rows follow it, or 0 where more than 15 do. The last row of a day ends with it or later. A
 * day stands in the slot that it is scattered to, or in the next free one.
 *
 * Row r is `rows[r * ROW]` and what follows: where it ends, with its stretch or with a local day, then for earliest,
 * expected and latest a value and a slope. A payment sent at x arrives at value + slope * x.
 */
export interface PieceCache {
  readonly bytesMax: number;
  slots: Int32Array;
  daysKnown: number;
  rows: Float64Array;
  /** By row. */
  readonly pieces: Piece[];
  /** By row, drawn when first asked for. */
  readonly templates: (TimelineTemplate | undefined)[];
  /** What the answers of row r say: `told[r * TOLD]` and what follows, as `told.ts` has it. */
  readonly answers: unknown[];
  /** What the answers of many rows say as a whole, by all that it says. */
  readonly kinds: Map<string, RowKind>;
  /** The same with what they say of their arrivals. */
  readonly arrivals: Map<string, RowAnswer>;
  /** The lists of rules that rows tell, each once. */
  readonly ruleLists: Map<string, string[]>;
  /** By number, one of the payments that have it, so that the facts of all are read but once. */
  readonly payments: Map<number, KnownPayment>;
  /** By number, laid out for columns; nobody but `answer/column-table.ts` reads or fills it. */
  readonly columnTables: Map<number, object>;
  /** The round of numbering that it is of. */
  generation: number;
  /** The pieces of routes, by where they begin. */
  readonly routeAnswers: Map<Route, Map<Instant, RouteAnswer>>;
  /** Instants that answers share, as text. */
  readonly texts: InstantTexts;
}

/** A payment that stands for all that are answered alike. */
export interface KnownPayment {
  readonly facts: Facts;
  readonly paymentClass: PaymentClass;
}

export const ROW = 7;
export const ANSWER = 4;
export const UNKNOWN = -1;

/** It may forget, so that it is bounded whatever payments come: past that, all is forgotten and begun anew. */
export const BYTES_MAX = 224_000_000;
/** What a stretch takes, with the piece and the moves behind it, and the answers that it gives in every form. */
const STRETCH_BYTES = 5000;
const NUMBER_BYTES = 8;

const SLOT = 4;
const FOLLOWING_MAX = 15;
const SLOTS_AT_FIRST = 1024;
/** More of the slots are not taken: days then stand close together, and still mostly where they are looked for first. */
const FILLED_MAX = 2 / 3;
const ROWS_AT_FIRST = 512;

export const newPieceCache = (bytesMax = BYTES_MAX): PieceCache => ({
  bytesMax,
  slots: new Int32Array(SLOTS_AT_FIRST * SLOT),
  daysKnown: 0,
  rows: new Float64Array(ROWS_AT_FIRST * ROW),
  pieces: [],
  templates: [],
  answers: [],
  kinds: new Map(),
  arrivals: new Map(),
  ruleLists: new Map(),
  payments: new Map(),
  columnTables: new Map(),
  generation: 0,
  routeAnswers: new Map(),
  texts: new Map(),
});

export const dayIn = (phaseMs: number, at: number): number => Math.floor((at - phaseMs) / DAY_MS);

export const startOf = (phaseMs: number, day: number): Instant => (day * DAY_MS + phaseMs) as Instant;

/** The row that an instant lies in, for payments of a number; `UNKNOWN` where its day is not known. */
export function rowAt({ slots, rows }: PieceCache, cacheId: number, phaseMs: number, at: number): number {
  const day = dayIn(phaseMs, at);
  const slot = slotOf(slots, cacheId, day);
  if (slots[slot] === 0) return UNKNOWN;
  let row = slots[slot + 2] as number;
  const ends = slots[slot + 3] as number;
  if (at - startOf(phaseMs, day) < ends >> 4) return row;
  let following = ends & FOLLOWING_MAX;
  do row++;
  while (--following !== 0 && at >= (rows[row * ROW] as number));
  return row;
}

/** When a payment arrives that is sent at an instant of a row. */
export function arrivalsIn({ rows }: PieceCache, row: number, at: Instant): Readonly<Record<Bound, Instant>> {
  const place = row * ROW;
  const arrival = (bound: number): Instant =>
    ((rows[place + bound] as number) + (rows[place + bound + 1] as number) * at) as Instant;
  return { earliest: arrival(1), expected: arrival(3), latest: arrival(5) };
}

/** Adds the stretches that cover a day, each with its numbers. */
export function addDay(
  cache: PieceCache,
  cacheId: number,
  phaseMs: number,
  day: number,
  walked: readonly Piece[],
  numbers: readonly number[],
): void {
  if (bytesOf(cache) > cache.bytesMax) clearCache(cache);
  const row = cache.pieces.length;
  const needed = (row + walked.length) * ROW;
  if (needed > cache.rows.length) cache.rows = grown(cache.rows, Math.max(needed, cache.rows.length * 2));
  cache.rows.set(numbers, row * ROW);
  for (const piece of walked) {
    cache.pieces.push(piece);
    cache.templates.push(undefined);
    cache.answers.push(undefined, undefined, undefined, undefined);
  }
  if (++cache.daysKnown * SLOT > cache.slots.length * FILLED_MAX) cache.slots = rehashed(cache.slots);
  const firstMs = (numbers[0] as number) - startOf(phaseMs, day);
  const following = walked.length > FOLLOWING_MAX + 1 ? 0 : walked.length - 1;
  cache.slots.set([cacheId, day, row, (firstMs << 4) | following], slotOf(cache.slots, cacheId, day));
}

/** Where the slot of a day begins: its own, or the free one that it would take. */
function slotOf(slots: Int32Array, cacheId: number, day: number): number {
  const mask = slots.length / SLOT - 1;
  const mixed = Math.imul(cacheId, 0x9e3779b1) ^ Math.imul(day, 0x85ebca6b);
  let slot = (mixed ^ (mixed >>> 15)) & mask;
  for (;;) {
    const found = slots[slot * SLOT] as number;
    if (found === 0 || (found === cacheId && slots[slot * SLOT + 1] === day)) return slot * SLOT;
    slot = (slot + 1) & mask;
  }
}

function rehashed(slots: Int32Array): Int32Array {
  const larger = new Int32Array(slots.length * 2);
  for (let slot = 0; slot < slots.length; slot += SLOT) {
    const [cacheId, day] = [slots[slot] as number, slots[slot + 1] as number];
    if (cacheId !== 0) larger.set(slots.subarray(slot, slot + SLOT), slotOf(larger, cacheId, day));
  }
  return larger;
}

function grown(rows: Float64Array, length: number): Float64Array {
  const larger = new Float64Array(length);
  larger.set(rows);
  return larger;
}

const bytesOf = ({ slots, rows, pieces }: PieceCache): number =>
  slots.byteLength + rows.length * NUMBER_BYTES + pieces.length * STRETCH_BYTES;

export function clearCache(cache: PieceCache): void {
  cache.slots = new Int32Array(SLOTS_AT_FIRST * SLOT);
  cache.daysKnown = 0;
  cache.rows = new Float64Array(ROWS_AT_FIRST * ROW);
  cache.pieces.length = 0;
  cache.templates.length = 0;
  cache.answers.length = 0;
  cache.kinds.clear();
  cache.arrivals.clear();
  cache.ruleLists.clear();
  cache.payments.clear();
  cache.columnTables.clear();
  cache.routeAnswers.clear();
  cache.texts.clear();
}
