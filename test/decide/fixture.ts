import { type Calendars, compileCalendars } from "../../src/calendar/compile.js";
import { compileDeciders, type Decider } from "../../src/decide/decider.js";
import type { Place } from "../../src/model/place.js";
import type {
  CalendarFile,
  ChannelRule,
  Condition,
  FactDefinition,
  HoldRule,
  Rulebook,
  WindowRule,
} from "../../src/model/rulebook.js";
import { type Instant, parseInstant } from "../../src/time/instant.js";

/** A small rulebook with the channel `cn.test` and the calendar `week` for 2026. */

const title = { zh: "名", en: "name" };

export const FACTS: Readonly<Record<string, FactDefinition>> = {
  amount: { title, type: "number", minimum: 0 },
  currency: { title, type: "string", values: ["CNY", "HKD"], open: true, default: "CNY" },
  speed: { title, type: "string", values: ["realtime", "regular", "next-day"] },
  mode: { title, type: "string", values: ["realtime", "regular", "next-day"] },
  count: { title, type: "number", minimum: 0, maximum: 10 },
  sameBank: { title, type: "boolean" },
  sameName: { title, type: "boolean", default: false },
  "payer.bank": { title, type: "string", values: ["icbc", "abc"], open: true },
  "payee.bank": { title, type: "string", values: ["icbc", "abc"], open: true },
};

/** The named holidays and the makeup workdays of 2026. */
export const HOLIDAYS = ["2026-02-16", "2026-02-17", "2026-02-18", "2026-10-03"];
export const WORKED = ["2026-02-14", "2026-02-28"];

export const WEEK: CalendarFile = {
  id: "week",
  title,
  zone: "Asia/Shanghai",
  weekend: ["sat", "sun"],
  coverage: { from: "2026-01-01", to: "2026-12-31" },
  years: {
    "2026": {
      holidays: HOLIDAYS.map((day) => ({ name: "休", from: day, to: day })),
      workdays: [...WORKED],
    },
  },
};

export const calendars = (): Calendars => compileCalendars({ week: WEEK });

interface Parts {
  rules?: readonly ChannelRule[];
  windows?: readonly WindowRule[];
  holds?: readonly HoldRule[];
  conditions?: Readonly<Record<string, Condition>>;
  facts?: Readonly<Record<string, FactDefinition>>;
  zone?: string;
  /** With `false` the channel has no calendar. */
  calendar?: boolean;
}

export const rulebookOf = (parts: Parts): Rulebook => ({
  version: "test",
  calendars: { week: WEEK },
  facts: parts.facts ?? FACTS,
  systems: {},
  conditions: parts.conditions ?? {},
  channels: {
    "cn.test": {
      channel: "cn.test",
      title,
      zone: parts.zone ?? "Asia/Shanghai",
      ...(parts.calendar === false ? {} : { calendar: "week" }),
      rules: [...(parts.rules ?? [])],
      examples: [],
    },
  },
  windows: parts.windows ?? [],
  holds: parts.holds ?? [],
  reasons: {},
  verdicts: [],
  texts: {},
});

export const deciderOf = (rulebook: Rulebook): Decider =>
  compileDeciders(rulebook, calendars()).get("cn.test") as Decider;

export const route = (name: string, more: Partial<ChannelRule> = {}): ChannelRule => ({
  name,
  event: { type: "route", params: { steps: [{ kind: "process", takes: "PT0S", milestone: "credited" }] } },
  ...more,
});

export const returning = (name: string, system?: string): ChannelRule => ({
  name,
  event: {
    type: "route",
    params: { outcome: "returned", steps: [{ kind: "process", takes: "P1D", ...(system && { system }) }] },
  },
});

/** A route on the system that `closing` closes. */
export const onHvps = (name: string): ChannelRule =>
  route(name, {
    event: { type: "route", params: { steps: [{ kind: "process", system: "hvps", takes: "PT0S" }] } },
  });

export const hold = (name: string, more: Partial<HoldRule> = {}): HoldRule => ({
  name,
  title,
  event: { type: "hold", params: { for: "PT24H", cause: "risk-hold", before: "sent", who: "payer-bank" } },
  ...more,
});

export const closing = (name: string, conditions?: Condition): WindowRule => ({
  name,
  ...(conditions === undefined ? {} : { conditions }),
  event: { type: "maintenance", params: { systems: ["hvps"], effect: "closed" } },
});

export const is = (fact: string, operator: string, value: unknown): Condition => ({
  all: [{ fact, operator, value }],
});

/** Locates problems by path only. */
export const byPath = (_: object, path = ""): Place => ({ path });

export function at(text: string): Instant {
  const instant = parseInstant(text);
  if (typeof instant === "string") throw new Error(`${text}: ${instant}`);
  return instant;
}
