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
 * Pieces by class and day, in flat arrays, so that a lookup costs the same for any number of rules. Days begin at local
 * midnight, except around clock changes. The rows of a cached day are consecutive.
 *
 * `slots` is an open-addressing hash table. Slot s has four integers from `slots[s * SLOT]`: the cache id (0: free), the
 * day, its first row, and `firstMs << 4 | following`: how many milliseconds after the start of the day the first row ends,
 * and how many rows follow it (0: more than 15). So most lookups read no row.
 *
 * Row r has seven numbers from `rows[r * ROW]`: where it ends (with its piece or at a local midnight), then a value and a
 * slope for earliest, expected and latest. A payment sent at x arrives at value + slope * x.
 */
export interface PieceCache {
  readonly bytesMax: number;
  slots: Int32Array;
  daysKnown: number;
  rows: Float64Array;
  /** By row. */
  readonly pieces: Piece[];
  /** By row, built when first asked for. */
  readonly templates: (TimelineTemplate | undefined)[];
  /** The fields that the answers of row r share, from `answers[r * ANSWER]` on; see row-answer.ts. */
  readonly answers: unknown[];
  /** Interned row kinds, by content. */
  readonly kinds: Map<string, RowKind>;
  /** Interned row answers, by content. */
  readonly rowAnswers: Map<string, RowAnswer>;
  /** Interned lists of rule names. */
  readonly ruleLists: Map<string, string[]>;
  /** By cache id, one payment of the class, so that facts are read once. */
  readonly payments: Map<number, KnownPayment>;
  /** By cache id; only answer/column-table.ts reads or fills it. */
  readonly columnTables: Map<number, object>;
  /** The generation of the class ids in it. */
  generation: number;
  /** Answers by route, and by the instant at which their piece begins. */
  readonly routeAnswers: Map<Route, Map<Instant, RouteAnswer>>;
  /** Texts of instants that answers share. */
  readonly texts: InstantTexts;
}

/** The facts of a payment that represents its class. */
export interface KnownPayment {
  readonly facts: Facts;
  readonly paymentClass: PaymentClass;
}

export const ROW = 7;
export const ANSWER = 4;
export const UNKNOWN = -1;

/** Bounded: the cache is cleared when it grows over this. */
export const BYTES_MAX = 224_000_000;
/** Estimated bytes of a piece with its route piece, moves and answers. */
const PIECE_BYTES = 5000;
const NUMBER_BYTES = 8;

const SLOT = 4;
const FOLLOWING_MAX = 15;
const SLOTS_AT_FIRST = 1024;
/** The load factor of the hash table: dense, and most days are still in their first slot. */
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
  rowAnswers: new Map(),
  ruleLists: new Map(),
  payments: new Map(),
  columnTables: new Map(),
  generation: 0,
  routeAnswers: new Map(),
  texts: new Map(),
});

export const dayIn = (phaseMs: number, at: number): number => Math.floor((at - phaseMs) / DAY_MS);

export const startOf = (phaseMs: number, day: number): Instant => (day * DAY_MS + phaseMs) as Instant;

/** The row that an instant lies in; `UNKNOWN` if its day is not cached. */
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

/** The arrivals of a payment sent at an instant of a row. */
export function arrivalsIn({ rows }: PieceCache, row: number, at: Instant): Readonly<Record<Bound, Instant>> {
  const place = row * ROW;
  const arrival = (bound: number): Instant =>
    ((rows[place + bound] as number) + (rows[place + bound + 1] as number) * at) as Instant;
  return { earliest: arrival(1), expected: arrival(3), latest: arrival(5) };
}

/** Adds the pieces that cover a day, each with the numbers of its row. */
export function addDay(
  cache: PieceCache,
  cacheId: number,
  phaseMs: number,
  day: number,
  pieces: readonly Piece[],
  numbers: readonly number[],
): void {
  if (bytesOf(cache) > cache.bytesMax) clearCache(cache);
  const row = cache.pieces.length;
  const needed = (row + pieces.length) * ROW;
  if (needed > cache.rows.length) cache.rows = grow(cache.rows, Math.max(needed, cache.rows.length * 2));
  cache.rows.set(numbers, row * ROW);
  for (const piece of pieces) {
    cache.pieces.push(piece);
    cache.templates.push(undefined);
    cache.answers.push(undefined, undefined, undefined, undefined);
  }
  if (++cache.daysKnown * SLOT > cache.slots.length * FILLED_MAX) cache.slots = rehash(cache.slots);
  const firstMs = (numbers[0] as number) - startOf(phaseMs, day);
  const following = pieces.length > FOLLOWING_MAX + 1 ? 0 : pieces.length - 1;
  cache.slots.set([cacheId, day, row, (firstMs << 4) | following], slotOf(cache.slots, cacheId, day));
}

/** The index of a day's slot, or of the free slot that it would take. */
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

function rehash(slots: Int32Array): Int32Array {
  const larger = new Int32Array(slots.length * 2);
  for (let slot = 0; slot < slots.length; slot += SLOT) {
    const [cacheId, day] = [slots[slot] as number, slots[slot + 1] as number];
    if (cacheId !== 0) larger.set(slots.subarray(slot, slot + SLOT), slotOf(larger, cacheId, day));
  }
  return larger;
}

function grow(rows: Float64Array, length: number): Float64Array {
  const larger = new Float64Array(length);
  larger.set(rows);
  return larger;
}

const bytesOf = ({ slots, rows, pieces }: PieceCache): number =>
  slots.byteLength + rows.length * NUMBER_BYTES + pieces.length * PIECE_BYTES;

export function clearCache(cache: PieceCache): void {
  cache.slots = new Int32Array(SLOTS_AT_FIRST * SLOT);
  cache.daysKnown = 0;
  cache.rows = new Float64Array(ROWS_AT_FIRST * ROW);
  cache.pieces.length = 0;
  cache.templates.length = 0;
  cache.answers.length = 0;
  cache.kinds.clear();
  cache.rowAnswers.clear();
  cache.ruleLists.clear();
  cache.payments.clear();
  cache.columnTables.clear();
  cache.routeAnswers.clear();
  cache.texts.clear();
}
