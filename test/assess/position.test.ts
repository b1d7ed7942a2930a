import { describe, expect, test } from "vitest";
import type { ChannelRule, Step, WindowRule } from "../../src/model/rulebook.js";
import { hold, is } from "../decide/fixture.js";
import {
  assessAt,
  at,
  closure,
  holdRule,
  positionText,
  RETURN_RULE,
  routeOf,
  STEPS,
  shortTime,
  smallRulebook,
  step,
  timelineText,
  timesText,
} from "./small-rulebook.js";

/** The position of the money and the cause it shows, worked out by hand on `small-rulebook.ts`. */

/** Phase, cause, and `stuckAt`: step, system, milestone, start. */
const position = (...question: Parameters<typeof assessAt>): string => {
  const assessment = assessAt(...question);
  const { cause, phase, stuckAt } = assessment;
  if (stuckAt === undefined) return `${phase}, ${cause}, nowhere`;
  const { step: number, since, system = "-", milestone = "-" } = stuckAt;
  return `${phase}, ${cause}, ${number} ${system} ${milestone} since ${shortTime(since)}`;
};

describe("a system that is down from 01:30 to 03:30", () => {
  const down = smallRulebook({ windows: [closure("mend", "rail", "01:30", "03:30")] });
  // The money enters the rail at 01:00, is processed until 02:00, and leaves at 03:30. At the latest it enters at 03:30.
  test.each([
    ["01:15", "before-expected, none, 1 rail sent since 01:00"],
    ["01:59:59.999", "before-expected, none, 1 rail sent since 01:00"],
    ["02:00", "before-expected, maintenance, 1 rail sent since 01:00"],
    ["03:29:59.999", "before-expected, maintenance, 1 rail sent since 01:00"],
    ["03:30", "before-expected, none, 2 rail settled since 03:30"],
    ["05:30", "before-expected, none, 3 payee.bank credited since 04:30"],
    ["05:30:00.001", "before-latest, none, 2 rail settled since 05:30"],
    ["07:29:59.999", "before-latest, none, 2 rail settled since 05:30"],
    ["07:30", "before-latest, bank-processing, 3 payee.bank credited since 07:30"],
    ["09:30", "before-latest, bank-processing, 3 payee.bank credited since 07:30"],
    ["09:30:00.001", "overdue, none, 0 payer.bank accepted since 00:00"],
  ])("at %s", (now, where) => {
    expect(position(now, "", down)).toBe(where);
  });

  test("is no cause for money past it", () => {
    expect(position("02:45", "01:20 settled", down)).toBe(
      "before-latest, bank-processing, 3 payee.bank credited since 01:20",
    );
    expect(position("02:45", "02:30 accepted", down)).toBe(
      "before-expected, maintenance, 1 rail sent since 02:30",
    );
  });

  test("is the cause on the latest path after the expected time", () => {
    const late = smallRulebook({ windows: [closure("mend", "payee.bank", "05:00", "07:00")] });
    expect(position("04:30", "", late)).toBe("before-latest, none, 2 rail settled since 04:00");
    expect(position("05:59", "", late)).toBe("before-latest, none, 2 rail settled since 04:00");
    expect(position("06:00", "", late)).toBe("before-latest, maintenance, 3 payee.bank credited since 06:00");
    expect(position("07:00", "", late)).toBe(
      "before-latest, bank-processing, 3 payee.bank credited since 06:00",
    );
  });
});

test("stuckAt has the system and the milestone that the step has", () => {
  const takes = { earliest: "PT1H", expected: "PT2H", latest: "PT6H" };
  const keys = (one: object): string[] => {
    const { stuckAt = {} } = assessAt(
      "01:00",
      "",
      smallRulebook({ rules: [routeOf([{ kind: "process", takes, ...one } as Step])] }),
    );
    return Object.keys(stuckAt);
  };
  expect(keys({ system: "rail", milestone: "credited" })).toEqual(["step", "since", "system", "milestone"]);
  expect(keys({ system: "rail" })).toEqual(["step", "since", "system"]);
  expect(keys({ milestone: "credited" })).toEqual(["step", "since", "milestone"]);
  expect(keys({})).toEqual(["step", "since"]);
});

