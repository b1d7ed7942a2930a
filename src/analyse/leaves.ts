import { referredFact } from "../decide/leaf.js";
import { partsOf } from "../decide/tree.js";
import type { Condition, Leaf } from "../model/rulebook.js";

type Named = Readonly<Record<string, Condition>>;

interface Conditional {
  readonly conditions?: Condition;
}

/** Every comparison that rules make, those of named conditions included. */
export function leavesOf(rules: readonly Conditional[], named: Named): Leaf[] {
  const seen = new Set<string>();
  const inside = (tree: Condition | undefined): Leaf[] =>
    [...partsOf(tree)].flatMap((part) => {
      if (!("condition" in part)) return [part];
      if (seen.has(part.condition)) return [];
      seen.add(part.condition);
      return inside(named[part.condition]);
    });
  return rules.flatMap(({ conditions }) => inside(conditions));
}

/** Comparisons of one fact with another: no grid of constants is exact for them. */
export const comparesFacts = ({ value }: Leaf): boolean => referredFact(value) !== undefined;

/** `amount lessThan {"fact":"balance"}`. */
export const titleOf = ({ fact, operator, value }: Leaf): string =>
  `${fact} ${operator} ${JSON.stringify(value)}`;
