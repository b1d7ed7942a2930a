import { assess } from "../../src/assess/assess.js";
import type { Assessment, PaymentEvent } from "../../src/index.js";
import type {
  CauseCategory,
  ChannelRule,
  Condition,
  HoldRule,
  Party,
  Reason,
  Rulebook,
  Step,
  VerdictRule,
  WindowRule,
} from "../../src/model/rulebook.js";
import { compileReader } from "../../src/payment/parsed-payment.js";
import { compileSnapshots, type Snapshots } from "../../src/pieces/snapshots.js";
import { hold, is, rulebookOf } from "../decide/fixture.js";

/**
 * A rulebook small enough to work out by hand. On `cn.test` money is accepted, sent, settled and credited. Each step takes
 * 0 (earliest), 1 (expected) or 2 (latest) hours. The payment is made on Tuesday 2026-03-10 at 00:00: expected at 04:00,
 * deadline at 08:00. A return takes 1, 3 or 5 hours.
 */

const title = { zh: "名", en: "name" };
const spread = { earliest: "PT0S", expected: "PT1H", latest: "PT2H" };

export const step = (system: string, more: object = {}): Step =>
  ({ kind: "process", system, takes: spread, ...more }) as Step;

export const STEPS: readonly Step[] = [
  step("payer.bank", { milestone: "accepted" }),
  step("rail", { milestone: "sent" }),
  step("rail", { milestone: "settled" }),
  step("payee.bank", { milestone: "credited" }),
];

export const routeOf = (steps: readonly Step[], more: Partial<ChannelRule> = {}): ChannelRule => ({
  name: "way",
  event: { type: "route", params: { steps: [...steps] } },
  ...more,
});

export const RETURN_RULE: ChannelRule = {
  name: "back",
  event: {
    type: "route",
    params: {
      outcome: "returned",
      steps: [
        {
          kind: "process",
          system: "rail",
          milestone: "credited",
          takes: { earliest: "PT1H", expected: "PT3H", latest: "PT5H" },
        },
      ],
    },
  },
};

export const holdRule = (
  name: string,
  length: HoldRule["event"]["params"]["for"],
  cause: CauseCategory,
  before: HoldRule["event"]["params"]["before"],
  who: Party,
  more: object = {},
): HoldRule =>
  hold(name, {
    inFlight: true,
    event: { type: "hold", params: { for: length, cause, before, who, ...more } },
  });

const HOLDS: readonly HoldRule[] = [
  holdRule("look", { earliest: "PT0S", expected: "PT2H", latest: "PT5H" }, "risk-hold", "sent", "platform"),
  holdRule("stop", "PT10H", "regulatory", "credited", "police", { atMost: 2 }),
];

const REASONS: Readonly<Record<string, Reason>> = {
  GO: { title, effect: "continue" },
  SLOW: { title, effect: "continue", cause: "platform", who: "platform" },
  SENT: { title, effect: "milestone", milestone: "sent" },
  SETTLED: { title, effect: "milestone", milestone: "settled", cause: "bank-processing", who: "payee-bank" },
  LOOK: { title, effect: "hold", hold: "look" },
  DESK: { title, effect: "hold", hold: "look", cause: "manual-review", who: "payee-bank" },
  BACK: { title, effect: "return" },
  WRONG: { title, effect: "return", cause: "wrong-details", who: "payer" },
  THERE: { title, effect: "arrived" },
  OVER: { title, effect: "end", cause: "customer", who: "payee" },
  SHUT: { title, effect: "end" },
};

export const verdict = (
  name: string,
  priority: number,
  assessAt: "normal" | "anomalous",
  conditions?: Condition,
  advice: Partial<VerdictRule["event"]["params"]["advice"]> = {},
): VerdictRule => ({
  name,
  priority,
  ...(conditions && { conditions }),
  event: {
    type: "verdict",
    params: {
      verdict: assessAt,
      severity: "info",
      reason: "reason.why",
      advice: { who: "rail", action: "advice.do", ...advice },
    },
  },
});

export const VERDICTS: readonly VerdictRule[] = [
  verdict("late", 2, "anomalous", is("assessment.phase", "in", ["overdue", "arrived-late"])),
  verdict("rest", 1, "normal"),
];

