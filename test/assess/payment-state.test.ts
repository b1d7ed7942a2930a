import { describe, expect, test } from "vitest";
import type { Rulebook, WindowRule } from "../../src/model/rulebook.js";
import { is } from "../decide/fixture.js";
import {
  assessAt,
  at,
  holdRule,
  noteTexts,
  positionText,
  RETURN_RULE,
  routeOf,
  SMALL_RULEBOOK,
  STEPS,
  smallRulebook,
  step,
  timesText,
} from "./small-rulebook.js";

/** The effect of reports on a payment of `small-rulebook.ts`, worked out by hand. */

describe("position, deadline and estimate", () => {
  test.each([
    // Without reports: an hour for each step, two at the latest.
    ["00:00", "", "none, none, rail, step 0 since 00:00", "08:00 | 00:00 | 04:00 | 08:00"],
    ["02:30", "", "none, none, rail, step 2 since 02:00", "08:00 | 02:30 | 04:00 | 08:00"],
    ["09:00", "", "none, none, rail, step 0 since 00:00", "08:00 | 09:00 | 10:00 | 17:00"],
    // A milestone moves the estimate. The deadline stays, and a delay stays a delay.
    ["03:00", "00:30 accepted", "accepted, none, rail, step 3 since 02:30", "08:00 | 03:00 | 03:30 | 06:30"],
    ["03:00", "02:30 accepted", "accepted, none, rail, step 1 since 02:30", "08:00 | 03:00 | 05:30 | 08:30"],
    ["03:00", "02:30 sent", "sent, none, rail, step 2 since 02:30", "08:00 | 03:00 | 04:30 | 06:30"],
    ["03:00", "02:30 settled", "settled, none, rail, step 3 since 02:30", "08:00 | 03:00 | 03:30 | 04:30"],
    ["06:00", "05:00 sent", "sent, none, rail, step 3 since 06:00", "08:00 | 06:00 | 07:00 | 09:00"],
    ["03:00", "02:30 credited", "credited, none, rail, nowhere", "08:00 | 02:30 | 02:30 | 02:30"],
    [
      "04:00",
      "02:00 sent, 03:00 sent",
      "sent, none, rail, step 3 since 04:00",
      "08:00 | 04:00 | 05:00 | 07:00",
    ],
    // A hold lasts two hours, five at the latest, or until its stated end. It explains no more than that.
    [
      "03:00",
      "02:30 hold look",
      "held, risk-hold, platform, step 1 since 02:30",
      "08:00 | 03:00 | 07:30 | 13:30",
    ],
    [
      "05:00",
      "02:30 hold look",
      "held, risk-hold, platform, step 1 since 02:30",
      "08:00 | 05:00 | 08:00 | 13:30",
    ],
    [
      "02:45",
      "02:30 hold look until 06:00",
      "held, risk-hold, platform, step 1 since 02:30",
      "08:00 | 06:00 | 09:00 | 12:00",
    ],
    [
      "06:00",
      "05:00 hold look",
      "held, risk-hold, platform, step 1 since 05:00",
      "10:00 | 06:00 | 10:00 | 16:00",
    ],
    // A hold that ends before the money reaches it delays nothing.
    [
      "00:20",
      "00:05 hold look, 00:10 release look",
      "none, none, rail, step 0 since 00:00",
      "08:00 | 00:20 | 04:00 | 08:00",
    ],
    [
      "01:00",
      "00:00 hold look, 00:00 release look",
      "none, none, rail, step 1 since 01:00",
      "08:00 | 01:00 | 04:00 | 08:00",
    ],
    // A hold that ends when the money should reach it shows that the money reached it.
    [
      "01:00",
      "00:30 hold look, 01:00 release look",
      "none, none, rail, step 1 since 01:00",
      "08:00 | 01:00 | 04:00 | 07:00",
    ],
    // A past hold explains its actual length, up to its longest normal length.
    [
      "04:00",
      "02:30 hold look, 03:30 release look",
      "none, none, rail, step 1 since 03:30",
      "09:30 | 04:00 | 06:30 | 09:30",
    ],
    [
      "10:00",
      "02:30 hold look, 08:30 release look",
      "none, none, rail, step 2 since 09:30",
      "13:30 | 10:00 | 11:30 | 14:30",
    ],
    [
      "03:30",
      "02:00 hold look, 03:00 sent",
      "sent, none, rail, step 2 since 03:00",
      "08:00 | 03:30 | 05:00 | 07:00",
    ],
    [
      "06:00",
      "02:00 hold look, 05:00 sent",
      "sent, none, rail, step 3 since 06:00",
      "09:00 | 06:00 | 07:00 | 09:00",
    ],
    [
      "11:00",
      "02:00 hold look, 10:00 sent",
      "sent, none, rail, step 3 since 11:00",
      "13:00 | 11:00 | 12:00 | 14:00",
    ],
    [
      "06:00",
      "02:00 hold look, 05:00 sent, 05:30 sent",
      "sent, none, rail, step 2 since 05:30",
      "09:00 | 06:00 | 07:30 | 09:30",
    ],
    // A hold does not explain delays before its own step.
    [
      "08:00",
      "02:00 hold stop, 05:00 accepted, 07:30 release stop",
      "none, none, rail, step 3 since 07:30",
      "09:30 | 08:00 | 08:30 | 09:30",
    ],
    // A milestone before the step of a hold does not end the hold.
    [
      "03:30",
      "02:00 hold stop, 03:00 sent",
      "held, regulatory, police, step 3 since 02:00",
      "12:00 | 12:00 | 13:00 | 14:00",
    ],
    [
      "13:00",
      "02:00 hold stop, 12:30 credited",
      "credited, none, rail, nowhere",
      "12:30 | 12:30 | 12:30 | 12:30",
    ],
    [
      "15:00",
      "02:00 hold stop, 14:30 credited",
      "credited, none, rail, nowhere",
      "14:00 | 14:30 | 14:30 | 14:30",
    ],
    // Two holds stand before their own steps; the one placed last gives the cause.
    [
      "03:00",
      "02:00 hold look, 02:30 hold stop",
      "held, regulatory, police, step 3 since 02:30",
      "12:30 | 12:30 | 13:30 | 14:30",
    ],
    [
      "03:00",
      "02:00 hold stop, 02:30 hold look",
      "held, risk-hold, platform, step 1 since 02:30",
      "12:00 | 12:00 | 13:00 | 14:00",
    ],
    [
      "03:30",
      "02:00 hold look, 02:30 hold stop, 03:00 release stop",
      "held, risk-hold, platform, step 1 since 02:00",
      "08:00 | 03:30 | 07:00 | 13:00",
    ],
    [
      "03:30",
      "02:00 hold look, 02:30 hold stop, 03:00 release look",
      "held, regulatory, police, step 3 since 02:30",
      "12:30 | 12:30 | 13:30 | 14:30",
    ],
    // A return takes 1, 3 or 5 hours from its start, wherever the money was.
    [
      "03:00",
      "02:30 code BACK",
      "returning, unknown, rail, step 0 since 02:30",
      "07:30 | 03:30 | 05:30 | 07:30",
    ],
    [
      "03:00",
      "02:30 code WRONG",
      "returning, wrong-details, payer, step 0 since 02:30",
      "07:30 | 03:30 | 05:30 | 07:30",
    ],
    [
      "03:30",
      "02:00 code BACK, 03:00 code WRONG",
      "returning, wrong-details, payer, step 0 since 02:00",
      "07:00 | 03:30 | 05:00 | 07:00",
    ],
    [
      "03:30",
      "02:00 hold look, 03:00 code BACK",
      "returning, unknown, rail, step 0 since 03:00",
      "08:00 | 04:00 | 06:00 | 08:00",
    ],
    [
      "05:00",
      "01:00 code BACK, 03:00 returned",
      "returned, none, rail, nowhere",
      "06:00 | 03:00 | 03:00 | 03:00",
    ],
    [
      "05:00",
      "01:00 code WRONG, 03:00 returned",
      "returned, wrong-details, payer, nowhere",
      "06:00 | 03:00 | 03:00 | 03:00",
    ],
    [
      "05:00",
      "01:00 code WRONG, 03:00 code SHUT",
      "returned, wrong-details, payer, nowhere",
      "06:00 | 03:00 | 03:00 | 03:00",
    ],
    ["05:00", "03:00 returned", "returned, none, rail, nowhere", "08:00 | 03:00 | 03:00 | 03:00"],
    ["05:00", "03:00 code OVER", "ended, customer, payee, nowhere", "08:00 | 03:00 | 03:00 | 03:00"],
    ["05:00", "03:00 code SHUT", "ended, none, rail, nowhere", "08:00 | 03:00 | 03:00 | 03:00"],
    [
      "05:00",
      "01:00 hold look, 03:00 returned",
      "returned, risk-hold, platform, nowhere",
      "08:00 | 03:00 | 03:00 | 03:00",
    ],
  ])("at %s after %j", (now, events, where, when) => {
    const assessment = assessAt(now, events);
    expect([positionText(assessment), timesText(assessment)]).toEqual([where, when]);
  });

  test("a milestone before the start of the path leaves the money at the start", () => {
    const rulebook = smallRulebook({
      rules: [routeOf([step("rail", { milestone: "sent" }), step("payee.bank", { milestone: "credited" })])],
    });
    const assessment = assessAt("01:30", "00:45 accepted", rulebook);
    expect(positionText(assessment)).toBe("accepted, none, rail, step 1 since 01:00");
    expect(timesText(assessment)).toBe("04:00 | 01:30 | 02:00 | 04:00");
  });

  // This path has no step for accepted: it takes three hours, six at the latest. The hold takes two, five at the latest.
  test.each([
    // The milestone ends the hold, which explains its actual length, up to its longest normal length.
    ["04:30", "00:00 hold first, 04:00 accepted", "step 0 since 04:00", "10:00 | 04:30 | 07:00 | 10:00"],
    ["07:00", "00:00 hold first, 06:00 accepted", "step 1 since 07:00", "11:00 | 07:00 | 09:00 | 12:00"],
    // The same if it was released before.
    [
      "04:30",
      "00:00 hold first, 03:00 release first, 04:15 accepted",
      "step 1 since 04:00",
      "09:00 | 04:30 | 06:00 | 09:00",
    ],
    // An active hold explains its own length.
    ["04:30", "00:00 hold look, 04:00 accepted", "step 0 since 00:00", "06:00 | 04:30 | 07:30 | 11:00"],
  ])(
    "at %s a hold before a path without a step for accepted, %j, explains its length",
    (now, events, where, when) => {
      const holds = [
        ...SMALL_RULEBOOK.holds,
        holdRule(
          "first",
          { earliest: "PT0S", expected: "PT2H", latest: "PT5H" },
          "risk-hold",
          "accepted",
          "platform",
        ),
      ];
      const assessment = assessAt(
        now,
        events,
        smallRulebook({ holds, rules: [routeOf(STEPS.slice(1)), RETURN_RULE] }),
      );
      expect([positionText(assessment).split(", ").at(-1), timesText(assessment)]).toEqual([where, when]);
    },
  );

  test("a milestone after the end of the path puts the money at the end", () => {
    const rulebook = smallRulebook({
      rules: [routeOf([step("rail", { milestone: "sent" }), step("payee.bank")])],
    });
    const assessment = assessAt("01:30", "00:45 settled", rulebook);
    expect(positionText(assessment)).toBe("settled, none, rail, nowhere");
    expect(timesText(assessAt("00:45", "00:45 settled", rulebook))).toBe("04:00 | 00:45 | 00:45 | 00:45");
    expect(timesText(assessment)).toBe("04:00 | 01:30 | 02:30 | 03:30");
  });

  test("a step without a milestone is between those with one", () => {
    const steps = [
      step("payer.bank", { milestone: "accepted" }),
      step("rail"),
      step("payee.bank", { milestone: "credited" }),
    ];
    const assessment = assessAt("01:00", "00:45 accepted", smallRulebook({ rules: [routeOf(steps)] }));
    expect(positionText(assessment)).toBe("accepted, none, rail, step 1 since 00:45");
    expect(timesText(assessment)).toBe("06:00 | 01:00 | 02:45 | 04:45");
  });

  test("a milestone that no step reaches puts the money before the step with the next one", () => {
    const steps = [
      step("payer.bank", { milestone: "accepted" }),
      step("rail"),
      step("rail", { milestone: "settled" }),
      step("payee.bank", { milestone: "credited" }),
    ];
    const assessment = assessAt("01:30", "00:45 sent", smallRulebook({ rules: [routeOf(steps)] }));
    expect(positionText(assessment)).toBe("sent, none, rail, step 2 since 00:45");
    expect(timesText(assessment)).toBe("08:00 | 01:30 | 02:45 | 04:45");
  });
});

