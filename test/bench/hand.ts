import { arrivalColumns } from "../../src/answer/columns.js";
import { arrivesAt, stretchAt } from "../../src/answer/stretch.js";
import { type Subject, subjectOf } from "../../src/answer/subject.js";
import { compileView, type View } from "../../src/answer/view.js";
import type { Decider } from "../../src/decide/decider.js";
import type { Facts } from "../../src/model/payment.js";
import type { Instant } from "../../src/time/instant.js";
import { agree, QUESTIONS } from "./agree.js";
import { type Bench, type Finding, saidAll } from "./bench.js";
import { acquiringT1, type Columns, emptyColumns, type Hand, hvps } from "./by-hand.js";
import { instants } from "./payments.js";
import { randomFrom } from "./random.js";
import { openShipped } from "./root.js";
import { timed, type Work } from "./timing.js";

/** The channels that are also written by hand. */
interface Pair {
  readonly name: string;
  readonly subject: Subject;
  readonly hand: Hand;
}

export const whenAgainstHand: Bench = {
  keys: ["when_vs_hand"],
  measures:
    "the core alone, epoch milliseconds in and three instants out for a payment that is decided (cn.acquiring T+1 and cn.hvps, the worse of the two counts): look up the stretch and read its three lines, against a hand-written function of whole numbers",
  unfair:
    "the hand-written function knows two years and one zone, cannot say why, and has to be written again for each channel; neither reads or writes text",
  async run() {
    const pairs = await checkedPairs();
    const at = instants(randomFrom(2), 65_536);
    return worst("when_vs_hand", "ours", "hand", pairs, ({ subject, hand }) => ({
      ours: oneByOne(at, coreOf(subject)),
      hand: oneByOne(at, hand),
    }));
  },
};

/** How many instants a column holds. */
const ROWS = 1_000_000;

export const columnsAgainstHand: Bench = {
  keys: ["columns_vs_hand"],
  measures:
    "a column of a million instants in random order, three columns out: the columnar form against the hand-written function in a loop over the same column (the worse of two channels counts; 1 and more is not slower)",
  unfair:
    "the columnar form lays its lines out anew for each column, which a million rows share; both allocate the three columns that they return",
  async run() {
    const pairs = await checkedPairs();
    const at = instants(randomFrom(3), ROWS);
    return worst("columns_vs_hand", "hand", "columns", pairs, ({ subject, hand }) => ({
      columns: byColumn(() => arrivalColumns(subject, at)),
      hand: byColumn(() => loop(hand, at)),
    }));
  },
};

/** The channel whose ratio of `first` to `second` speaks most against us counts. */
async function worst(
  key: string,
  first: string,
  second: string,
  pairs: readonly Pair[],
  works: (pair: Pair) => Record<string, Work>,
): Promise<Finding> {
  const found: { ratio: number; detail: string }[] = [];
  for (const pair of pairs) {
    const { ns, ratio } = await timed(works(pair));
    found.push({
      ratio: ratio(first, second),
      detail: `${pair.name}: ${saidAll(ns)}, ${ratio(first, second).toFixed(2)}`,
    });
  }
  const ratios = found.map(({ ratio }) => ratio);
  const value = first === "hand" ? Math.min(...ratios) : Math.max(...ratios);
  return { values: { [key]: value }, detail: found.map(({ detail }) => detail).join("; ") };
}

const coreOf =
  (subject: Subject): Hand =>
  (at, columns, index) => {
    const stretch = stretchAt(subject, at as Instant);
    columns.earliest[index] = arrivesAt(stretch, "earliest", at as Instant);
    columns.expected[index] = arrivesAt(stretch, "expected", at as Instant);
    columns.latest[index] = arrivesAt(stretch, "latest", at as Instant);
  };

/** Every instant in turn, into columns of one row. */
function oneByOne(at: Float64Array, answer: Hand): Work {
  const columns = emptyColumns(1);
  let next = 0;
  return (count) => {
    let sum = 0;
    for (let left = count; left > 0; left--) {
      answer(at[next] as number, columns, 0);
      next = next + 1 === at.length ? 0 : next + 1;
      sum +=
        (columns.earliest[0] as number) + (columns.expected[0] as number) + (columns.latest[0] as number);
    }
    return sum;
  };
}

function byColumn(answer: () => Columns): Work {
  return (count) => {
    let sum = 0;
    for (let left = count; left > 0; left--) {
      const { earliest, expected, latest } = answer();
      for (const column of [earliest, expected, latest]) sum += column[column.length - 1] as number;
    }
    return sum;
  };
}

function loop(hand: Hand, at: Float64Array): Columns {
  const columns = emptyColumns(at.length);
  for (let index = 0; index < at.length; index++) hand(at[index] as number, columns, index);
  return columns;
}

/** Both channels, after the two ways have been found to agree. */
async function checkedPairs(): Promise<Pair[]> {
  const view = compileView((await openShipped()).rulebook);
  const pairs = [
    {
      name: "cn.acquiring t1",
      subject: subjectIn(view, "cn.acquiring", { settlement: "t1" }),
      hand: acquiringT1,
    },
    { name: "cn.hvps", subject: subjectIn(view, "cn.hvps", {}), hand: hvps },
  ];
  const at = instants(randomFrom(4), QUESTIONS);
  for (const { name, subject, hand } of pairs) {
    const [core, columns, byHand] = [loop(coreOf(subject), at), arrivalColumns(subject, at), loop(hand, at)];
    for (const [index, one] of at.entries()) {
      agree(name, one, { core: row(core, index), columns: row(columns, index), hand: row(byHand, index) });
    }
  }
  return pairs;
}

const row = ({ earliest, expected, latest }: Columns, index: number): (number | undefined)[] => [
  earliest[index],
  expected[index],
  latest[index],
];

/** The facts that rules may test but a payment leaves out are undefined, or have their defaults. */
function subjectIn(view: View, channel: string, given: Facts): Subject {
  const defaults = Object.entries(view.rulebook.facts).map(([name, fact]) => [name, fact.default]);
  const facts = { ...Object.fromEntries(defaults), amount: 1000, currency: "CNY", ...given };
  return subjectOf(view, view.deciders.get(channel) as Decider, facts);
}
