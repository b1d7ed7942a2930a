/** A benchmark; it measures one or more keys of the report. */
export interface Bench {
  /** The target of each key. */
  readonly targets: Readonly<Record<string, string>>;
  /** What is measured, and in what the comparison is unfair; one sentence each. */
  readonly measures: string;
  readonly caveats: string;
  readonly run: (options: Options) => Promise<Result>;
}

export interface Options {
  /** The number of lines for `batch`. */
  readonly lines: number;
}

export interface Result {
  readonly values: Readonly<Record<string, number>>;
  /** The times behind the ratios. */
  readonly detail: string;
  /** A fault that was found; the times are valid all the same. */
  readonly fault?: string;
}

/** "431.5 us", "7.0 ns". */
export function timeText(ns: number): string {
  if (ns < 1000) return `${ns.toFixed(1)} ns`;
  return ns < 1e6 ? `${(ns / 1000).toFixed(1)} us` : `${(ns / 1e6).toFixed(1)} ms`;
}

export const timesText = (ns: Readonly<Record<string, number>>): string =>
  Object.entries(ns)
    .map(([name, one]) => `${name} ${timeText(one)}`)
    .join(", ");
