import { addDays, type Day } from "../time/day.js";

/**
 * The open days from `from` to `to`, both included, as a bit set with rank and select in constant time.
 *
 * - `words`: bit `day & 31` of `words[(day >> 5) - base]` is 1 if the day is open. Bits outside the range are 0. Words
 *   start at multiples of 32 days since 1970-01-01, so that the words of two calendars align and can be combined by AND.
 * - `ranks[w]`: the number of open days before word w. The rank of a day adds a popcount.
 * - `opens[k]`: the k-th open day.
 */
export interface OpenDays {
  readonly from: Day;
  readonly to: Day;
  readonly base: number;
  readonly words: Uint32Array;
  readonly ranks: Uint32Array;
  readonly opens: Int32Array;
}

/** The days from `from` to `to` for which `open` returns true. */
export function buildOpenDays(from: Day, to: Day, open: (day: Day) => boolean): OpenDays {
  const words = emptyWords(from, to);
  for (let day = from; day <= to; day = addDays(day, 1)) {
    if (open(day))
      words[(day >> 5) - (from >> 5)] = (words[(day >> 5) - (from >> 5)] as number) | (1 << (day & 31));
  }
  return buildIndex(from, to, words);
}

/** The days from `from` to `to` that are open in all tables. Each table must cover that range. */
export function intersectOpenDays(from: Day, to: Day, tables: readonly OpenDays[]): OpenDays {
  const words = emptyWords(from, to).map((_, w) =>
    tables.reduce(
      (both, table) => both & (table.words[w + (from >> 5) - table.base] as number),
      edgeMask(from, to, w),
    ),
  );
  return buildIndex(from, to, words);
}

/** Whether a day lies in the range of the table. */
export const covers = (table: OpenDays, day: Day): boolean => day >= table.from && day <= table.to;

/** Whether a day is open. The table must cover it. */
export const isOpenOn = (table: OpenDays, day: Day): boolean =>
  (((table.words[(day >> 5) - table.base] as number) >>> (day & 31)) & 1) === 1;

/** The number of open days before `day`, which is a day of the table or the day after its last. */
export function rankOf(table: OpenDays, day: Day): number {
  const w = (day >> 5) - table.base;
  const before = (table.words[w] as number) & ((1 << (day & 31)) - 1);
  return (table.ranks[w] as number) + popcount(before);
}

/** Words up to and including that of the day after the last, which has a rank too. */
const emptyWords = (from: Day, to: Day): Uint32Array => new Uint32Array(((to + 1) >> 5) - (from >> 5) + 1);

/** The bits of word `w` inside the range. Intersected tables may start earlier and end later. */
function edgeMask(from: Day, to: Day, w: number): number {
  const first = ((from >> 5) + w) * 32;
  const low = from > first ? -1 << (from - first) : -1;
  const high = to < first + 31 ? (to < first ? 0 : -1 >>> (first + 31 - to)) : -1;
  return low & high;
}

function buildIndex(from: Day, to: Day, words: Uint32Array): OpenDays {
  const ranks = new Uint32Array(words.length);
  const opens: number[] = [];
  words.forEach((word, w) => {
    ranks[w] = opens.length;
    for (let bit = 0; bit < 32; bit++)
      if (((word >>> bit) & 1) === 1) opens.push(((from >> 5) + w) * 32 + bit);
  });
  return { from, to, base: from >> 5, words, ranks, opens: Int32Array.from(opens) };
}

function popcount(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
