import { addDay, dayIn, newPieceCache, ROW } from "../../src/pieces/cache.js";
import type { Piece } from "../../src/pieces/piece.js";
import type { Query } from "../../src/pieces/query.js";

const DAY = 86_400_000;

/** A piece to be put into the cache. */
export interface PieceSpec {
  /** When the piece ends; it begins where the one before ends. */
  readonly until: number;
  readonly rule?: string;
  readonly refused?: boolean;
  /** The arrival of all, or the delay of each, in milliseconds: earliest, expected and latest. */
  readonly at?: readonly [number, number, number];
  readonly after?: readonly [number, number, number];
}

/** A query whose pieces are cached for some days of 1970, without any rules. */
export function queryWithPieces(from: number, known: readonly PieceSpec[]): Query {
  const pieces = known.map((one, index) => pieceOf(known[index - 1]?.until ?? from, one));
  const cache = newPieceCache();
  const firstRows = new Map<number, number>();
  for (const [row, piece] of pieces.entries()) {
    const day = dayIn(0, piece.from);
    if (firstRows.has(day)) continue;
    firstRows.set(day, row);
    addDay(cache, 2, 0, day, [], []);
  }
  for (const piece of pieces) cache.pieces.push(piece);
  cache.rows = new Float64Array(pieces.length * ROW);
  for (const [row, { until }] of pieces.entries()) cache.rows[row * ROW] = until;
  // Written directly, because `addDay` clears a cache of so many pieces.
  for (let slot = 0; slot < cache.slots.length; slot += 4) {
    const row = cache.slots[slot] === 0 ? undefined : firstRows.get(cache.slots[slot + 1] as number);
    if (row === undefined) continue;
    const firstMs = (pieces[row] as Piece).until - (cache.slots[slot + 1] as number) * DAY;
    cache.slots.set([row, Math.min(firstMs, DAY) * 16], slot + 2);
  }
  const broken = (): never => {
    throw new TypeError("another day was asked for");
  };
  const last = { from: -1e15, until: 1e15, offsetMs: 0 };
  const zone = { name: "UTC", phaseMs: 0, spans: new Map(), last };
  const classifiers = { all: [{ channel: "cn.test" }], zones: [zone] };
  return {
    cacheId: 2,
    channelIndex: 0,
    zone,
    snapshot: { cache, classifiers, deciders: { get: broken } },
  } as unknown as Query;
}

function pieceOf(from: number, { until, rule = "rule", refused = false, at, after }: PieceSpec): Piece {
  const move = (bound: 0 | 1 | 2): object =>
    after === undefined ? { slope: 0, to: at?.[bound] } : { slope: 1, to: from + after[bound] };
  const piece = { from, earliest: move(0), expected: move(1), latest: move(2) };
  const routeAnswer = at === undefined && after === undefined ? undefined : { at: from, piece };
  return { from, until, rule: { name: rule }, refused, routeAnswer, settled: true } as unknown as Piece;
}
