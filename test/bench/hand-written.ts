/**
 * Two channels as hand-written functions of whole numbers, without rules or files. China has had +08:00 without a change since
 * 1991. Days are counted from 1970-01-01.
 */

/** Closed breaks of 国办发明电〔2024〕12号 and 国办发明电〔2025〕7号, both ends included, and worked weekend days. */
const BREAKS = [
  ["2025-01-01", "2025-01-01"],
  ["2025-01-28", "2025-02-04"],
  ["2025-04-04", "2025-04-06"],
  ["2025-05-01", "2025-05-05"],
  ["2025-05-31", "2025-06-02"],
  ["2025-10-01", "2025-10-08"],
  ["2026-01-01", "2026-01-03"],
  ["2026-02-15", "2026-02-23"],
  ["2026-04-04", "2026-04-06"],
  ["2026-05-01", "2026-05-05"],
  ["2026-06-19", "2026-06-21"],
  ["2026-09-25", "2026-09-27"],
  ["2026-10-01", "2026-10-07"],
] as const;
const WORKED = [
  ..."2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11".split(" "),
  ..."2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10".split(" "),
];

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY;
const FIRST = dayOf("2024-12-31");
const LAST = dayOf("2026-12-31");

/** By day from `FIRST`: 1 if it is open. */
const open = Uint8Array.from({ length: LAST - FIRST + 1 }, (_, n) => ((n + FIRST + 3) % 7 < 5 ? 1 : 0));
for (const [from, to] of BREAKS) open.fill(0, dayOf(from) - FIRST, dayOf(to) - FIRST + 1);
for (const date of WORKED) open[dayOf(date) - FIRST] = 1;

/** By day from `FIRST`: the first open day after it. */
const nextOpen = Int32Array.from(open, (_, n) => {
  const next = open.indexOf(1, n + 1);
  return next === -1 ? 0 : next + FIRST;
});

export interface Columns {
  readonly earliest: Float64Array;
  readonly expected: Float64Array;
  readonly latest: Float64Array;
}

/** Acquiring T+1: the cutoff is 23:00; money is posted on the next open day at 03:00, 10:00, or 20:00 (18:00 and two hours). */
function acquiringT1(at: number, { earliest, expected, latest }: Columns, index: number): void {
  const midnight = (nextOpen[Math.floor((at + 9 * HOUR) / DAY) - FIRST] as number) * DAY - 8 * HOUR;
  earliest[index] = midnight + 3 * HOUR;
  expected[index] = midnight + 10 * HOUR;
  latest[index] = midnight + 20 * HOUR;
}

/** HVPS: open from 20:30 on the evening before an open day until 17:15, which is 20 hours and 45 minutes. */
function hvps(at: number, { earliest, expected, latest }: Columns, index: number): void {
  const sinceEvening = at + 11.5 * HOUR;
  const day = Math.floor(sinceEvening / DAY);
  const runs = open[day - FIRST] === 1 && sinceEvening - day * DAY < 20.75 * HOUR;
  const out = runs ? at : (nextOpen[day - FIRST] as number) * DAY - 11.5 * HOUR;
  earliest[index] = out;
  expected[index] = out;
  latest[index] = out + 0.5 * HOUR;
}

export const emptyColumns = (count: number): Columns => ({
  earliest: new Float64Array(count),
  expected: new Float64Array(count),
  latest: new Float64Array(count),
});

/** Each function has its own loop, so that the engine can inline it. */
export function acquiringT1Columns(instants: Float64Array): Columns {
  const columns = emptyColumns(instants.length);
  for (let index = 0; index < instants.length; index++)
    acquiringT1(instants[index] as number, columns, index);
  return columns;
}

export function hvpsColumns(instants: Float64Array): Columns {
  const columns = emptyColumns(instants.length);
  for (let index = 0; index < instants.length; index++) hvps(instants[index] as number, columns, index);
  return columns;
}
