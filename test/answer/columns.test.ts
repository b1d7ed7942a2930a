import { describe, expect, test } from "vitest";
import { buildColumnTable, type ColumnTable, cachedColumnTable } from "../../src/answer/column-table.js";
import { arrivalColumns } from "../../src/answer/columns.js";
import { QuestionError } from "../../src/errors.js";
import type { Columns } from "../../src/model/answers.js";
import type { Query } from "../../src/pieces/query.js";
import { at, is } from "../decide/fixture.js";
import { closed, feb, queryWith, quick, run } from "./fixture.js";
import { type PieceSpec, queryWithPieces } from "./query-with-pieces.js";

/** Column tables, and the columns that are read from them. */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const three = (value: number): [number, number, number] => [value, value + 1, value + 2];
const flat = (until: number, value: number): PieceSpec => ({ until, at: three(value) });
const sloping = (until: number, value: number): PieceSpec => ({ until, after: three(value) });

/** Enough instants for a table: `first` many times, then `last`. */
const between = (first: number, last: number, count = 8): Float64Array =>
  Float64Array.from({ length: count }, (_, index) => (index === count - 1 ? last : first));

const tableFor = (of: Query, first: number, last: number): ColumnTable | undefined =>
  buildColumnTable(of, between(first, last), 0);

