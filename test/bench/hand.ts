import type { Payment } from "../../src/model/payment.js";
import { compileReader } from "../../src/payment/parsed-payment.js";
import { ROW } from "../../src/pieces/cache.js";
import { rowFor } from "../../src/pieces/piece-lookup.js";
import { type Query, queryFor } from "../../src/pieces/query.js";
import { compileSnapshot } from "../../src/pieces/snapshot.js";
import type { Instant } from "../../src/time/instant.js";
import type { Timetable } from "../../src/timetable.js";
import { agree, QUESTIONS } from "./agree.js";
import { type Bench, saidAll } from "./bench.js";
import { acquiringT1Columns, type Columns, emptyColumns, hvpsColumns } from "./by-hand.js";
import { FROM, instants } from "./payments.js";
import { randomFrom } from "./random.js";
import { openShipped } from "./root.js";
import { timed, type Work } from "./timing.js";

/** The channels that are also written by hand. */
interface Pair {
  readonly name: string;
  readonly subject: Query;
  /** The columnar form. */
  readonly columns: (instants: Float64Array) => Columns;
  readonly hand: (instants: Float64Array) => Columns;
}

/** How many are asked about one by one, again and again. */
const INSTANTS = 65_536;

export const whenAgainstHand: Bench = {
  wanted: { when_vs_hand: "6 or less, better 2" },
  measures:
    "the core alone, epoch milliseconds in and three instants out for a payment that is decided (cn.acquiring T+1 and cn.hvps, the worse of the two counts): look up the stretch and read its three lines, against a hand-written function of whole numbers",
  unfair:
    "the hand-written function knows two years and one zone, cannot say why, has to be written again for each channel, and is made part of the loop by the engine; neither reads or writes text",
  async run() {
    const pairs = await checkedPairs();
    const at = instants(randomFrom(2), INSTANTS);
    const { ratio, detail } = await worst(pairs, at, ({ subject }) => core(subject, at));
    return { values: { when_vs_hand: ratio }, detail };
  },
};

/** How many instants a column holds. */
const ROWS = 1_000_000;

export const columnsAgainstHand: Bench = {
  wanted: { columns_vs_hand: "1 or more" },
  measures:
    "a column of a million instants in random order, three columns out: the columnar form against the hand-written function in a loop over the same column (the worse of two channels counts; 1 and more is not slower)",
  unfair:
    "the columnar form lays its lines out anew for each column, which a million rows share; both allocate the three columns that they return",
  async run() {
    const pairs = await checkedPairs();
    const at = instants(randomFrom(3), ROWS);
    const { ratio, detail } = await worst(pairs, at, ({ columns }) => columns(at));
    return { values: { columns_vs_hand: 1 / ratio }, detail };
  },
};

/** How many times as long as the hand-written function ours takes, on the channel that speaks most against us. */
async function worst(
  pairs: readonly Pair[],
  at: Float64Array,
  ours: (pair: Pair) => Columns,
): Promise<{ ratio: number; detail: string }> {
  const found: { ratio: number; detail: string }[] = [];
  for (const pair of pairs) {
    const times = await timed({ ours: answering(() => ours(pair)), hand: answering(() => pair.hand(at)) });
    const each = Object.entries(times.ns).map(([name, ns]) => [name, ns / at.length]);
    const ratio = times.ratio("ours", "hand");
    found.push({
      ratio,
      detail: `${pair.name}: ${saidAll(Object.fromEntries(each))}, ${ratio.toFixed(2)} times`,
    });
  }
  return {
    ratio: Math.max(...found.map(({ ratio }) => ratio)),
    detail: found.map(({ detail }) => detail).join("; "),
  };
}

/** One instant after another: the stretch that it lies in, and where the three lines of that are by then. */
function core(subject: Query, at: Float64Array): Columns {
  const columns = emptyColumns(at.length);
  for (let index = 0; index < at.length; index++) {
    const one = at[index] as Instant;
    const cell = rowFor(subject, one) * ROW;
    const { rows } = subject.snapshot.cache;
    columns.earliest[index] = (rows[cell + 1] as number) + (rows[cell + 2] as number) * one;
    columns.expected[index] = (rows[cell + 3] as number) + (rows[cell + 4] as number) * one;
    columns.latest[index] = (rows[cell + 5] as number) + (rows[cell + 6] as number) * one;
  }
  return columns;
}

function answering(answer: () => Columns): Work {
  return (count) => {
    let sum = 0;
    for (let left = count; left > 0; left--) {
      const { earliest, expected, latest } = answer();
      for (const column of [earliest, expected, latest]) sum += column[column.length - 1] as number;
    }
    return sum;
  };
}

/** Both channels, after the ways have been found to agree. */
async function checkedPairs(): Promise<Pair[]> {
  const timetable = await openShipped();
  const pairs = [
    pairOf(timetable, "cn.acquiring", "t1", acquiringT1Columns),
    pairOf(timetable, "cn.hvps", undefined, hvpsColumns),
  ];
  const at = instants(randomFrom(4), QUESTIONS);
  for (const { name, subject, columns, hand } of pairs) {
    const [oneByOne, together, byHand] = [core(subject, at), columns(at), hand(at)];
    for (const [index, one] of at.entries()) {
      agree(name, one, {
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
  const view = compileSnapshot(timetable.rulebook);
  return {
    name: channel,
    subject: queryFor(view, compileReader(timetable.rulebook, view.classifiers)(payment)),
    columns: (instants) => timetable.columns(payment, instants),
    hand,
  };
}

const row = ({ earliest, expected, latest }: Columns, index: number): (number | undefined)[] => [
  earliest[index],
  expected[index],
  latest[index],
];
