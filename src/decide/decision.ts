import type { ChannelRule, HoldRule, WindowRule } from "../model/rulebook.js";

/** The rules that apply to a payment. */
export interface Decision {
  readonly rule: ChannelRule;
  /** The matching windows among those that have conditions. */
  readonly windows: readonly WindowRule[];
  /** The matching planned holds. Holds that events report in flight are not listed. */
  readonly holds: readonly HoldRule[];
}

export type InternDecision = (
  rule: ChannelRule,
  windows: readonly WindowRule[],
  holds: readonly HoldRule[],
) => Decision;

/** A node of a trie. The path to a decision is its rule, windows and holds in order. */
interface TrieNode {
  decision: Decision | undefined;
  readonly next: Map<object, TrieNode>;
}

/** The trie is cleared when it holds more decisions. */
const DECISIONS_MAX = 5000;

/** Interns decisions: equal ones are the same frozen object until the trie is cleared. */
export function decisionInterner(): InternDecision {
  const root = newNode();
  let count = 0;
  return (rule, windows, holds) => {
    let node = childOf(root, rule);
    for (const window of windows) node = childOf(node, window);
    for (const hold of holds) node = childOf(node, hold);
    if (node.decision !== undefined) return node.decision;
    const decision = freezeDecision(rule, windows, holds);
    node.decision = decision;
    if (++count > DECISIONS_MAX) {
      root.next.clear();
      count = 0;
    }
    return decision;
  };
}

const newNode = (): TrieNode => ({ decision: undefined, next: new Map() });

function childOf(node: TrieNode, part: object): TrieNode {
  const known = node.next.get(part);
  if (known !== undefined) return known;
  const next = newNode();
  node.next.set(part, next);
  return next;
}

const freezeDecision: InternDecision = (rule, windows, holds) =>
  Object.freeze({ rule, windows: Object.freeze(windows), holds: Object.freeze(holds) });