test("a last step without a system has none in the timeline", () => {
  const takes = { earliest: "PT1H", expected: "PT2H", latest: "PT6H" };
  const steps = [{ kind: "process", takes, milestone: "credited" }] as unknown as Step[];
  const { timeline } = assessAt("03:00", "", smallRulebook({ rules: [routeOf(steps)] })).estimate;
  // Two hours until the expected time, and one segment after it.
  expect(timeline.map(({ from }) => shortTime(from))).toEqual(["00:00", "02:00"]);
  expect(timeline.at(-1)).not.toHaveProperty("system");
});

test("at the expected time the cause is that of the latest path", () => {
  // On the latest path the money is on the rail until 04:00, which is down then.
  const down = smallRulebook({ windows: [closure("mend", "rail", "03:30", "04:30")] });
  expect(position("03:59:59.999", "", down)).toBe("before-expected, none, 3 payee.bank credited since 03:00");
  expect(position("04:00", "", down)).toBe("before-expected, maintenance, 3 payee.bank credited since 03:00");
});

describe("the cause of a window is its own, or else maintenance", () => {
  const during = (window: WindowRule): string =>
    assessAt("02:30", "", smallRulebook({ windows: [window] })).cause;
  test.each([
    [{}, "maintenance"],
    [{ cause: "platform" }, "platform"],
    [{ cause: "force-majeure" }, "force-majeure"],
  ])("%j", (more, cause) => {
    const window = closure("w", "rail", "01:30", "03:30", more);
    expect(during(window)).toBe(cause);
    expect(during({ ...window, event: { ...window.event, type: "incident" } })).toBe(cause);
  });

  test("of two windows, the cause is that of the one the money waits for", () => {
    const windows = [
      closure("other", "payee.bank", "01:30", "03:30", { cause: "force-majeure" }),
      closure("this", "rail", "01:30", "03:30", { cause: "platform" }),
    ];
    expect(assessAt("02:30", "", smallRulebook({ windows })).cause).toBe("platform");
    expect(assessAt("02:30", "", smallRulebook({ windows: windows.toReversed() })).cause).toBe("platform");
  });
});

describe("days without settlement", () => {
  const RUN = {
    kind: "settle",
    system: "rail",
    milestone: "credited",
    calendar: "week",
    cutoff: "16:00",
    lag: "T+1",
    at: { earliest: "10:00", expected: "10:00", latest: "18:00" },
  };
  const runs = smallRulebook({ rules: [routeOf([step("rail", RUN)])] });
  const cause = (initiatedAt: string, now: string): string => assessAt(now, "", runs, { initiatedAt }).cause;

  test("weekends have the cause holiday, business days none", () => {
    const friday = "2026-03-13T12:00:00+08:00";
    expect(cause(friday, "+3 12:00")).toBe("none");
    expect(cause(friday, "+4 00:00")).toBe("holiday");
    expect(cause(friday, "+5 23:59:59.999")).toBe("holiday");
    expect(cause(friday, "+6 00:00")).toBe("none");
  });

  test("a payment of the last day but one of the calendar arrives on the last", () => {
    // The calendar ends before the batch of payments after the cutoff, so that the day is known in part.
    const sent = "2026-12-30T12:00:00+08:00";
    const {
      estimate,
      stuckAt,
      cause: why,
    } = assessAt("2026-12-31T00:30:00+08:00", "", runs, { initiatedAt: sent });
    expect([estimate.expected, estimate.latest]).toEqual([
      "2026-12-31T10:00:00+08:00",
      "2026-12-31T18:00:00+08:00",
    ]);
    expect([stuckAt?.since, why]).toEqual([sent, "none"]);
  });

  test("named holidays have the cause holiday", () => {
    const before = "2026-10-02T12:00:00+08:00";
    const then = (now: string): string => {
      const { cause: why } = assessAt(now, "", runs, { initiatedAt: before });
      return why;
    };
    expect(then("2026-10-03T12:00:00+08:00")).toBe("holiday");
  });
});

