import { describe, expect, test } from "vitest";
import type { Assessment } from "../../src/index.js";
import type { Condition, Rulebook, VerdictRule } from "../../src/model/rulebook.js";
import { is } from "../decide/fixture.js";
import { assessAt, at, closure, routeOf, shortTime, smallRulebook, step, verdict } from "./small-rulebook.js";

/**
 * Verdict rules of many kinds, each written twice: as conditions and as a predicate on the assessment. The predicates give
 * the rule that must decide; assessments at many instants give the time at which the verdict must change.
 */

interface DoubleRule {
  readonly name: string;
  readonly verdict: "normal" | "anomalous";
  readonly conditions: Condition;
  readonly holds: (one: Assessment) => boolean;
}

const MINUTE = 60_000;

/** Whole minutes overdue, now or at the arrival. */
function minutesOf({ now, deadline, estimate, phase }: Assessment): number {
  const end = phase.startsWith("arrived") ? estimate.expected : now;
  return Math.max(0, Math.floor((Date.parse(end) - Date.parse(deadline)) / MINUTE));
}

const rule = (
  name: string,
  found: "normal" | "anomalous",
  conditions: Condition,
  holds: DoubleRule["holds"],
): DoubleRule => ({ name, verdict: found, conditions, holds });

const phase = (...phases: string[]): DoubleRule =>
  rule("phase", "anomalous", is("assessment.phase", "in", phases), (one) => phases.includes(one.phase));
const grace = (operator: string, minutes: number, holds: (late: number) => boolean): DoubleRule => {
  const overdue = is("assessment.phase", "equal", "overdue");
  const late = is("assessment.overdueMinutes", operator, minutes);
  return rule(
    "grace",
    "anomalous",
    { all: [overdue, late] },
    (one) => one.phase === "overdue" && holds(minutesOf(one)),
  );
};
const cause = (operator: string, value: unknown, holds: (cause: string) => boolean): DoubleRule =>
  rule("cause", "anomalous", is("assessment.cause", operator, value), (one) => holds(one.cause));
const status = (...values: string[]): DoubleRule =>
  rule("status", "anomalous", is("assessment.status", "in", values), (one) => values.includes(one.status));
const system = (value: string): DoubleRule =>
  rule(
    "system",
    "anomalous",
    is("assessment.system", "equal", value),
    (one) => (one.stuckAt?.system ?? "none") === value,
  );
const certainty = (value: string): DoubleRule =>
  rule(
    "certainty",
    "anomalous",
    is("assessment.certainty", "equal", value),
    (one) => one.estimate.certainty === value,
  );
const amount = (least: number): DoubleRule =>
  rule("amount", "anomalous", is("amount", "greaterThanInclusive", least), () => 1000 >= least);
const weekday = (day: string): DoubleRule =>
  rule("weekday", "anomalous", is("initiated.weekday", "equal", day), () => day === "tue");
const channel = rule("channel", "anomalous", is("channel", "equal", "cn.test"), () => true);

/** The conjunction of the rules. */
const both = (one: DoubleRule, ...others: DoubleRule[]): DoubleRule => ({
  ...one,
  conditions: { all: [one, ...others].map(({ conditions }) => conditions) },
  holds: (assessment) => [one, ...others].every(({ holds }) => holds(assessment)),
});

const normal = (one: DoubleRule): DoubleRule => ({ ...one, name: `${one.name}-normal`, verdict: "normal" });
const LATE = rule(
  "late",
  "anomalous",
  is("assessment.phase", "in", ["overdue", "arrived-late"]),
  (one) => one.phase === "overdue" || one.phase === "arrived-late",
);
const REST = rule("rest", "normal", { any: [] }, () => true);

