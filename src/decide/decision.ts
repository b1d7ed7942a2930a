import type { ChannelRule, HoldRule, WindowRule } from "../model/rulebook.js";

/** What was decided about a payment. */
export interface Decision {
  readonly rule: ChannelRule;
  /** The conditional windows whose conditions match; unconditional ones are not listed. */
  readonly windows: readonly WindowRule[];
  /** The planned holds that match; those that are only ever reported in flight are not listed. */
  readonly holds: readonly HoldRule[];
}

export type Decide = (
  rule: ChannelRule,
  windows: readonly WindowRule[],
  holds: readonly HoldRule[],
) => Decision;

/** What follows after the rule and the windows and holds so far; the way to a decision is its parts in order. */
interface Crossing {
  decision: Decision | undefined;
  readonly next: Map<object, Crossing>;
}

/** Gives equal decisions as one frozen object, so that what is computed for a decision can be kept under it. */
export function decisionTable(): Decide {
  const start = crossing();
  return (rule, windows, holds) => {
    let here = follow(start, rule);
    for (const window of windows) here = follow(here, window);
    for (const hold of holds) here = follow(here, hold);
    if (here.decision === undefined) here.decision = frozen(rule, windows, holds);
    return here.decision;
  };
}

const crossing = (): Crossing => ({ decision: undefined, next: new Map() });

function follow(here: Crossing, part: object): Crossing {
  const known = here.next.get(part);
  if (known !== undefined) return known;
  const next = crossing();
  here.next.set(part, next);
  return next;
}

const frozen: Decide = (rule, windows, holds) =>
  Object.freeze({ rule, windows: Object.freeze(windows), holds: Object.freeze(holds) });
