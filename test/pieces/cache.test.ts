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

/** Days are kept and found again, against a plain map of what was added. */

const DAY = 86_400_000;
const HOUR = DAY / 24;
const PHASE = 15 * HOUR;

/** A stretch of no rule: memory looks at nothing of it. */
const stretch = (from: number, until: number): Piece => ({ from, until }) as unknown as Piece;

/** Adds a day that turns at some hours after its beginning, and ends with the day. */
function add(memory: PieceCache, number: number, day: number, hours: readonly number[] = []): void {
  const start = day * DAY + PHASE;
  const ends = [...hours.map((hour) => start + hour * HOUR), start + DAY];
  const walked = ends.map((end, index) => stretch(ends[index - 1] ?? start, end));
  addDay(
    memory,
    number,
    PHASE,
    day,
    walked,
    ends.flatMap((end) => [end, 1, 0, 2, 0, 3, 0]),
  );
}

const found = (memory: PieceCache, number: number, at: number): Piece | undefined => {
  const row = rowAt(memory, number, PHASE, at);
  return row === UNKNOWN ? undefined : memory.pieces[row];
};

describe("a day", () => {
  test("begins at the phase, before 1970 too", () => {
    expect([dayIn(PHASE, PHASE - 1), dayIn(PHASE, PHASE), dayIn(PHASE, PHASE + DAY - 1)]).toEqual([-1, 0, 0]);
    expect([startOf(PHASE, 0), startOf(PHASE, 2), startOf(PHASE, -1)]).toEqual([
      PHASE,
      PHASE + 2 * DAY,
      PHASE - DAY,
    ]);
  });

  test("that was not added is not known, nor that of other payments", () => {
    const memory = newPieceCache();
    expect(found(memory, 2, PHASE)).toBeUndefined();
    add(memory, 2, 0);
    expect(found(memory, 2, PHASE)).toBeDefined();
    expect(found(memory, 2, PHASE - 1)).toBeUndefined();
    expect(found(memory, 2, PHASE + DAY)).toBeUndefined();
    expect(found(memory, 3, PHASE)).toBeUndefined();
  });

  test("is found by the stretch that an instant lies in", () => {
    const memory = newPieceCache();
    add(memory, 2, 7);
    add(memory, 2, 8, [1, 23]);
    const start = PHASE + 8 * DAY;
    const ends = [0, HOUR - 1, HOUR, 23 * HOUR - 1, 23 * HOUR, DAY - 1].map(
      (after) => found(memory, 2, start + after)?.until,
    );
    const [first, second, third] = [start + HOUR, start + 23 * HOUR, start + DAY];
    expect(ends).toEqual([first, first, second, second, third, third]);
    expect(rowAt(memory, 2, PHASE, start)).toBe(1);
    expect([...memory.rows.subarray(ROW, 2 * ROW)]).toEqual([first, 1, 0, 2, 0, 3, 0]);
    expect(memory.templates).toEqual([undefined, undefined, undefined, undefined]);
    expect(memory.answers).toEqual(new Array(4 * ANSWER).fill(undefined));
  });
});

test.each([1, 2, 3, 15, 16, 17, 18, 24])(
  "of a day of %i rows each is found, from its first millisecond to its last",
  (rows) => {
    const memory = newPieceCache();
    const hours = Array.from({ length: rows - 1 }, (_, index) => index + 1);
    add(memory, 2, 7);
    add(memory, 2, 8, hours);
    add(memory, 2, 9);
    const ends = [0, ...hours, 24].map((hour) => PHASE + 8 * DAY + hour * HOUR);
    for (let row = 0; row < rows; row++) {
      const [from, until] = [ends[row] as number, ends[row + 1] as number];
      expect([from, until - 1].map((at) => rowAt(memory, 2, PHASE, at))).toEqual([row + 1, row + 1]);
    }
    expect(rowAt(memory, 2, PHASE, PHASE + 9 * DAY)).toBe(rows + 1);
  },
);

