import { describe, expect, test } from "vitest";
import {
  ANSWER,
  addDay,
  clearCache,
  dayIn,
  newPieceCache,
  type PieceCache,
  ROW,
  rowAt,
  startOf,
  UNKNOWN,
} from "../../src/pieces/cache.js";
import { textOf } from "../../src/pieces/instant-texts.js";
import type { Piece } from "../../src/pieces/piece.js";
import type { Instant } from "../../src/time/instant.js";
import { type Zone, zoneNamed } from "../../src/time/zone.js";

/** Days are added to the cache and found again. */

const DAY = 86_400_000;
const HOUR = DAY / 24;
const PHASE = 15 * HOUR;

/** A piece without a rule; the cache only stores it. */
const pieceOf = (from: number, until: number): Piece => ({ from, until }) as unknown as Piece;

/** Adds a day whose pieces end at these hours after its start, and at its end. */
function add(cache: PieceCache, cacheId: number, day: number, hours: readonly number[] = []): void {
  const start = day * DAY + PHASE;
  const ends = [...hours.map((hour) => start + hour * HOUR), start + DAY];
  const pieces = ends.map((end, index) => pieceOf(ends[index - 1] ?? start, end));
  addDay(
    cache,
    cacheId,
    PHASE,
    day,
    pieces,
    ends.flatMap((end) => [end, 1, 0, 2, 0, 3, 0]),
  );
}

const pieceIn = (cache: PieceCache, cacheId: number, at: number): Piece | undefined => {
  const row = rowAt(cache, cacheId, PHASE, at);
  return row === UNKNOWN ? undefined : cache.pieces[row];
};

describe("a day", () => {
  test("begins at the phase, also before 1970", () => {
    expect([dayIn(PHASE, PHASE - 1), dayIn(PHASE, PHASE), dayIn(PHASE, PHASE + DAY - 1)]).toEqual([-1, 0, 0]);
    expect([startOf(PHASE, 0), startOf(PHASE, 2), startOf(PHASE, -1)]).toEqual([
      PHASE,
      PHASE + 2 * DAY,
      PHASE - DAY,
    ]);
  });

  test("is unknown until it is added for that cache id", () => {
    const cache = newPieceCache();
    expect(pieceIn(cache, 2, PHASE)).toBeUndefined();
    add(cache, 2, 0);
    expect(pieceIn(cache, 2, PHASE)).toBeDefined();
    expect(pieceIn(cache, 2, PHASE - 1)).toBeUndefined();
    expect(pieceIn(cache, 2, PHASE + DAY)).toBeUndefined();
    expect(pieceIn(cache, 3, PHASE)).toBeUndefined();
  });

  test("is found with the row that an instant lies in", () => {
    const cache = newPieceCache();
    add(cache, 2, 7);
    add(cache, 2, 8, [1, 23]);
    const start = PHASE + 8 * DAY;
    const ends = [0, HOUR - 1, HOUR, 23 * HOUR - 1, 23 * HOUR, DAY - 1].map(
      (after) => pieceIn(cache, 2, start + after)?.until,
    );
    const [first, second, third] = [start + HOUR, start + 23 * HOUR, start + DAY];
    expect(ends).toEqual([first, first, second, second, third, third]);
    expect(rowAt(cache, 2, PHASE, start)).toBe(1);
    expect([...cache.rows.subarray(ROW, 2 * ROW)]).toEqual([first, 1, 0, 2, 0, 3, 0]);
    expect(cache.templates).toEqual([undefined, undefined, undefined, undefined]);
    expect(cache.answers).toEqual(new Array(4 * ANSWER).fill(undefined));
  });
});

test.each([1, 2, 3, 15, 16, 17, 18, 24])(
  "in a day of %i rows, each row is found from its first millisecond to its last",
  (rows) => {
    const cache = newPieceCache();
    const hours = Array.from({ length: rows - 1 }, (_, index) => index + 1);
    add(cache, 2, 7);
    add(cache, 2, 8, hours);
    add(cache, 2, 9);
    const ends = [0, ...hours, 24].map((hour) => PHASE + 8 * DAY + hour * HOUR);
    for (let row = 0; row < rows; row++) {
      const [from, until] = [ends[row] as number, ends[row + 1] as number];
      expect([from, until - 1].map((at) => rowAt(cache, 2, PHASE, at))).toEqual([row + 1, row + 1]);
    }
    expect(rowAt(cache, 2, PHASE, PHASE + 9 * DAY)).toBe(rows + 1);
  },
);

