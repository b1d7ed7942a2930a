import { referencedFact } from "../decide/leaf.js";
import { partsOf } from "../decide/tree.js";
import type { Condition, Leaf } from "../model/rulebook.js";

type Named = Readonly<Record<string, Condition>>;

interface Conditional {
  readonly conditions?: Condition;
}

/** Every comparison in the conditions of rules, including those in named conditions. */
export function leavesOf(rules: readonly Conditional[], named: Named): Leaf[] {
  const seen = new Set<string>();
  const collect = (tree: Condition | undefined): Leaf[] =>
    [...partsOf(tree)].flatMap((part) => {
      if (!("condition" in part)) return [part];
      if (seen.has(part.condition)) return [];
      seen.add(part.condition);
      return collect(named[part.condition]);
    });
  return rules.flatMap(({ conditions }) => collect(conditions));
}

/** Whether a comparison compares two facts. A grid is inexact for it. */
export const comparesFacts = ({ value }: Leaf): boolean => referencedFact(value) !== undefined;

/** As in `amount lessThan {"fact":"balance"}`. */
export const leafText = ({ fact, operator, value }: Leaf): string =>
  `${fact} ${operator} ${JSON.stringify(value)}`;
