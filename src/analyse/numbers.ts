import type { Condition, FactDefinition } from "../model/rulebook.js";

/** The line of numbers, cut at every threshold: at the thresholds themselves, and between them. */

/** Numbers side by side that get the same answers. */
export interface Run {
  readonly value: number;
  readonly has: (value: number) => boolean;
  /** From this run to a later one, or to its own end. */
  readonly says: (fact: string, last?: Run) => Condition | undefined;
  readonly high: Edge;
}

interface Edge {
  readonly at: number;
  readonly inclusive: boolean;
}

interface Stretch {
  readonly low: Edge;
  readonly high: Edge;
}

/** The runs of a domain from the lowest to the highest; `answers` tells the numbers apart. */
export function numberRuns(
  thresholds: readonly number[],
  { minimum = -Infinity, maximum = Infinity }: Pick<FactDefinition, "minimum" | "maximum">,
  answers: (value: number) => string,
): Run[] {
  const merged: Stretch[] = [];
  let last: string | undefined;
  for (const stretch of stretchesOf(thresholds, minimum, maximum)) {
    const said = answers(insideOf(stretch));
    const before = merged.at(-1);
    if (before !== undefined && said === last) merged[merged.length - 1] = { ...before, high: stretch.high };
    else merged.push(stretch);
    last = said;
  }
  return merged.map((stretch) => runOf(stretch, minimum, maximum));
}

function stretchesOf(thresholds: readonly number[], minimum: number, maximum: number): Stretch[] {
  const ends = [minimum, maximum].filter(Number.isFinite);
  const inDomain = thresholds.filter((one) => one >= minimum && one <= maximum);
  const points = [...new Set([...ends, ...inDomain])].sort((one, other) => one - other);
  const open = (at: number): Edge => ({ at, inclusive: false });
  const lows = [...(minimum === -Infinity ? [-Infinity] : []), ...points];
  return lows.flatMap((low, index) => {
    const high = lows[index + 1] ?? (maximum === Infinity ? Infinity : undefined);
    const closed: Edge = { at: low, inclusive: true };
    const point = low === -Infinity ? [] : [{ low: closed, high: closed }];
    return high === undefined ? point : [...point, { low: open(low), high: open(high) }];
  });
}

function runOf(stretch: Stretch, minimum: number, maximum: number): Run {
  const { low, high } = stretch;
  const has = (value: number): boolean =>
    (low.inclusive ? value >= low.at : value > low.at) &&
    (high.inclusive ? value <= high.at : value < high.at);
  const says = (fact: string, last?: Run): Condition | undefined =>
    sayStretch(fact, { low, high: last?.high ?? high }, minimum, maximum);
  return { value: typicalOf(stretch), has, says, high };
}

/** What the numbers of a stretch meet, and neither the other numbers of the domain nor a fact that is absent. */
function sayStretch(
  fact: string,
  { low, high }: Stretch,
  minimum: number,
  maximum: number,
): Condition | undefined {
  if (low.at === high.at) return { fact, operator: "equal", value: low.at };
  const from = { fact, operator: low.inclusive ? "greaterThanInclusive" : "greaterThan", value: low.at };
  const to = { fact, operator: high.inclusive ? "lessThanInclusive" : "lessThan", value: high.at };
  const narrow = [...(narrows(low, minimum) ? [from] : []), ...(narrows(high, maximum) ? [to] : [])];
  // All numbers are not all payments: to say that there is one, an end of the domain is named.
  const said =
    narrow.length > 0 ? narrow : [from, to].filter(({ value }) => Number.isFinite(value)).slice(0, 1);
  return said.length > 1 ? { all: said } : said[0];
}

const narrows = ({ at, inclusive }: Edge, end: number): boolean =>
  Number.isFinite(at) && (at !== end || !inclusive);

/** At an edge where one belongs to the run: people know a limit by its number. */
function typicalOf({ low, high }: Stretch): number {
  if (high.inclusive) return high.at;
  return low.inclusive && low.at !== 0 ? low.at : insideOf({ low: { ...low, inclusive: false }, high });
}

function insideOf({ low, high }: Stretch): number {
  if (low.at === high.at) return low.at;
  if (low.at === -Infinity) return high.at === Infinity ? 0 : high.at - 1;
  const cent = Math.round((low.at + 0.01) * 100) / 100;
  if (cent > low.at && cent < high.at) return cent;
  const middle = (low.at + Math.min(high.at, low.at + Math.abs(low.at) + 1)) / 2;
  // An amount of more digits would be refused.
  const short = Number(middle.toPrecision(15));
  return short > low.at && short < high.at ? short : middle;
}