test("a day that rules cover in part has estimates like any other", () => {
  const morning = routeOf(STEPS, { conditions: is("initiated.time", "before", "12:00") });
  const rulebook = smallRulebook({ rules: [morning, RETURN_RULE] });
  expect(() => assessAt("13:00", "", rulebook, { initiatedAt: at("12:00") })).toThrow(/cn\.test/);
  // An hour for each step, two at the latest. Money past its expected time is assumed to be in the last step.
  expect(timesText(assessAt("00:00", "", rulebook))).toBe("08:00 | 00:00 | 04:00 | 08:00");
  expect(timesText(assessAt("03:00", "", rulebook))).toBe("08:00 | 03:00 | 04:00 | 08:00");
  expect(timesText(assessAt("05:00", "", rulebook))).toBe("08:00 | 05:00 | 06:00 | 08:00");
});

describe("the cause, and the party that must act", () => {
  test.each([
    ["02:00 code GO", "none, none, rail"],
    ["02:00 code SLOW", "none, platform, platform"],
    ["02:00 code SLOW, 02:30 code GO", "none, platform, platform"],
    ["02:00 code SLOW, 02:30 code ZZ", "none, unknown, rail"],
    ["02:00 code ZZ, 02:30 code SLOW", "none, platform, platform"],
    ["02:00 code SLOW, 02:30 sent", "sent, none, rail"],
    ["02:00 code SLOW, 02:30 hold look", "held, risk-hold, platform"],
    ["02:00 code SLOW, 02:30 hold stop, 02:40 release stop", "none, none, rail"],
    ["02:00 code SLOW, 02:30 code BACK", "returning, unknown, rail"],
    ["02:00 code SENT", "sent, none, rail"],
    ["02:00 code SETTLED", "settled, bank-processing, payee-bank"],
    ["02:00 hold stop, 02:30 code SETTLED", "held, bank-processing, payee-bank"],
    ["02:00 code LOOK", "held, risk-hold, platform"],
    ["02:00 code DESK", "held, manual-review, payee-bank"],
    ["02:00 code THERE", "credited, none, rail"],
    ["02:00 code WRONG, 02:30 code GO", "returning, wrong-details, payer"],
    ["02:00 code WRONG, 02:30 code SLOW", "returning, platform, platform"],
    ["02:00 code WRONG, 02:30 code BACK", "returning, wrong-details, payer"],
  ])("after %j", (events, where) => {
    expect(positionText(assessAt("03:00", events)).split(", ").slice(0, 3).join(", ")).toBe(where);
  });

  test("wrong details are the cause only while the payment is under way", () => {
    const account = { title: { zh: "名", en: "name" }, type: "string", open: true };
    const facts = { ...smallRulebook().facts, "payee.account": account } as Rulebook["facts"];
    const cause = (events: string, rules = [routeOf(STEPS), RETURN_RULE]): string =>
      assessAt("03:00", events, smallRulebook({ facts, rules }), { payee: { account: "closed" } }).cause;
    expect(cause("")).toBe("wrong-details");
    expect(cause("02:00 sent")).toBe("wrong-details");
    expect(cause("02:00 credited")).toBe("none");
    expect(cause("02:00 code SHUT")).toBe("none");
    const no = { type: "refuse" as const, params: { reason: { zh: "停", en: "closed" } } };
    expect(cause("", [{ name: "no", event: no }])).toBe("none");
  });

  test("codes are listed in order of time, each once, known or not", () => {
    expect(assessAt("03:00", "02:00 code ZZ, 01:00 code SLOW, 02:30 code ZZ, 02:40 code GO").codes).toEqual([
      "SLOW",
      "ZZ",
      "GO",
    ]);
    expect(assessAt("03:00", "02:00 sent")).not.toHaveProperty("codes");
  });
});

