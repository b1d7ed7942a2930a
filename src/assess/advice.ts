import type { Assessment } from "../model/assessment.js";
import type { VerdictRule } from "../model/rulebook.js";
import type { ParsedPayment } from "../payment/parsed-payment.js";
import { parseDuration } from "../time/duration.js";
import { formatInstant, type Instant } from "../time/instant.js";
import type { Situation } from "./situation.js";

/** The next step that a verdict rule advises. A party that an event names replaces the party of the rule. */
export function adviceOf(
  { state, deadline, current }: Situation,
  rule: VerdictRule,
  { references }: ParsedPayment,
): Assessment["advice"] {
  const { who: usual, action, quote: names, from: delay } = rule.event.params.advice;
  const who = state.who ?? usual;
  const quote = references === undefined ? NOTHING : valuesOf(references, names ?? NOTHING);
  if (delay === undefined) return quote.length === 0 ? { who, action } : { who, action, quote };
  const from = formatInstant(current.query.zone, (deadline + cachedDurationMs(delay)) as Instant);
  return quote.length === 0 ? { who, action, from } : { who, action, quote, from };
}

const NOTHING: string[] = [];

const valuesOf = (references: Readonly<Record<string, string>>, names: readonly string[]): string[] =>
  names.flatMap((name) => (Object.hasOwn(references, name) ? references[name] : undefined) ?? []);

const durations = new Map<string, number>();

/** Parses each duration once; verdict rules name only a few. */
function cachedDurationMs(text: string): number {
  const ms = durations.get(text) ?? (parseDuration(text) as number);
  durations.set(text, ms);
  return ms;
}
