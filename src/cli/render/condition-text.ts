import type { Condition } from "../../model/rulebook.js";

/** Formats a condition tree on one line, as in `settlement = t1 and not (small-value)`. */
export function conditionText(condition: Condition): string {
  if ("all" in condition) return joinParts(condition.all, " and ");
  if ("any" in condition) return joinParts(condition.any, " or ");
  if ("not" in condition) return `not (${conditionText(condition.not)})`;
  if ("condition" in condition) return condition.condition;
  return `${condition.fact} ${SIGNS[condition.operator] ?? condition.operator} ${valueText(condition.value)}`;
}

const SIGNS: Readonly<Record<string, string>> = {
  equal: "=",
  notEqual: "≠",
  lessThan: "<",
  lessThanInclusive: "≤",
  greaterThan: ">",
  greaterThanInclusive: "≥",
};

/** Puts nested `and` and `or` into brackets. */
const joinParts = (parts: readonly Condition[], operator: string): string =>
  parts
    .map((part) =>
      parts.length > 1 && ("all" in part || "any" in part) ? `(${conditionText(part)})` : conditionText(part),
    )
    .join(operator);

function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.map(valueText).join(", ");
  if (typeof value === "object" && value !== null && "fact" in value) return String(value.fact);
  return String(value);
}