describe("conflicting reports are noted", () => {
  test.each([
    [
      "02:00 settled, 03:00 accepted",
      ["03:00 regression accepted"],
      "accepted",
      "08:00 | 04:00 | 06:00 | 09:00",
    ],
    [
      "02:00 accepted, 02:00 settled",
      ["02:00 contradiction settled"],
      "settled",
      "08:00 | 04:00 | 04:00 | 04:00",
    ],
    [
      "01:00 accepted, 02:00 sent, 02:00 settled",
      ["02:00 contradiction settled"],
      "settled",
      "08:00 | 04:00 | 04:00 | 04:00",
    ],
    ["00:00 accepted", [], "accepted", "08:00 | 04:00 | 05:00 | 06:00"],
    ["02:00 sent, 03:00 sent", [], "sent", "08:00 | 04:00 | 05:00 | 07:00"],
    [
      "02:00 sent, 03:00 accepted",
      ["03:00 regression accepted"],
      "accepted",
      "08:00 | 04:00 | 06:00 | 09:00",
    ],
    ["02:00 accepted, 03:00 sent", [], "sent", "08:00 | 04:00 | 05:00 | 07:00"],
    [
      "02:00 credited, 03:00 settled",
      ["03:00 regression settled"],
      "settled",
      "08:00 | 04:00 | 04:00 | 05:00",
    ],
    ["02:00 code BACK, 03:00 sent", ["03:00 regression sent"], "sent", "08:00 | 04:00 | 05:00 | 07:00"],
    ["02:00 returned, 03:00 sent", ["03:00 regression sent"], "sent", "08:00 | 04:00 | 05:00 | 07:00"],
    ["02:00 credited, 03:00 credited", [], "credited", "08:00 | 03:00 | 03:00 | 03:00"],
    ["02:00 credited, 03:00 hold look", ["03:00 regression look"], "held", "08:00 | 04:00 | 05:00 | 08:00"],
    ["02:00 code BACK, 03:00 hold look", ["03:00 regression look"], "held", "08:00 | 04:00 | 08:00 | 14:00"],
    ["02:00 hold look, 03:00 hold stop", [], "held", "13:00 | 13:00 | 14:00 | 15:00"],
    [
      "02:00 credited, 03:00 code BACK",
      ["03:00 regression credited"],
      "returning",
      "08:00 | 04:00 | 06:00 | 08:00",
    ],
    ["02:00 sent, 03:00 code BACK", [], "returning", "08:00 | 04:00 | 06:00 | 08:00"],
    ["02:00 release look", ["02:00 release-without-hold look"], "none", "08:00 | 04:00 | 04:00 | 08:00"],
    [
      "02:00 hold look, 03:00 release stop",
      ["03:00 release-without-hold stop"],
      "held",
      "08:00 | 04:00 | 07:00 | 13:00",
    ],
    ["01:00 hold stop, 02:00 hold stop", [], "held", "12:00 | 12:00 | 13:00 | 14:00"],
    [
      "01:00 hold stop, 02:00 hold stop, 03:00 hold stop",
      ["03:00 hold-too-often stop"],
      "held",
      "12:00 | 12:00 | 13:00 | 14:00",
    ],
    ["01:00 hold look, 02:00 hold look, 03:00 hold look", [], "held", "08:00 | 04:00 | 08:00 | 14:00"],
    [
      "02:00 code ZZ, 03:00 code YY",
      ["02:00 unknown-code ZZ", "03:00 unknown-code YY"],
      "none",
      "08:00 | 04:00 | 04:00 | 08:00",
    ],
    ["02:00 code GO", [], "none", "08:00 | 04:00 | 04:00 | 08:00"],
  ])("%j", (events, expectedNotes, status, when) => {
    const assessment = assessAt("04:00", events);
    expect([noteTexts(assessment), assessment.status, timesText(assessment)]).toEqual([
      expectedNotes,
      status,
      when,
    ]);
    expect("notes" in assessment).toBe(expectedNotes.length > 0);
  });

  test("a released hold does not count towards its limit", () => {
    const events =
      "01:00 hold stop, 01:10 release stop, 01:20 hold stop, 01:30 release stop, 01:40 hold stop";
    expect(noteTexts(assessAt("04:00", events))).toEqual([]);
  });

  test("a return is noted if the channel has no rule for returns", () => {
    const rulebook = smallRulebook({ rules: [routeOf([step("rail", { milestone: "credited" })])] });
    const assessment = assessAt("03:00", "01:30 code WRONG", rulebook);
    expect(noteTexts(assessment)).toEqual(["01:30 no-return-rule cn.test"]);
    expect(noteTexts(assessAt("03:00", "01:00 code ZZ, 01:30 code WRONG", rulebook))).toEqual([
      "01:00 unknown-code ZZ",
      "01:30 no-return-rule cn.test",
    ]);
    expect(assessment.status).toBe("returning");
    expect(
      noteTexts(assessAt("03:00", "01:30 code WRONG", smallRulebook({ rules: [routeOf([]), RETURN_RULE] }))),
    ).toEqual([]);
  });
});