test("days of many payments are all found, through every growth, and no others", () => {
  const memory = newPieceCache();
  const days = Array.from({ length: 60 }, (_, index) => index * 3 - 60);
  const numbers = Array.from({ length: 60 }, (_, index) => 1 + index * 7);
  for (const number of numbers) for (const day of days) add(memory, number, day, day % 2 === 0 ? [5] : []);
  expect(memory.daysKnown).toBe(3600);
  expect(memory.slots.length).toBe(8192 * 4);
  for (const number of numbers) {
    for (const day of days) {
      const start = day * DAY + PHASE;
      expect(found(memory, number, start + 6 * HOUR)).toMatchObject({ until: start + DAY });
      expect(found(memory, number, start + 4 * HOUR)?.from).toBe(start);
      expect(found(memory, number + 1, start)).toBeUndefined();
      expect(found(memory, number, start + DAY)).toBeUndefined();
    }
  }
});

test("at most two thirds of the slots are taken, so that a free one is never far", () => {
  const memory = newPieceCache();
  for (let day = 0; day < 512; day++) add(memory, 2, day);
  expect(memory.rows.length).toBe(512 * ROW);
  add(memory, 2, 512);
  expect(memory.rows.length).toBe(1024 * ROW);
  for (let day = 513; day < 682; day++) add(memory, 2, day);
  expect(memory.slots.length).toBe(1024 * 4);
  add(memory, 2, 682);
  expect(memory.slots.length).toBe(2048 * 4);
});

test("a day of more stretches than there is room for is kept whole", () => {
  const memory = newPieceCache();
  const hours = Array.from({ length: 1499 }, (_, index) => (index + 1) / 100);
  add(memory, 2, 0, hours);
  expect(memory.rows.length).toBe(1500 * ROW);
  expect(found(memory, 2, PHASE + 14.985 * HOUR)?.until).toBe(PHASE + 14.99 * HOUR);
});

test("past 224 MB all is forgotten, and begun anew", () => {
  const memory = newPieceCache();
  const bytes = (): number => memory.slots.byteLength + memory.rows.byteLength + memory.pieces.length * 5000;
  let before = 0;
  for (let day = 0; day < 60_000 && memory.pieces.length === day; day++) {
    before = bytes();
    add(memory, 2, day);
  }
  // By hand: the day for which the slots grew went past it, each growth being to twice as many.
  expect(before).toBe(43_691 * 5000 + 65_536 * 7 * 8 + 131_072 * 4 * 4);
  expect(memory.pieces).toHaveLength(1);
  expect(memory.daysKnown).toBe(1);
  expect(found(memory, 2, PHASE)).toBeUndefined();
});

test("what is forgotten is forgotten in every part", () => {
  const memory = newPieceCache();
  for (let day = 0; day < 600; day++) add(memory, 2, day);
  memory.kinds.set("said", {} as never);
  memory.rowAnswers.set("said", {} as never);
  memory.ruleLists.set("said", []);
  memory.payments.set(2, {} as never);
  memory.columnTables.set(2, {} as never);
  memory.routeAnswers.set({} as never, new Map());
  textOf(memory.texts, zoneNamed("UTC") as Zone, 0 as Instant);
  clearCache(memory);
  expect(memory).toEqual(newPieceCache());
});

test("an instant has one text in each zone", () => {
  const { texts } = newPieceCache();
  const [utc, shanghai] = [zoneNamed("UTC") as Zone, zoneNamed("Asia/Shanghai") as Zone];
  expect(textOf(texts, utc, 0 as Instant)).toBe("1970-01-01T00:00:00+00:00");
  expect(textOf(texts, shanghai, 0 as Instant)).toBe("1970-01-01T08:00:00+08:00");
  expect(textOf(texts, utc, 1000 as Instant)).toBe("1970-01-01T00:00:01+00:00");
  texts.get(utc)?.set(0 as Instant, "as it was said before");
  expect(textOf(texts, utc, 0 as Instant)).toBe("as it was said before");
});