describe("a planned hold before the milestone sent", () => {
  const params = { cause: "risk-hold", before: "sent", who: "payer-bank" } as const;
  const planned = hold("cool", {
    event: {
      type: "hold",
      params: { for: { earliest: "PT0S", expected: "PT2H", latest: "PT3H" }, ...params },
    },
  });
  const cooled = smallRulebook({
    holds: [holdRule("other", "PT1H", "regulatory", "sent", "police"), planned],
  });

  // Accepted at 01:00, held until 03:00, credited at 06:00; at the latest at 02:00, 05:00 and 11:00.
  test.each([
    ["00:30", "before-expected, none, 0 payer.bank accepted since 00:00"],
    ["01:00", "before-expected, risk-hold, 1 rail sent since 01:00"],
    ["02:59:59.999", "before-expected, risk-hold, 1 rail sent since 01:00"],
    ["03:00", "before-expected, none, 1 rail sent since 03:00"],
    ["10:30", "before-latest, bank-processing, 3 payee.bank credited since 09:00"],
    ["11:00:00.001", "overdue, none, 0 payer.bank accepted since 00:00"],
  ])("counts as the step after it: at %s", (now, where) => {
    expect(position(now, "", cooled)).toBe(where);
  });

  test("is the cause after a report too", () => {
    expect(position("01:00", "00:30 accepted", cooled)).toBe(
      "before-expected, risk-hold, 1 rail sent since 00:30",
    );
    expect(position("08:00", "07:00 accepted", cooled)).toBe(
      "before-expected, risk-hold, 1 rail sent since 07:00",
    );
    expect(position("20:00", "07:00 accepted", cooled)).toBe("overdue, none, 1 rail sent since 09:00");
  });

  test("is no cause once the money is past it", () => {
    expect(position("02:00", "01:30 sent", cooled)).toBe("before-expected, none, 2 rail settled since 01:30");
  });

  test("after the last step counts as the last step", () => {
    const steps = [step("payer.bank", { milestone: "accepted" }), step("rail")];
    const last = smallRulebook({ holds: [planned], rules: [routeOf(steps)] });
    expect(position("02:30", "", last)).toBe("before-expected, risk-hold, 1 rail - since 02:00");
  });
});

describe("a step that takes no time is skipped", () => {
  const no = { takes: "PT0S" };
  test("at the beginning", () => {
    const quick = smallRulebook({
      rules: [routeOf([step("payer.bank", { milestone: "accepted", ...no }), ...STEPS.slice(1)])],
    });
    expect(position("00:00", "", quick)).toBe("before-expected, none, 1 rail sent since 00:00");
  });

  test("at the end", () => {
    const steps = [...STEPS.slice(0, 3), step("payee.bank", { milestone: "credited", ...no })];
    const quick = smallRulebook({ rules: [routeOf(steps)] });
    expect(position("02:59", "", quick)).toBe("before-expected, none, 2 rail settled since 02:00");
    expect(position("03:00", "", quick)).toBe("before-expected, none, 2 rail settled since 02:00");
    expect(position("03:00:00.001", "", quick)).toBe("before-latest, none, 1 rail sent since 02:00");
  });

  test("unless there is no other", () => {
    const quick = smallRulebook({ rules: [routeOf([step("payee.bank", { milestone: "credited", ...no })])] });
    expect(position("00:00", "", quick)).toBe("before-expected, none, 0 payee.bank credited since 00:00");
    expect(position("00:01", "", quick)).toBe("overdue, none, 0 payee.bank credited since 00:00");
  });
});

describe("overdue money is at the first step that no report shows to be done", () => {
  test("which is a step with a milestone", () => {
    const steps = [
      step("payer.bank"),
      step("rail", { milestone: "sent" }),
      step("payee.bank", { milestone: "credited" }),
    ];
    const rulebook = smallRulebook({ rules: [routeOf(steps)] });
    expect(position("07:00", "", rulebook)).toBe("overdue, none, 1 rail sent since 01:00");
    expect(position("07:00", "01:00 sent", rulebook)).toBe(
      "overdue, none, 2 payee.bank credited since 01:00",
    );
  });

  test("or the last step if none has a milestone", () => {
    const rulebook = smallRulebook({ rules: [routeOf([step("payer.bank"), step("rail")])] });
    expect(position("07:00", "", rulebook)).toBe("overdue, none, 1 rail - since 01:00");
  });
});