/** Rules by priority, the lowest first. */
const KINDS: readonly (readonly [string, readonly DoubleRule[]])[] = [
  ["late payments", [LATE]],
  ["nothing", []],
  ["everything", [channel]],
  ["payments past their expected time", [phase("before-latest", "overdue")]],
  ["only payments between expected and latest", [phase("before-latest")]],
  ["only payments before their expected time", [phase("before-expected")]],
  ["payments that arrived late", [phase("arrived-late")]],
  ["after half an hour", [grace("greaterThanInclusive", 30, (late) => late >= 30)]],
  ["after more than half an hour", [grace("greaterThan", 30, (late) => late > 30)]],
  ["after half a minute more", [grace("greaterThanInclusive", 30.5, (late) => late >= 30.5)]],
  ["for less than half an hour", [grace("lessThan", 30, (late) => late < 30)]],
  ["for half an hour", [grace("lessThanInclusive", 30, (late) => late <= 30)]],
  ["at one minute only", [grace("equal", 30, (late) => late === 30)]],
  ["except in one minute", [grace("notEqual", 0, (late) => late !== 0)]],
  [
    "after half an hour, except between one and two hours",
    [
      grace("greaterThanInclusive", 30, (late) => late >= 30),
      normal(
        both(
          grace("greaterThanInclusive", 60, (late) => late >= 60),
          grace("lessThan", 120, (late) => late < 120),
        ),
      ),
    ],
  ],
  ["during maintenance", [cause("equal", "maintenance", (why) => why === "maintenance")]],
  ["during a failure of the platform", [LATE, cause("equal", "platform", (why) => why === "platform")]],
  ["during bank processing", [LATE, cause("equal", "bank-processing", (why) => why === "bank-processing")]],
  ["without a cause", [LATE, cause("equal", "none", (why) => why === "none")]],
  [
    "unless a review explains it",
    [phase("before-latest", "overdue"), normal(cause("equal", "risk-hold", (why) => why === "risk-hold"))],
  ],
  [
    "late payments with a cause",
    [
      both(
        LATE,
        cause("notEqual", "none", (why) => why !== "none"),
      ),
    ],
  ],
  ["held payments", [LATE, status("held")]],
  ["late payments that are held or returned", [both(LATE, status("held", "returning", "returned"))]],
  ["payments stuck at the rail", [LATE, system("rail")]],
  ["payments stuck at a bank, late or not", [system("payee.bank")]],
  ["payments without a position", [LATE, system("none")]],
  ["while an incident is open", [LATE, certainty("open-incident")]],
  ["late payments with official times", [both(LATE, certainty("official"))]],
  ["large amounts past their expected time", [LATE, both(phase("before-latest"), amount(500))]],
  ["larger amounts than that of the payment", [LATE, both(phase("before-latest"), amount(5000))]],
  [
    "large amounts during maintenance",
    [
      LATE,
      both(
        cause("equal", "maintenance", (why) => why === "maintenance"),
        amount(500),
      ),
    ],
  ],
  [
    "large amounts half an hour late without a cause",
    [
      both(
        grace("greaterThanInclusive", 30, (late) => late >= 30),
        cause("equal", "none", (why) => why === "none"),
        amount(500),
      ),
    ],
  ],
  ["payments of that weekday", [LATE, both(phase("before-latest"), weekday("tue"))]],
  ["payments of another weekday", [LATE, both(phase("before-latest"), weekday("wed"))]],
];

const verdictRules = (kinds: readonly DoubleRule[]): VerdictRule[] =>
  [REST, ...kinds]
    .map((one, index) => verdict(one.name, index + 1, one.verdict, one === REST ? undefined : one.conditions))
    .reverse();

const incident = {
  ...closure("down", "payee.bank", "03:30", "06:00"),
  event: {
    type: "incident",
    params: {
      systems: ["payee.bank"],
      effect: "closed",
      cause: "platform",
      interval: { from: at("03:30"), reviewAt: at("05:00"), recovery: "PT1H" },
    },
  },
} as const;

const WORLDS: readonly (readonly [string, Partial<Rulebook>])[] = [
  ["no closure", {}],
  ["maintenance at the rail", { windows: [closure("mend", "rail", "01:30", "05:30")] }],
  ["maintenance on the latest path only", { windows: [closure("mend", "payee.bank", "05:00", "07:30")] }],
  ["an open incident", { windows: [incident as never] }],
];

