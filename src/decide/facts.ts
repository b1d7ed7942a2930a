import { factSays, type Sentence } from "../errors.js";
import { CAUSES, PHASES, STATUSES } from "../model/assessment.js";
import type { FactValue } from "../model/payment.js";
import type { FactDefinition, Rulebook } from "../model/rulebook.js";
import { WEEKDAYS } from "../time/day.js";

/** What a rule may test, and which values each fact may have. */

/** Dates and times are facts of the initiation instant only, and have operators of their own. */
export type FactType = FactDefinition["type"] | "date" | "time";

export interface Domain {
  readonly type: FactType;
  readonly values?: readonly string[];
  /** Whether values outside `values` are allowed too. */
  readonly open?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
}

const DAY_KINDS = ["business", "weekend", "holiday", "makeup"] as const;
export type DayKind = (typeof DAY_KINDS)[number];

/** Read from the initiation instant by the channel's wall clock; the last two by the channel's calendar. */
const INITIATED: Readonly<Record<string, Domain>> = {
  "initiated.date": { type: "date" },
  "initiated.time": { type: "time" },
  "initiated.weekday": { type: "string", values: WEEKDAYS },
  "initiated.day": { type: "string", values: DAY_KINDS },
  "initiated.tomorrow": { type: "string", values: DAY_KINDS },
};

const EVERY_PAYMENT: Readonly<Record<string, Domain>> = {
  amount: { type: "number", minimum: 0 },
  currency: { type: "string" },
};

const FIXED_TYPES: Readonly<Record<string, FactType>> = {
  amount: "number",
  currency: "string",
  channel: "string",
};

/** Names that mean something else in a payment, or are derived, so that `facts.json` may not declare them. */
const TAKEN: readonly string[] = ["initiatedAt", "references", ...Object.keys(INITIATED)];

export const needsCalendar = (fact: string): boolean =>
  fact === "initiated.day" || fact === "initiated.tomorrow";

/** The facts that a payment states: the declared ones, and amount and currency always; the channel is apart. */
export function statedFacts(rulebook: Rulebook): ReadonlyMap<string, Domain & { default?: FactValue }> {
  const { channel: _, ...declared } = rulebook.facts;
  return new Map(Object.entries<Domain & { default?: FactValue }>({ ...EVERY_PAYMENT, ...declared }));
}

/** The facts that a condition may test: the stated ones, the channel, and those of the initiation instant. */
export const testableFacts = (rulebook: Rulebook): ReadonlyMap<string, Domain> =>
  new Map<string, Domain>([
    ...statedFacts(rulebook),
    ["channel", { type: "string", values: Object.keys(rulebook.channels) }],
    ...Object.entries(INITIATED),
  ]);

/** What a verdict may test besides: what was found out about the delay. */
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

/** Why a value is not one of a fact's, or undefined where it is; for the facts that are not dates or times. */
export function misfit(name: string, domain: Domain, value: unknown): Sentence | undefined {
  if (typeof value !== domain.type || Number.isNaN(value))
    return factSays.wrongType(name, domain.type, value);
  if (typeof value === "number") return numberMisfit(name, domain, value);
  if (typeof value !== "string" || domain.values === undefined || domain.open === true) return undefined;
  return domain.values.includes(value) ? undefined : factSays.notAValue(name, value, domain.values);
}

function numberMisfit(name: string, domain: Domain, value: number): Sentence | undefined {
  if (!Number.isFinite(value)) return factSays.wrongType(name, "number", value);
  if (value >= (domain.minimum ?? -Infinity) && value <= (domain.maximum ?? Infinity)) return undefined;
  return factSays.outOfRange(name, value, domain.minimum, domain.maximum);
}

/** What is wrong with a declared fact, and at which key of its definition. */
export function definitionFaults(
  name: string,
  definition: FactDefinition,
): { path: string; sentence: Sentence }[] {
  if (TAKEN.includes(name) || name.startsWith("assessment."))
    return [{ path: "", sentence: factSays.taken(name) }];
  const needed = Object.hasOwn(FIXED_TYPES, name) ? FIXED_TYPES[name] : undefined;
  if (needed !== undefined && definition.type !== needed) {
    return [{ path: "type", sentence: factSays.fixedType(name, needed) }];
  }
  if (definition.default === undefined) return [];
  const sentence = misfit(name, definition, definition.default);
  return sentence === undefined ? [] : [{ path: "default", sentence }];
}
