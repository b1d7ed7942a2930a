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

/** Gives equal decisions as one frozen object, so that what is computed for a decision can be kept under it. */
export function decisionTable(): Decide {
  const plain = new Map<ChannelRule, Decision>();
  const combined = new Map<string, Decision>();
  return (rule, windows, holds) => {
    if (windows.length === 0 && holds.length === 0) return remembered(plain, rule, rule, windows, holds);
    return remembered(combined, keyOf(rule, windows, holds), rule, windows, holds);
  };
}

/** Names have no spaces. */
function keyOf(rule: ChannelRule, windows: readonly WindowRule[], holds: readonly HoldRule[]): string {
  let key = rule.name;
  for (const window of windows) key += ` ${window.name}`;
  key += " +";
  for (const hold of holds) key += ` ${hold.name}`;
  return key;
}

function remembered<K>(memory: Map<K, Decision>, key: K, ...parts: Parameters<Decide>): Decision {
  const known = memory.get(key);
  if (known !== undefined) return known;
  const [rule, windows, holds] = parts;
  const decision = Object.freeze({ rule, windows: Object.freeze(windows), holds: Object.freeze(holds) });
  memory.set(key, decision);
  return decision;
}
