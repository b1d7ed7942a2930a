import type { Condition } from "../model/rulebook.js";

/** A condition tree as one line of text, as in `settlement = t1 and not (small-value)`. */
export function conditionText(condition: Condition): string {
  if ("all" in condition) return joined(condition.all, " and ");
  if ("any" in condition) return joined(condition.any, " or ");
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

/** Parts that are themselves joined stand in brackets. */
const joined = (parts: readonly Condition[], by: string): string =>
  parts
    .map((part) =>
      parts.length > 1 && ("all" in part || "any" in part) ? `(${conditionText(part)})` : conditionText(part),
    )
    .join(by);

function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.map(valueText).join(", ");
  if (typeof value === "object" && value !== null && "fact" in value) return String(value.fact);
  return String(value);
}