const REPORTS = [
  "",
  "00:00 code GO",
  "00:30 accepted",
  "00:30 hold look",
  "00:30 hold look until 07:00",
  "00:10 hold look, 00:40 release look",
  "00:30 code WRONG",
  "00:30 code SLOW",
  "00:10 accepted, 00:30 settled",
  "00:30 credited",
  "00:30 returned",
];

/** Every half hour for seventeen hours, with the milliseconds around it and the minute after it. */
const INSTANTS = Array.from({ length: 34 }, (_, n) => Date.parse(at("01:00")) + n * 30 * MINUTE).flatMap(
  (one) => [one - 1, one, one + 1, one + MINUTE],
);

const iso = (ms: number): string => new Date(ms + 8 * 60 * MINUTE).toISOString().replace("Z", "+08:00");

/** Compares rule and next check at every instant: with the highest rule whose predicate holds, and the next other verdict. */
function mismatches(rulebook: Rulebook, kinds: readonly DoubleRule[], events: string): unknown[] {
  const answers = INSTANTS.map((now) => ({ now, one: assessAt(iso(now), events, rulebook) }));
  const found: unknown[] = [];
  for (const [index, { now, one }] of answers.entries()) {
    const wanted = [REST, ...kinds].findLast(({ holds }) => holds(one));
    if (one.rule !== wanted?.name)
      found.push([shortTime(one.now), "has the rule", one.rule, "and not", wanted?.name]);
    const next = answers.slice(index + 1).find((later) => later.one.verdict !== one.verdict)?.now;
    const reviewed =
      one.estimate.certainty === "open-incident" && now < Date.parse(at("05:00"))
        ? Date.parse(at("05:00"))
        : undefined;
    const review = one.phase.startsWith("arrived") || one.status !== "none" ? undefined : reviewed;
    const turn = Math.min(next ?? Number.POSITIVE_INFINITY, review ?? Number.POSITIVE_INFINITY);
    const nextCheck = one.nextCheckAt === undefined ? Number.POSITIVE_INFINITY : Date.parse(one.nextCheckAt);
    if (nextCheck !== turn && !(one.estimate.certainty === "open-incident" && nextCheck === reviewed))
      found.push([
        shortTime(one.now),
        "turns",
        one.nextCheckAt && shortTime(one.nextCheckAt),
        "and not",
        iso(turn === Number.POSITIVE_INFINITY ? 0 : turn),
      ]);
  }
  return found.slice(0, 3);
}

/** Each world takes a quarter of the reports, the next world another quarter, so that every kind sees all of them. */
describe.each(KINDS.map(([name, kinds], index) => ({ name, kinds, index })))("anomalous: $name", (kind) => {
  test.each(WORLDS.map(([name, world], index) => ({ name, world, index })))("$name", ({ world, index }) => {
    const rulebook = smallRulebook({ ...world, verdicts: verdictRules(kind.kinds) });
    for (const [n, events] of REPORTS.entries())
      if ((n + index + kind.index) % 4 === 0)
        expect([events, mismatches(rulebook, kind.kinds, events)]).toEqual([events, []]);
  });
});

test("a rule on the system turns when late money should reach the next system, also past the deadline", () => {
  const steps = [
    step("payer.bank", { milestone: "accepted" }),
    step("rail"),
    step("payee.bank", { milestone: "credited" }),
  ];
  const verdicts = [
    verdict("bank", 2, "anomalous", is("assessment.system", "equal", "payee.bank")),
    verdict("rest", 1, "normal"),
  ];
  const rulebook = smallRulebook({ rules: [routeOf(steps)], verdicts });
  // Due at 06:00. Accepted at 07:30, so that it should pass the rail at 08:30; the rail has no milestone to report.
  const at0800 = assessAt("08:00", "07:30 accepted", rulebook);
  expect([at0800.phase, at0800.verdict, at0800.nextCheckAt]).toEqual(["overdue", "normal", at("08:30")]);
  expect(assessAt("08:29:59.999", "07:30 accepted", rulebook).verdict).toBe("normal");
  expect(assessAt("08:30", "07:30 accepted", rulebook).verdict).toBe("anomalous");
});