export const smallRulebook = (
  parts: Partial<Rulebook> & { rules?: readonly ChannelRule[] } = {},
): Rulebook => {
  const { rules = [routeOf(STEPS), RETURN_RULE], ...rest } = parts;
  return {
    ...rulebookOf({ rules }),
    systems: {
      rail: { title, zone: "Asia/Shanghai" },
      "payer.bank": { title, zone: "Asia/Shanghai", fact: "payer.bank" },
      "payee.bank": { title, zone: "Asia/Shanghai", fact: "payee.bank" },
    },
    holds: HOLDS,
    reasons: REASONS,
    verdicts: VERDICTS,
    ...rest,
  } as Rulebook;
};

export const SMALL_RULEBOOK = smallRulebook();

/** The instant of `HH:MM` on that day, or of `+n HH:MM` n days later. ISO texts are returned as they are. */
export function at(text: string): string {
  if (text.includes("T")) return text;
  const [, days = "0", time] = /^(?:\+(\d+) )?(\d\d:\d\d(?::[\d.]+)?)$/.exec(text) ?? [];
  if (time === undefined) throw new Error(`no time: ${text}`);
  return `2026-03-${10 + Number(days)}T${time.length === 5 ? `${time}:00` : time}+08:00`;
}

/** The inverse of `at`. */
export function shortTime(iso: string): string {
  const [, day, time = ""] = /^2026-03-(\d\d)T(.*)\+08:00$/.exec(iso) ?? [];
  const days = Number(day) - 10;
  return `${days === 0 ? "" : `+${days} `}${time.replace(/^(\d\d:\d\d):00$/, "$1")}`;
}

/** Parses `01:30 accepted`, `02:00 hold look until 03:00`, `03:00 release look`, `04:00 code GO`. */
function parseEvent(text: string): PaymentEvent {
  const [, when = "", kind, name = "", until] =
    /^((?:\+\d+ )?\S+) (?:(hold|release|code) )?(\S+)(?: until (.+))?$/.exec(text) ?? [];
  if (kind === undefined) return { at: at(when), milestone: name as "sent" };
  return { at: at(when), [kind]: name, ...(until && { until: at(until) }) } as unknown as PaymentEvent;
}

export const parseEvents = (text: string): PaymentEvent[] =>
  text === "" ? [] : text.split(", ").map(parseEvent);

export const PAYMENT = { channel: "cn.test", amount: "1000.00", initiatedAt: at("00:00") };

const compiled = new WeakMap<Rulebook, { snapshots: Snapshots; read: ReturnType<typeof compileReader> }>();

/** The assessment at `now` with the events. */
export function assessAt(
  now: string,
  events = "",
  rulebook: Rulebook = SMALL_RULEBOOK,
  more: object = {},
): Assessment {
  const known = compiled.get(rulebook) ?? {
    snapshots: compileSnapshots(rulebook),
    read: compileReader(rulebook),
  };
  compiled.set(rulebook, known);
  return assess(known.snapshots, known.read({ ...PAYMENT, ...more }), {
    now: at(now),
    events: parseEvents(events),
  });
}

/** Status, cause, acting party, and position with its start. */
export function positionText({ status, cause, advice, stuckAt }: Assessment): string {
  const where = stuckAt === undefined ? "nowhere" : `step ${stuckAt.step} since ${shortTime(stuckAt.since)}`;
  return `${status}, ${cause}, ${advice.who}, ${where}`;
}

/** The deadline, and the three bounds of the estimate. */
export const timesText = ({ deadline, estimate }: Assessment): string =>
  [deadline, estimate.earliest, estimate.expected, estimate.latest].map(shortTime).join(" | ");

export const noteTexts = ({ notes = [] }: Assessment): string[] =>
  notes.map(({ kind, at: when, about }) => `${shortTime(when)} ${kind} ${about}`);

/** The timeline: start and cause of each segment, and its end unless the next segment starts there. */
export const timelineText = ({ estimate: { timeline } }: Assessment): string =>
  timeline
    .flatMap(({ from, to, cause, system, name }, index) => {
      const stay = [shortTime(from), cause, system ?? name].filter((one) => one !== undefined).join(" ");
      return to === timeline[index + 1]?.from ? [stay] : [stay, shortTime(to)];
    })
    .join(", ");

/** A maintenance window of one system. */
export const closure = (
  name: string,
  system: string,
  from: string,
  until: string,
  more: object = {},
): WindowRule => ({
  name,
  event: {
    type: "maintenance",
    params: { systems: [system], effect: "closed", interval: { from: at(from), until: at(until) }, ...more },
  },
});