test("days of many cache ids are found after every growth, and no others", () => {
  const cache = newPieceCache();
  const days = Array.from({ length: 60 }, (_, index) => index * 3 - 60);
  const cacheIds = Array.from({ length: 60 }, (_, index) => 1 + index * 7);
  for (const cacheId of cacheIds) for (const day of days) add(cache, cacheId, day, day % 2 === 0 ? [5] : []);
  expect(cache.daysKnown).toBe(3600);
  expect(cache.slots.length).toBe(8192 * 4);
  for (const cacheId of cacheIds) {
    for (const day of days) {
      const start = day * DAY + PHASE;
      expect(pieceIn(cache, cacheId, start + 6 * HOUR)).toMatchObject({ until: start + DAY });
      expect(pieceIn(cache, cacheId, start + 4 * HOUR)?.from).toBe(start);
      expect(pieceIn(cache, cacheId + 1, start)).toBeUndefined();
      expect(pieceIn(cache, cacheId, start + DAY)).toBeUndefined();
    }
  }
});

test("at most two thirds of the slots are filled", () => {
  const cache = newPieceCache();
  for (let day = 0; day < 512; day++) add(cache, 2, day);
  expect(cache.rows.length).toBe(512 * ROW);
  add(cache, 2, 512);
  expect(cache.rows.length).toBe(1024 * ROW);
  for (let day = 513; day < 682; day++) add(cache, 2, day);
  expect(cache.slots.length).toBe(1024 * 4);
  add(cache, 2, 682);
  expect(cache.slots.length).toBe(2048 * 4);
});

test("a day with more pieces than there is room for is stored completely", () => {
  const cache = newPieceCache();
  const hours = Array.from({ length: 1499 }, (_, index) => (index + 1) / 100);
  add(cache, 2, 0, hours);
  expect(cache.rows.length).toBe(1500 * ROW);
  expect(pieceIn(cache, 2, PHASE + 14.985 * HOUR)?.until).toBe(PHASE + 14.99 * HOUR);
});

test("the cache is cleared when it exceeds 224 MB", () => {
  const cache = newPieceCache();
  const bytes = (): number => cache.slots.byteLength + cache.rows.byteLength + cache.pieces.length * 5000;
  let before = 0;
  for (let day = 0; day < 60_000 && cache.pieces.length === day; day++) {
    before = bytes();
    add(cache, 2, day);
  }
  // By hand: the growth of the slots exceeded the limit; each growth doubles them.
  expect(before).toBe(43_691 * 5000 + 65_536 * 7 * 8 + 131_072 * 4 * 4);
  expect(cache.pieces).toHaveLength(1);
  expect(cache.daysKnown).toBe(1);
  expect(pieceIn(cache, 2, PHASE)).toBeUndefined();
});

test("clearing empties every part", () => {
  const cache = newPieceCache();
  for (let day = 0; day < 600; day++) add(cache, 2, day);
  cache.kinds.set("key", {} as never);
  cache.rowAnswers.set("key", {} as never);
  cache.ruleLists.set("key", []);
  cache.payments.set(2, {} as never);
  cache.columnTables.set(2, {} as never);
  cache.routeAnswers.set({} as never, new Map());
  textOf(cache.texts, zoneNamed("UTC") as Zone, 0 as Instant);
  clearCache(cache);
  expect(cache).toEqual(newPieceCache());
});

test("an instant has one text in each zone", () => {
  const { texts } = newPieceCache();
  const [utc, shanghai] = [zoneNamed("UTC") as Zone, zoneNamed("Asia/Shanghai") as Zone];
  expect(textOf(texts, utc, 0 as Instant)).toBe("1970-01-01T00:00:00+00:00");
  expect(textOf(texts, shanghai, 0 as Instant)).toBe("1970-01-01T08:00:00+08:00");
  expect(textOf(texts, utc, 1000 as Instant)).toBe("1970-01-01T00:00:01+00:00");
  texts.get(utc)?.set(0 as Instant, "the cached text");
  expect(textOf(texts, utc, 0 as Instant)).toBe("the cached text");
});
