import type { Payment } from "../../src/model/payment.js";
import { compileReader } from "../../src/payment/parsed-payment.js";
import { ROW } from "../../src/pieces/cache.js";
import { rowFor } from "../../src/pieces/piece-lookup.js";
import { type Query, queryFor } from "../../src/pieces/query.js";
import { compileSnapshot } from "../../src/pieces/snapshot.js";
import type { Instant } from "../../src/time/instant.js";
import type { Timetable } from "../../src/timetable.js";
import { assertSame, QUESTIONS } from "./assert-same.js";
import { type Bench, timesText } from "./bench.js";
import { acquiringT1Columns, type Columns, emptyColumns, hvpsColumns } from "./hand-written.js";
import { FROM, instants } from "./payments.js";
import { randomFrom } from "./random.js";
import { openShipped } from "./root.js";
import { measure, type Work } from "./timing.js";

/** A channel that is also written by hand. */
interface Pair {
  readonly name: string;
  readonly query: Query;
  /** The columnar form. */
  readonly columns: (instants: Float64Array) => Columns;
  readonly hand: (instants: Float64Array) => Columns;
}

/** The number of instants that are looked up one by one, repeatedly. */
const INSTANTS = 65_536;

export const whenAgainstHand: Bench = {
  targets: { when_vs_hand: "6 or less, better 2" },
  measures:
    "the core alone, from epoch milliseconds to three instants, for one class of payments (cn.acquiring T+1 and cn.hvps; the worse of the two counts): look up the row and read its three lines, against a hand-written function of whole numbers",
  caveats:
    "the hand-written function knows two years and one zone, gives no reasons, has to be written for each channel, and is inlined by the engine; neither reads or writes text",
  async run() {
    const pairs = await checkedPairs();
    const at = instants(randomFrom(2), INSTANTS);
    const { ratio, detail } = await worst(pairs, at, ({ query }) => core(query, at));
    return { values: { when_vs_hand: ratio }, detail };
  },
};

/** The length of a column. */
const ROWS = 1_000_000;

export const columnsAgainstHand: Bench = {
  targets: { columns_vs_hand: "1 or more" },
  measures:
    "a column of a million instants in random order, three columns out: the columnar form against the hand-written function in a loop over the same column (the worse of two channels counts; 1 or more is not slower)",
  caveats:
    "the columnar form builds its table for each column, which a million rows share; both allocate the three columns that they return",
  async run() {
    const pairs = await checkedPairs();
    const at = instants(randomFrom(3), ROWS);
    const { ratio, detail } = await worst(pairs, at, ({ columns }) => columns(at));
    return { values: { columns_vs_hand: 1 / ratio }, detail };
  },
};

/** Our time over that of the hand-written function, on the channel where it is worst. */
async function worst(
  pairs: readonly Pair[],
  at: Float64Array,
  ours: (pair: Pair) => Columns,
): Promise<{ ratio: number; detail: string }> {
  const found: { ratio: number; detail: string }[] = [];
  for (const pair of pairs) {
    const times = await measure({ ours: repeat(() => ours(pair)), hand: repeat(() => pair.hand(at)) });
    const each = Object.entries(times.ns).map(([name, ns]) => [name, ns / at.length]);
    const ratio = times.ratio("ours", "hand");
    found.push({
      ratio,
      detail: `${pair.name}: ${timesText(Object.fromEntries(each))}, ${ratio.toFixed(2)} times`,
    });
  }
  return {
    ratio: Math.max(...found.map(({ ratio }) => ratio)),
    detail: found.map(({ detail }) => detail).join("; "),
  };
}

/** For each instant: finds its row, and evaluates the three lines. */
function core(query: Query, at: Float64Array): Columns {
  const columns = emptyColumns(at.length);
  for (let index = 0; index < at.length; index++) {
    const one = at[index] as Instant;
    const offset = rowFor(query, one) * ROW;
    const { rows } = query.snapshot.cache;
    columns.earliest[index] = (rows[offset + 1] as number) + (rows[offset + 2] as number) * one;
    columns.expected[index] = (rows[offset + 3] as number) + (rows[offset + 4] as number) * one;
    columns.latest[index] = (rows[offset + 5] as number) + (rows[offset + 6] as number) * one;
  }
  return columns;
}

function repeat(answer: () => Columns): Work {
  return (count) => {
    let sum = 0;
    for (let left = count; left > 0; left--) {
      const { earliest, expected, latest } = answer();
      for (const column of [earliest, expected, latest]) sum += column[column.length - 1] as number;
    }
    return sum;
  };
}

/** Both channels, after checking that all three ways agree. */
async function checkedPairs(): Promise<Pair[]> {
  const timetable = await openShipped();
  const pairs = [
    pairOf(timetable, "cn.acquiring", "t1", acquiringT1Columns),
    pairOf(timetable, "cn.hvps", undefined, hvpsColumns),
  ];
  const at = instants(randomFrom(4), QUESTIONS);
  for (const { name, query, columns, hand } of pairs) {
    const [oneByOne, together, byHand] = [core(query, at), columns(at), hand(at)];
    for (const [index, one] of at.entries()) {
      assertSame(name, one, {
        core: row(oneByOne, index),
        columns: row(together, index),
        hand: row(byHand, index),
      });
    }
  }
  return pairs;
}

function pairOf(
  timetable: Timetable,
  channel: string,
  settlement: string | undefined,
  hand: Pair["hand"],
): Pair {
  const payment: Payment = {
    channel,
    amount: "1000.00",
    initiatedAt: FROM,
    ...(settlement && { settlement }),
  };
  const snapshot = compileSnapshot(timetable.rulebook);
  return {
    name: channel,
    query: queryFor(snapshot, compileReader(timetable.rulebook, snapshot.classifiers)(payment)),
    columns: (instants) => timetable.columns(payment, instants),
    hand,
  };
}

const row = ({ earliest, expected, latest }: Columns, index: number): (number | undefined)[] => [
  earliest[index],
  expected[index],
  latest[index],
];
