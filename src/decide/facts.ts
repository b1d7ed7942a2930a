import { factMessages, type Sentence } from "../errors.js";
import { CAUSES, PHASES, STATUSES } from "../model/assessment.js";
import type { FactValue } from "../model/payment.js";
import type { FactDefinition, Rulebook } from "../model/rulebook.js";
import { WEEKDAYS } from "../time/day.js";

/** The facts that conditions may test, and their domains. */

/** Only facts of the initiation instant are dates and times. They have their own operators. */
export type FactType = FactDefinition["type"] | "date" | "time";

/** The values that a fact may have. */
export interface Domain {
  readonly type: FactType;
  readonly values?: readonly string[];
  /** Whether values other than `values` are allowed too. */
  readonly open?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
}

const DAY_KINDS = ["business", "weekend", "holiday", "makeup"] as const;
export type DayKind = (typeof DAY_KINDS)[number];

/** Derived from the initiation instant on the channel's wall clock. The last two need the channel's calendar. */
const INITIATION_FACTS: Readonly<Record<string, Domain>> = {
  "initiated.date": { type: "date" },
  "initiated.time": { type: "time" },
  "initiated.weekday": { type: "string", values: WEEKDAYS },
  "initiated.day": { type: "string", values: DAY_KINDS },
  "initiated.tomorrow": { type: "string", values: DAY_KINDS },
};

const BASE_FACTS: Readonly<Record<string, Domain>> = {
  amount: { type: "number", minimum: 0 },
  currency: { type: "string" },
};

const FIXED_TYPES: Readonly<Record<string, FactType>> = {
  amount: "number",
  currency: "string",
  channel: "string",
};

/** `facts.json` may not declare these names: payments use them for something else, or they are derived. */
const RESERVED_NAMES: readonly string[] = ["initiatedAt", "references", ...Object.keys(INITIATION_FACTS)];

export const needsCalendar = (fact: string): boolean =>
  fact === "initiated.day" || fact === "initiated.tomorrow";

/** The facts that payments state: the declared ones except `channel`, and always `amount` and `currency`. */
export function statedFacts(rulebook: Rulebook): ReadonlyMap<string, Domain & { default?: FactValue }> {
  const { channel: _, ...declared } = rulebook.facts;
  return new Map(Object.entries<Domain & { default?: FactValue }>({ ...BASE_FACTS, ...declared }));
}

/** The facts that conditions may test: stated facts, the channel, and facts of the initiation instant. */
export const testableFacts = (rulebook: Rulebook): ReadonlyMap<string, Domain> =>
  new Map<string, Domain>([
    ...statedFacts(rulebook),
    ["channel", { type: "string", values: Object.keys(rulebook.channels) }],
    ...Object.entries(INITIATION_FACTS),
  ]);

/** The facts that verdicts may test: also the findings about the delay. */
export const verdictFacts = (rulebook: Rulebook): ReadonlyMap<string, Domain> =>
  new Map<string, Domain>([
    ...testableFacts(rulebook),
    ["assessment.phase", { type: "string", values: PHASES }],
    ["assessment.overdueMinutes", { type: "number", minimum: 0 }],
    ["assessment.cause", { type: "string", values: CAUSES }],
    ["assessment.status", { type: "string", values: STATUSES }],
    ["assessment.system", { type: "string", values: [...Object.keys(rulebook.systems), "none"] }],
    ["assessment.certainty", { type: "string", values: ["official", "projected", "open-incident"] }],
  ]);

/** Why a value is not in the domain of a fact; undefined if it is. Not for dates and times. */
export function domainViolation(name: string, domain: Domain, value: unknown): Sentence | undefined {
  if (typeof value !== domain.type || Number.isNaN(value))
    return factMessages.wrongType(name, domain.type, value);
  if (typeof value === "number") return rangeViolation(name, domain, value);
  if (typeof value !== "string" || domain.values === undefined || domain.open === true) return undefined;
  return domain.values.includes(value) ? undefined : factMessages.notAValue(name, value, domain.values);
}

function rangeViolation(name: string, domain: Domain, value: number): Sentence | undefined {
  if (!Number.isFinite(value)) return factMessages.wrongType(name, "number", value);
  if (value >= (domain.minimum ?? -Infinity) && value <= (domain.maximum ?? Infinity)) return undefined;
  return factMessages.outOfRange(name, value, domain.minimum, domain.maximum);
}

/** The faults of a declared fact, by key of its definition. */
export function definitionFaults(
  name: string,
  definition: FactDefinition,
): { path: string; sentence: Sentence }[] {
  if (RESERVED_NAMES.includes(name) || name.startsWith("assessment."))
    return [{ path: "", sentence: factMessages.taken(name) }];
  const fixedType = Object.hasOwn(FIXED_TYPES, name) ? FIXED_TYPES[name] : undefined;
  if (fixedType !== undefined && definition.type !== fixedType) {
    return [{ path: "type", sentence: factMessages.fixedType(name, fixedType) }];
  }
  if (definition.default === undefined) return [];
  const sentence = domainViolation(name, definition, definition.default);
  return sentence === undefined ? [] : [{ path: "default", sentence }];
}