describe("the cause is bank-processing if the system of the step stands for the bank of payer or payee", () => {
  const at0430 = (system: string, systems?: object): string => {
    const rulebook = smallRulebook({
      rules: [
        routeOf([
          step(system, {
            milestone: "credited",
            takes: { earliest: "PT1H", expected: "PT2H", latest: "PT6H" },
          }),
        ]),
      ],
    });
    const { cause } = assessAt("04:30", "", { ...rulebook, systems: { ...rulebook.systems, ...systems } });
    return cause;
  };
  const title = { zh: "名", en: "name" };
  test.each([
    ["payee.bank", "bank-processing"],
    ["payer.bank", "bank-processing"],
    ["rail", "none"],
    ["nobody", "none"],
  ])("%s: %s", (system, cause) => {
    expect(at0430(system)).toBe(cause);
  });

  test("not for a system that stands for something else", () => {
    expect(at0430("shop", { shop: { title, fact: "currency" } })).toBe("none");
    expect(at0430("bank", { bank: { title, fact: "payee.bank" } })).toBe("bank-processing");
  });

  test("not for a step without a system", () => {
    const steps = [
      {
        kind: "process",
        milestone: "credited",
        takes: { earliest: "PT1H", expected: "PT2H", latest: "PT6H" },
      },
    ];
    expect(position("04:30", "", smallRulebook({ rules: [routeOf(steps as never)] }))).toBe(
      "before-latest, none, 0 - credited since 00:00",
    );
  });

  test("not during a return", () => {
    expect(position("05:30", "01:00 code BACK")).toBe("before-latest, unknown, 0 rail credited since 01:00");
  });
});