test("two matching rules for a return are an error, not a missing rule", () => {
  const rules = [routeOf(STEPS), RETURN_RULE, { ...RETURN_RULE, name: "twin" }];
  expect(() => assessAt("03:00", "01:30 code WRONG", smallRulebook({ rules }))).toThrow(
    expect.objectContaining({ code: "ambiguous-rules" }),
  );
});

test("a late return is assumed to be in its last step", () => {
  const takes = { earliest: "PT1H", expected: "PT1H", latest: "PT2H" };
  const steps = [step("rail", { takes }), step("payer.bank", { takes, milestone: "credited" })];
  const back = {
    name: "back",
    event: { type: "route" as const, params: { outcome: "returned" as const, steps } },
  };
  const rulebook = smallRulebook({ rules: [routeOf(STEPS), back] });
  expect(timesText(assessAt("04:00", "00:30 code BACK", rulebook))).toBe("04:30 | 04:00 | 04:30 | 04:30");
  expect(timesText(assessAt("06:00", "00:30 code BACK", rulebook))).toBe("04:30 | 06:00 | 07:00 | 08:00");
});

test("a payment that arrives at its deadline is in time, and late one millisecond after it", () => {
  const inTime = assessAt("09:00", "08:00 credited");
  expect([inTime.phase, inTime.verdict, "overdueBy" in inTime]).toEqual(["arrived", "normal", false]);
  const late = assessAt("09:00", "08:00:00.001 credited");
  expect([late.phase, late.verdict, late.overdueBy]).toEqual(["arrived-late", "anomalous", "PT0.001S"]);
});

