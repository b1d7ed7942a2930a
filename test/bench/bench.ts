/** A benchmark, which finds one or more keys of the report. */
export interface Bench {
  /** By key: what the number should be. */
  readonly wanted: Readonly<Record<string, string>>;
  /** One sentence each. */
  readonly measures: string;
  readonly unfair: string;
  readonly run: (options: Options) => Promise<Finding>;
}

export interface Options {
  /** How many lines `batch` is given. */
  readonly lines: number;
}

export interface Finding {
  readonly values: Readonly<Record<string, number>>;
  /** The times behind the ratios, for people. */
  readonly detail: string;
  /** What was found wrong, which does not make the times wrong. */
  readonly fault?: string;
}

/** "431.5 us", "7.0 ns". */
export function said(ns: number): string {
  if (ns < 1000) return `${ns.toFixed(1)} ns`;
  return ns < 1e6 ? `${(ns / 1000).toFixed(1)} us` : `${(ns / 1e6).toFixed(1)} ms`;
}

export const saidAll = (ns: Readonly<Record<string, number>>): string =>
  Object.entries(ns)
    .map(([name, one]) => `${name} ${said(one)}`)
    .join(", ");
