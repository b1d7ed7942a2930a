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

/** How many decisions of one channel are remembered; past that all are forgotten and begun anew. */
const DECISIONS_MAX = 5000;

/** Gives equal decisions as one frozen object, as long as it is remembered. */
export function decisionTable(): Decide {
  const start = crossing();
  let count = 0;
  return (rule, windows, holds) => {
    let here = follow(start, rule);
    for (const window of windows) here = follow(here, window);
    for (const hold of holds) here = follow(here, hold);
    if (here.decision !== undefined) return here.decision;
    const decision = frozen(rule, windows, holds);
    here.decision = decision;
    if (++count > DECISIONS_MAX) {
      start.next.clear();
      count = 0;
    }
    return decision;
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
