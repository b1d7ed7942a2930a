/** Every question is answered three times: the least possible, the typical, and the last that is still normal. */
export const BOUNDS = ["earliest", "expected", "latest"] as const;
export type Bound = (typeof BOUNDS)[number];

/** What stands for a bound: by names that stand in the code, which is quicker than to look one up. */
export const ofBound = <T>({ earliest, expected, latest }: Readonly<Record<Bound, T>>, bound: Bound): T =>
  bound === "expected" ? expected : bound === "latest" ? latest : earliest;

/** One value for all bounds, or one for each. */
export type Spread<T> = T | { earliest: T; expected: T; latest: T };

export function atBound<T extends string | number>(spread: Spread<T>, bound: Bound): T {
  return typeof spread === "object" ? spread[bound] : spread;
}