describe("a payment that is refused until 06:00", () => {
  const no = (more: Partial<ChannelRule> = {}, params: object = {}): ChannelRule => ({
    name: "no",
    priority: 5,
    event: { type: "refuse", params: { reason: { zh: "停", en: "closed" }, ...params } },
    ...more,
  });
  const early = { conditions: is("initiated.time", "before", "06:00") };
  const night = smallRulebook({ rules: [routeOf(STEPS), RETURN_RULE, no(early)] });

  test.each([
    ["00:00", "", "refused, none, rail, nowhere", "14:00 | 06:00 | 10:00 | 14:00"],
    ["07:00", "", "refused, none, rail, nowhere", "14:00 | 07:00 | 10:00 | 14:00"],
    ["15:00", "", "refused, none, rail, nowhere", "14:00 | 15:00 | 16:00 | 23:00"],
    ["03:00", "02:00 accepted", "accepted, none, rail, step 2 since 03:00", "14:00 | 03:00 | 05:00 | 08:00"],
    ["03:00", "02:00 code GO", "refused, none, rail, nowhere", "14:00 | 06:00 | 10:00 | 14:00"],
    [
      "03:00",
      "02:00 hold look",
      "held, risk-hold, platform, step 1 since 02:00",
      "14:00 | 06:00 | 10:00 | 14:00",
    ],
  ])("at %s after %j", (now, events, where, when) => {
    const assessment = assessAt(now, events, night);
    expect([positionText(assessment), timesText(assessment)]).toEqual([where, when]);
  });

  test.each([
    // Held and released while it is refused, it is refused as before.
    ["02:00 hold look, 03:00 release look", "refused, none, rail, nowhere", "14:00 | 06:00 | 10:00 | 14:00"],
    // Released after 06:00, it was accepted by then.
    [
      "02:00 hold look, 06:30 release look",
      "none, none, rail, step 1 since 07:00",
      "14:00 | 07:15 | 10:00 | 14:00",
    ],
  ])("after %j its position does not start in the future", (events, where, when) => {
    const assessment = assessAt(events.includes("06:30") ? "07:15" : "03:30", events, night);
    expect([positionText(assessment), timesText(assessment)]).toEqual([where, when]);
  });

  test("was accepted if a milestone says so, also one before the start of the path", () => {
    const shortPath = smallRulebook({ rules: [routeOf(STEPS.slice(1)), RETURN_RULE, no(early)] });
    const taken = assessAt("03:30", "02:00 accepted", shortPath);
    expect([positionText(taken), timesText(taken)]).toEqual([
      "accepted, none, rail, step 1 since 03:00",
      "12:00 | 03:30 | 05:00 | 08:00",
    ]);
  });

  test("is closed until then, and has retryAt until something is reported", () => {
    const closed = "00:00 closed, 06:00 processing payer.bank, 07:00 processing rail, 08:00 processing rail";
    const refused = assessAt("07:00", "", night);
    expect(timelineText(refused)).toBe(`${closed}, 09:00 processing payee.bank, 10:00`);
    expect([refused.estimate.outcome, refused.estimate.retryAt]).toEqual(["refused", at("06:00")]);
    expect(refused.estimate.timeline[0]?.rule).toBe("no");
    const taken = assessAt("03:00", "02:00 accepted", night);
    expect(timelineText(taken)).toBe(
      "00:00 closed, 02:00 processing rail, 03:00 processing rail, 04:00 processing payee.bank, 05:00",
    );
    expect([taken.estimate.outcome, "retryAt" in taken.estimate]).toEqual(["credited", false]);
    expect(timelineText(assessAt("03:00", "02:00 credited", night))).toBe("00:00 closed, 02:00");
  });

  test("is due at once and has no position if it is refused for ever", () => {
    const small1 = is("amount", "lessThan", 1);
    const never = smallRulebook({
      rules: [routeOf(STEPS, { conditions: small1 }), no({}, { cause: "customer" })],
    });
    const refused = assessAt("01:00", "", never);
    expect([positionText(refused), timesText(refused), refused.phase]).toEqual([
      "refused, customer, rail, nowhere",
      "00:00 | 01:00 | 01:00 | 01:00",
      "overdue",
    ]);
    expect(timelineText(refused)).toBe("00:00 processing, 01:00");
    expect([refused.estimate.outcome, "retryAt" in refused.estimate]).toEqual(["refused", false]);
    const held = assessAt("03:00", "02:00 hold look", never);
    expect([positionText(held), timesText(held)]).toEqual([
      "held, risk-hold, platform, nowhere",
      "07:00 | 03:00 | 04:00 | 07:00",
    ]);
    const returning = assessAt("03:00", "02:00 code WRONG", never);
    expect([positionText(returning), timesText(returning), returning.estimate.outcome]).toEqual([
      "returning, wrong-details, payer, nowhere",
      "00:00 | 03:00 | 03:00 | 03:00",
      "returned",
    ]);
  });
});

describe("a closure published after the payment extends the deadline", () => {
  const published = { ...closure("flood", "rail", "01:30", "05:30"), published: at("02:00") };
  const flood = smallRulebook({ windows: [published] });
  // With the closure the money leaves the rail at 05:30 and arrives at 07:30; at the latest at 07:30 and 11:30.
  test.each([
    ["01:59:59.999", "", "08:00 | 01:59:59.999 | 04:00 | 08:00", "none"],
    ["02:00", "", "11:30 | 02:00 | 07:30 | 11:30", "maintenance"],
    ["03:00", "", "11:30 | 03:00 | 07:30 | 11:30", "maintenance"],
    ["03:00", "02:30 accepted", "11:30 | 05:30 | 08:30 | 11:30", "maintenance"],
    ["06:00", "05:45 sent", "09:45 | 06:00 | 07:45 | 09:45", "none"],
    ["03:00", "01:15 sent", "09:30 | 03:00 | 06:30 | 07:30", "maintenance"],
  ])("at %s after %j", (now, events, when, cause) => {
    const assessment = assessAt(now, events, flood);
    expect([timesText(assessment), assessment.cause]).toEqual([when, cause]);
    expect(shortTime(assessment.baseline.latest)).toBe("08:00");
  });
});
