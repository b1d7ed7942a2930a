import type { Step } from "../model/rulebook.js";
import { parseDay } from "../time/day.js";
import type { Context } from "./context.js";

/**
 * A payment whose route has a matching step, sent at noon of `date`. Its facts come from an example of the rule. Empty
 * if no rule has such a step.
 */
export function samplePaymentWithStep(
  { rulebook }: Context,
  matches: (step: Step) => boolean,
  date: string,
): { witness?: Record<string, unknown> } {
  if (parseDay(date) === undefined) return {};
  for (const { channel, rules, examples } of Object.values(rulebook.channels)) {
    const names = rules
      .filter(({ event }) => event.type === "route" && event.params.steps.some(matches))
      .map(({ name }) => name);
    const example = examples.find(({ expect }) => expect.rule !== undefined && names.includes(expect.rule));
    if (example === undefined) continue;
    const offset = /(Z|[+-]\d\d:\d\d)$/.exec(String(example.payment.initiatedAt))?.[0] ?? "Z";
    return { witness: { channel, ...example.payment, initiatedAt: `${date}T12:00:00${offset}` } };
  }
  return {};
}
