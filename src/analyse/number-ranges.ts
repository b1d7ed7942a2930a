import type { Condition, FactDefinition } from "../model/rulebook.js";

/** Partitions the real line at thresholds: into the thresholds themselves, and the open intervals between them. */

/** An interval of numbers for which all comparisons have the same result. */
export interface NumberRange {
  /** A representative. */
  readonly value: number;
  readonly has: (value: number) => boolean;
  /** The condition that holds from this range to `last`, or in this range alone. */
  readonly condition: (fact: string, last?: NumberRange) => Condition | undefined;
  readonly high: Endpoint;
}

interface Endpoint {
  readonly at: number;
  readonly inclusive: boolean;
}

interface Interval {
  readonly low: Endpoint;
  readonly high: Endpoint;
}

/** The ranges of a domain in ascending order. Adjacent intervals with the same `answers` are merged. */
export function numberRanges(
  thresholds: readonly number[],
  { minimum = -Infinity, maximum = Infinity }: Pick<FactDefinition, "minimum" | "maximum">,
  answers: (value: number) => string,
): NumberRange[] {
  const merged: Interval[] = [];
  let last: string | undefined;
  for (const interval of intervalsOf(thresholds, minimum, maximum)) {
    const answer = answers(innerValueOf(interval));
    const previous = merged.at(-1);
    if (previous !== undefined && answer === last)
      merged[merged.length - 1] = { ...previous, high: interval.high };
    else merged.push(interval);
    last = answer;
  }
  return merged.map((interval) => rangeOf(interval, minimum, maximum));
}

function intervalsOf(thresholds: readonly number[], minimum: number, maximum: number): Interval[] {
  const ends = [minimum, maximum].filter(Number.isFinite);
  const inDomain = thresholds.filter((one) => one >= minimum && one <= maximum);
  const points = [...new Set([...ends, ...inDomain])].sort((one, other) => one - other);
  const open = (at: number): Endpoint => ({ at, inclusive: false });
  const lows = [...(minimum === -Infinity ? [-Infinity] : []), ...points];
  return lows.flatMap((low, index) => {
    const high = lows[index + 1] ?? (maximum === Infinity ? Infinity : undefined);
    const closed: Endpoint = { at: low, inclusive: true };
    const point = low === -Infinity ? [] : [{ low: closed, high: closed }];
    return high === undefined ? point : [...point, { low: open(low), high: open(high) }];
  });
}

function rangeOf(interval: Interval, minimum: number, maximum: number): NumberRange {
  const { low, high } = interval;
  const has = (value: number): boolean =>
    (low.inclusive ? value >= low.at : value > low.at) &&
    (high.inclusive ? value <= high.at : value < high.at);
  const condition = (fact: string, last?: NumberRange): Condition | undefined =>
    intervalCondition(fact, { low, high: last?.high ?? high }, minimum, maximum);
  return { value: representativeOf(interval), has, condition, high };
}

/** The condition that holds for the numbers of an interval, and for no other number of the domain nor an absent fact. */
function intervalCondition(
  fact: string,
  { low, high }: Interval,
  minimum: number,
  maximum: number,
): Condition | undefined {
  if (low.at === high.at) return { fact, operator: "equal", value: low.at };
  const from = { fact, operator: low.inclusive ? "greaterThanInclusive" : "greaterThan", value: low.at };
  const to = { fact, operator: high.inclusive ? "lessThanInclusive" : "lessThan", value: high.at };
  const bounds = [
    ...(restrictsDomain(low, minimum) ? [from] : []),
    ...(restrictsDomain(high, maximum) ? [to] : []),
  ];
  // If the interval is the whole domain, one bound still excludes payments without the fact.
  const parts =
    bounds.length > 0 ? bounds : [from, to].filter(({ value }) => Number.isFinite(value)).slice(0, 1);
  return parts.length > 1 ? { all: parts } : parts[0];
}

/** Whether a bound at the endpoint excludes numbers of a domain that ends at `end`. */
const restrictsDomain = ({ at, inclusive }: Endpoint, end: number): boolean =>
  Number.isFinite(at) && (at !== end || !inclusive);

/** An endpoint if the interval includes one, because limits are familiar numbers. */
function representativeOf({ low, high }: Interval): number {
  if (high.inclusive) return high.at;
  return low.inclusive && low.at !== 0 ? low.at : innerValueOf({ low: { ...low, inclusive: false }, high });
}

function innerValueOf({ low, high }: Interval): number {
  if (low.at === high.at) return low.at;
  if (low.at === -Infinity) return high.at === Infinity ? 0 : high.at - 1;
  const nextCent = Math.round((low.at + 0.01) * 100) / 100;
  if (nextCent > low.at && nextCent < high.at) return nextCent;
  const middle = (low.at + Math.min(high.at, low.at + Math.abs(low.at) + 1)) / 2;
  // Amounts with more digits are rejected.
  const short = Number(middle.toPrecision(15));
  return short > low.at && short < high.at ? short : middle;
}
