import { addDay, dayIn, newPieceCache, ROW } from "../../src/pieces/cache.js";
import type { Piece } from "../../src/pieces/piece.js";
import type { Query } from "../../src/pieces/query.js";

const DAY = 86_400_000;

/** Payments whose function is known already, for some days of 1970, whatever rules there may be. */

export interface Known {
  /** When the stretch ends; it begins where the one before does. */
  readonly until: number;
  readonly rule?: string;
  readonly refused?: boolean;
  /** When all arrive, or how long after its sending each does: at the earliest, expected and latest. */
  readonly at?: readonly [number, number, number];
  readonly after?: readonly [number, number, number];
}

export function subjectKnown(from: number, known: readonly Known[]): Query {
  const walked = known.map((one, index) => stretchOf(known[index - 1]?.until ?? from, one));
  const memory = newPieceCache();
  const firstRows = new Map<number, number>();
  for (const [row, stretch] of walked.entries()) {
    const day = dayIn(0, stretch.from);
    if (firstRows.has(day)) continue;
    firstRows.set(day, row);
    addDay(memory, 2, 0, day, [], []);
  }
  for (const stretch of walked) memory.pieces.push(stretch);
  memory.rows = new Float64Array(walked.length * ROW);
  for (const [row, { until }] of walked.entries()) memory.rows[row * ROW] = until;
  // Put in by hand, because memory would not keep so many.
  for (let slot = 0; slot < memory.slots.length; slot += 4) {
    const row = memory.slots[slot] === 0 ? undefined : firstRows.get(memory.slots[slot + 1] as number);
    if (row === undefined) continue;
    const firstMs = (walked[row] as Piece).until - (memory.slots[slot + 1] as number) * DAY;
    memory.slots.set([row, Math.min(firstMs, DAY) * 16], slot + 2);
  }
  const broken = (): never => {
    throw new TypeError("another day was asked for");
  };
  const last = { from: -1e15, until: 1e15, offsetMs: 0 };
  const zone = { name: "UTC", phaseMs: 0, spans: new Map(), last };
  const sorters = { all: [{ channel: "cn.test" }], zones: [zone] };
  return {
    number: 2,
    place: 0,
    zone,
    view: { memory, sorters, deciders: { get: broken } },
  } as unknown as Query;
}

function stretchOf(from: number, { until, rule = "rule", refused = false, at, after }: Known): Piece {
  const move = (bound: 0 | 1 | 2): object =>
    after === undefined ? { slope: 0, to: at?.[bound] } : { slope: 1, to: from + after[bound] };
  const piece = { from, earliest: move(0), expected: move(1), latest: move(2) };
  const taken = at === undefined && after === undefined ? undefined : { at: from, piece };
  return { from, until, rule: { name: rule }, refused, taken, settled: true } as unknown as Piece;
}
