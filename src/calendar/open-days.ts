import { addDays, type Day } from "../time/day.js";

/**
 * The open days from one day to another, both included, as bits. Layout:
 *
 * - `words`: bit `day & 31` of `words[(day >> 5) - base]` is 1 where the day is open. 1 means open, so that the days
 *   outside the table, which are 0, never count; and words begin at multiples of 32 days since 1970-01-01, so that the
 *   words of any two calendars line up and "open in both" is AND.
 * - `ranks[w]`: how many open days lie before word w. The rank of a day is that plus a popcount.
 * - `opens[k]`: the k-th open day. So rank and select both take the same time for any distance.
 */
export interface OpenDays {
  readonly from: Day;
  readonly to: Day;
  readonly base: number;
  readonly words: Uint32Array;
  readonly ranks: Uint32Array;
  readonly opens: Int32Array;
}

/** The table of the days from `from` to `to` for which `open` says yes. */
export function buildOpenDays(from: Day, to: Day, open: (day: Day) => boolean): OpenDays {
  const words = emptyWords(from, to);
  for (let day = from; day <= to; day = addDays(day, 1)) {
    if (open(day))
      words[(day >> 5) - (from >> 5)] = (words[(day >> 5) - (from >> 5)] as number) | (1 << (day & 31));
  }
  return buildIndex(from, to, words);
}

/** The days from `from` to `to` that are open in every one of the tables, each of which must hold that range. */
export function intersectOpenDays(from: Day, to: Day, tables: readonly OpenDays[]): OpenDays {
  const words = emptyWords(from, to).map((_, w) =>
    tables.reduce(
      (both, table) => both & (table.words[w + (from >> 5) - table.base] as number),
      edgeMask(from, to, w),
    ),
  );
  return buildIndex(from, to, words);
}

/** Whether the table knows a day. */
export const covers = (table: OpenDays, day: Day): boolean => day >= table.from && day <= table.to;

/** Whether a day is open; the table must hold it. */
export const isOpenOn = (table: OpenDays, day: Day): boolean =>
  (((table.words[(day >> 5) - table.base] as number) >>> (day & 31)) & 1) === 1;

/** How many open days of the table lie before `day`, which is one of its days or the day after the last. */
export function rankOf(table: OpenDays, day: Day): number {
  const w = (day >> 5) - table.base;
  const before = (table.words[w] as number) & ((1 << (day & 31)) - 1);
  return (table.ranks[w] as number) + popcount(before);
}

/** One word more than the days need where they end on a word's edge, so that the day after the last has a rank. */
const emptyWords = (from: Day, to: Day): Uint32Array => new Uint32Array(((to + 1) >> 5) - (from >> 5) + 1);

/** The bits of word `w` that lie in the range: joined tables may begin earlier and end later. */
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
