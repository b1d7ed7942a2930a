/** A seeded generator, so that every run asks the same questions (mulberry32: 32 bits of state, public domain). */
export interface Random {
  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number;
  pick<T>(choices: readonly T[]): T;
}

export function randomFrom(seed: number): Random {
  let state = seed;
  const unit = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int: Random["int"] = (min, max) => min + Math.floor(unit() * (max - min + 1));
  return { int, pick: (choices) => choices[int(0, choices.length - 1)] as (typeof choices)[number] };
}