describe("a column table", () => {
  const DAYTIME = [flat(8 * HOUR, 100), flat(12 * HOUR, 200), flat(DAY, 300)];

  test("has slots with one line each, and covers the instants asked about", () => {
    const one = queryWithPieces(0, DAYTIME);
    expect(tableFor(one, 6 * HOUR, 20 * HOUR - 1)).toEqual({
      from: 6 * HOUR,
      to: 20 * HOUR,
      origin: 4 * HOUR - 0.5,
      slotsPerMs: 1 / (4 * HOUR),
      slots: Uint16Array.of(0, 1, 2, 3),
      lines: Float64Array.of(...three(100), ...three(200), ...three(300), ...three(300)),
      plain: true,
    });
    expect(tableFor(one, 8 * HOUR, 20 * HOUR - 1)).toMatchObject({
      ...{ from: 8 * HOUR, origin: -0.5, slots: Uint16Array.of(0, 1) },
    });
  });

  test("has one slot if the range has one piece", () => {
    expect(tableFor(queryWithPieces(0, DAYTIME), HOUR, 2 * HOUR)).toMatchObject({
      ...{ from: HOUR, to: 2 * HOUR + 1, origin: HOUR - 0.5, slotsPerMs: 1 / (HOUR + 1) },
      ...{ slots: Uint16Array.of(0), lines: Float64Array.of(...three(100)) },
    });
  });

  test("shares lines between slots if a line has slope 1", () => {
    const one = queryWithPieces(0, [
      sloping(8 * HOUR, 5),
      flat(9 * HOUR, 200),
      flat(12 * HOUR, 300),
      flat(DAY, 1),
    ]);
    expect(tableFor(one, 7 * HOUR, 12 * HOUR)).toMatchObject({
      ...{ plain: false, origin: 7 * HOUR - 0.5, slots: Uint16Array.of(0, 1, 2, 2, 2, 3) },
      lines: Float64Array.of(
        ...[5, 1, 6, 1, 7, 1],
        ...[200, 0, 201, 0, 202, 0],
        ...[300, 0, 301, 0, 302, 0],
        ...[1, 0, 2, 0, 3, 0],
      ),
    });
    const mixed = { until: DAY, at: three(9) };
    const late = queryWithPieces(0, [flat(8 * HOUR, 100), mixed]);
    const [first] = [...late.snapshot.cache.pieces];
    Object.assign(first?.routeAnswer?.piece as object, { latest: { slope: 1, to: 7 } });
    expect(tableFor(late, 7 * HOUR, 12 * HOUR)?.plain).toBe(false);
  });

  test("is built only for four or more instants a day", () => {
    const one = queryWith(run);
    const [first, last] = [feb("10T00:00"), feb("12T00:00") - 1];
    expect(buildColumnTable(one, between(first, last, 7), 0)).toBeUndefined();
    expect(buildColumnTable(one, between(first, last, 8), 1)).toBeUndefined();
    expect(cachedColumnTable(one)).toBeUndefined();
    const table = buildColumnTable(one, between(first, last, 8), 0);
    expect(table).toMatchObject({ from: first, to: last + 1 });
    expect(cachedColumnTable(one)).toBe(table);
    expect(buildColumnTable(one, new Float64Array(0), 0)).toBeUndefined();
    expect(buildColumnTable(one, between(first, last, 8), 8)).toBeUndefined();
  });

  test("covers whole milliseconds, from the smallest instant to the greatest", () => {
    const one = queryWithPieces(0, DAYTIME);
    const instants = Float64Array.of(-1e30, 5000.5, 3000.7, 9000.2, 4000);
    expect(buildColumnTable(one, instants, 1)).toMatchObject({ from: 3000, to: 9001 });
    expect(buildColumnTable(one, instants, 0)).toBeUndefined();
    expect(buildColumnTable(one, Float64Array.of(3000), 0)).toMatchObject({ from: 3000, to: 3001 });
    for (const none of [Number.NaN, Number.POSITIVE_INFINITY, at("2199-12-30T00:00:00Z") + DAY])
      expect(buildColumnTable(one, Float64Array.of(3000, none, 4000), 0)).toBeUndefined();
  });

  test("has 2 ** 21 slots at most, and 32768 if each has its own line", () => {
    const turning = (): Query => queryWithPieces(0, [flat(1, 1), flat(2, 2), flat(DAY, 3)]);
    expect(tableFor(turning(), 0, 2 ** 15 - 1)?.plain).toBe(true);
    const shared = tableFor(turning(), 0, 2 ** 15);
    expect([shared?.plain, shared?.slots.length, shared?.lines.length]).toEqual([false, 2 ** 15 + 1, 18]);
    expect([...(shared?.slots.slice(0, 4) ?? [])]).toEqual([0, 1, 2, 2]);
    expect(tableFor(turning(), 0, 2 ** 21 - 1)?.slots).toHaveLength(2 ** 21);
    expect(tableFor(turning(), 0, 2 ** 21)).toBeUndefined();
  });

  test("has line indexes of two bytes if those suffice", () => {
    // 216 pieces a day, for about three hundred days.
    const step = 400_000;
    const known = Array.from({ length: 2 ** 16 + 1 }, (_, index) => flat((index + 1) * step, index));
    const [short, long] = [2 ** 16, 2 ** 16 + 1].map((count) => {
      const instants = new Float64Array(2048);
      instants[0] = count * step - 1;
      return buildColumnTable(queryWithPieces(0, known), instants, 0);
    });
    expect(short?.slots).toBeInstanceOf(Uint16Array);
    expect(long?.slots).toBeInstanceOf(Int32Array);
    expect([short?.slots.at(-1), long?.slots.at(-1)]).toEqual([2 ** 16 - 1, 2 ** 16]);
  });

  test("is cached for eight classes; then the cache is cleared", () => {
    const one = queryWithPieces(0, DAYTIME);
    const { columnTables } = one.snapshot.cache;
    for (let number = 10; number < 17; number++) columnTables.set(number, {} as never);
    tableFor(one, 0, HOUR);
    expect(columnTables.size).toBe(8);
    tableFor(one, 0, 2 * HOUR);
    expect(columnTables.size).toBe(1);
    expect(cachedColumnTable(one)?.to).toBe(2 * HOUR + 1);
  });

  test("is undefined if an instant has no answer; other errors are passed on", () => {
    const day = queryWith({ ...run, conditions: is("initiated.time", "before", "20:00") });
    expect(tableFor(day, feb("12T12:00"), feb("12T13:00"))).toBeDefined();
    expect(tableFor(day, feb("12T12:00"), feb("12T21:00"))).toBeUndefined();
    const late = queryWith({ ...run, conditions: is("initiated.time", "before", "20:00") });
    tableFor(late, feb("12T12:00"), feb("12T21:00"));
    expect(late.snapshot.cache.columnTables.size).toBe(0);
    expect(() => tableFor(queryWithPieces(0, DAYTIME), 23 * HOUR, 25 * HOUR)).toThrow(TypeError);
  });
});

const rows = ({ earliest, expected, latest }: Columns): number[][] =>
  [...earliest].map((first, index) => [first, expected[index] as number, latest[index] as number]);