test("late money that reaches an open incident has its certainty and its review", () => {
  const interval = { from: at("09:00"), reviewAt: at("12:00") };
  const params = { systems: ["rail"], effect: "closed", interval };
  const open = { name: "open", event: { type: "incident", params } } as WindowRule;
  const certaintyWithCheck = (events: string): unknown[] => {
    const { estimate, baseline, nextCheckAt } = assessAt("08:45", events, smallRulebook({ windows: [open] }));
    return [estimate.certainty, baseline.certainty, nextCheckAt];
  };
  // On the rail from 08:30 to 09:30, which is down from 09:00. Settled money is past the rail, credited money past all.
  expect(certaintyWithCheck("08:30 accepted")).toEqual(["open-incident", "official", at("12:00")]);
  expect(certaintyWithCheck("08:30 settled")).toEqual(["official", "official", undefined]);
  expect(certaintyWithCheck("08:30 credited")).toEqual(["official", "official", undefined]);
  expect(certaintyWithCheck("07:00 accepted")).toEqual(["open-incident", "official", at("12:00")]);
  expect(certaintyWithCheck("06:59 accepted, 07:59 sent")).toEqual([
    "open-incident",
    "official",
    at("12:00"),
  ]);
  expect(certaintyWithCheck("02:00 accepted")).toEqual(["official", "official", undefined]);
  expect(certaintyWithCheck("08:30 accepted, 08:40 returned")).toEqual(["official", "official", undefined]);
  // Money held until 10:00 at the latest reaches it, and so does money that is still held now.
  expect(certaintyWithCheck("05:00 hold look").slice(0, 2)).toEqual(["open-incident", "official"]);
  expect(certaintyWithCheck("01:30 hold look").slice(0, 2)).toEqual(["open-incident", "official"]);
  expect(certaintyWithCheck("08:30 accepted, 08:40 hold look until 13:00")).toEqual([
    "official",
    "official",
    at("13:00:00.001"),
  ]);
  expect(certaintyWithCheck("01:30 hold look, 02:00 release look").slice(0, 2)).toEqual([
    "official",
    "official",
  ]);
});
