/** The three arrivals of every answer: the earliest possible, the typical, and the last that is still normal. */
export const BOUNDS = ["earliest", "expected", "latest"] as const;
export type Bound = (typeof BOUNDS)[number];

/** The value of a bound. Fixed property names are faster than a lookup by key. */
export const pickBound = <T>({ earliest, expected, latest }: Readonly<Record<Bound, T>>, bound: Bound): T =>
  bound === "expected" ? expected : bound === "latest" ? latest : earliest;

/** One value for all bounds, or one value for each bound. */
export type Spread<T> = T | { earliest: T; expected: T; latest: T };

export function spreadValue<T extends string | number>(spread: Spread<T>, bound: Bound): T {
  return typeof spread === "object" ? spread[bound] : spread;
}