describe("columns", () => {
  test("are read from the table on both sides of each change", () => {
    const one = queryWithPieces(0, [flat(HOUR, 100), flat(2 * HOUR, 200), flat(DAY, 300)]);
    const instants = [0, HOUR - 1, HOUR - 0.5, HOUR, 2 * HOUR - 1, 2 * HOUR, 3 * HOUR - 1];
    const wanted = [100, 100, 100, 200, 200, 300, 300].map(three);
    for (let times = 0; times < 2; times++)
      expect(rows(arrivalColumns(one, Float64Array.from(instants)))).toEqual(wanted);
    expect(cachedColumnTable(one)?.plain).toBe(true);
  });

  test("are read from a table with sloping lines", () => {
    const one = queryWithPieces(0, [sloping(HOUR, 5), flat(DAY, 300)]);
    const instants = [0, 10, 10.5, HOUR - 1, HOUR, 2 * HOUR];
    const wanted = [three(5), three(15), three(15.5), three(HOUR + 4), three(300), three(300)];
    for (let times = 0; times < 2; times++)
      expect(rows(arrivalColumns(one, Float64Array.from(instants)))).toEqual(wanted);
    expect(cachedColumnTable(one)?.plain).toBe(false);
  });

  test.each([
    ["plain", flat(HOUR, 100), 100],
    ["sloping", sloping(HOUR, 100), 100],
  ])("continue after the end of a %s table with another, then one by one", (_, first, value) => {
    const one = queryWithPieces(0, [first, flat(DAY, 300)]);
    tableFor(one, 0, 9);
    const instants = [0, 9, 2 * HOUR, 3 * HOUR, 0];
    const at =
      first.after === undefined ? [value, value, 300, 300, value] : [value, value + 9, 300, 300, value];
    expect(rows(arrivalColumns(one, Float64Array.from(instants)))).toEqual(at.map(three));
    expect(cachedColumnTable(one)).toMatchObject({ from: 0, to: 3 * HOUR + 1 });
    const early = queryWithPieces(0, [first, flat(DAY, 300)]);
    tableFor(early, 5, 9);
    expect(rows(arrivalColumns(early, Float64Array.of(4, 5, 10)))).toEqual(
      (first.after === undefined ? [value, value, value] : [value + 4, value + 5, value + 10]).map(three),
    );
  });

  test.each([
    ["plain", flat(DAY, 100), three(100)],
    ["sloping", sloping(DAY, 100), three(100 + DAY - 1)],
  ])("are worked out one by one before and after a %s table", (_, first, last) => {
    const beyond = [-DAY, -1, DAY, DAY + HOUR, 2 * DAY - 1];
    for (const other of beyond) {
      const before = { until: 0, at: three(-5) };
      const one = queryWithPieces(-DAY, [before, first, { until: 2 * DAY, at: three(7) }]);
      const wanted = [last, three(other < 0 ? -5 : 7)];
      tableFor(one, 0, DAY - 1);
      expect(rows(arrivalColumns(one, Float64Array.of(DAY - 1, other)))).toEqual(wanted);
      tableFor(one, 0, DAY - 1);
      expect(rows(arrivalColumns(one, Float64Array.of(other, DAY - 1)))).toEqual(wanted.toReversed());
    }
  });

  test("are worked out one by one if they are too few for a table", () => {
    const one = queryWith(quick(5, {}), closed({ conditions: is("initiated.time", "before", "06:00") }));
    const instants = ["03T12:00", "13T12:00", "13T05:00"].map(feb);
    const wanted = [feb("03T12:05"), feb("13T12:05"), feb("13T06:05")].map((at) => [at, at, at]);
    expect(rows(arrivalColumns(one, Float64Array.from(instants)))).toEqual(wanted);
    expect(cachedColumnTable(one)).toBeUndefined();
  });

  test("share one buffer, one after the other", () => {
    const { earliest, expected, latest } = arrivalColumns(
      queryWith(run),
      Float64Array.of(feb("12T12:00"), feb("13T12:00")),
    );
    expect(expected.buffer).toBe(earliest.buffer);
    expect(latest.buffer).toBe(earliest.buffer);
    expect(earliest.buffer.byteLength).toBe(48);
    expect([earliest, expected, latest].map(({ byteOffset, length }) => [byteOffset, length])).toEqual([
      ...[
        [0, 2],
        [16, 2],
        [32, 2],
      ],
    ]);
    expect(arrivalColumns(queryWith(run), new Float64Array(0)).latest).toHaveLength(0);
  });

  test("throw an error that names the first instant without an answer", () => {
    const ask = (...instants: number[]): QuestionError | undefined => {
      try {
        arrivalColumns(queryWith(run), Float64Array.from(instants));
      } catch (error) {
        if (error instanceof QuestionError) return error;
        throw error;
      }
      return undefined;
    };
    const noon = feb("12T12:00");
    expect(ask(noon, noon)).toBeUndefined();
    expect(ask(noon, noon, Number.NaN, 1e30)).toMatchObject({ code: "bad-time", where: "instants[2]" });
    expect(ask(1e30)?.what).toContain("lies outside 1900-01-02 to 2199-12-30");
    expect(ask(noon, at("2024-02-12T12:00:00+08:00"))?.code).toBe("outside-coverage");
  });
});
