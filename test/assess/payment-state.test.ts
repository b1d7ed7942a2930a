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
  timelineText,
  timesText,
} from "./small-rulebook.js";

/** What reports make of a payment of `small.ts`, worked out with a clock. */

describe("where the money is, and by when it should be there", () => {
  test.each([
    // Nothing is known: an hour for each step, two at the latest.
    ["00:00", "", "none, none, rail, step 0 since 00:00", "08:00 | 00:00 | 04:00 | 08:00"],
    ["02:30", "", "none, none, rail, step 2 since 02:00", "08:00 | 02:30 | 04:00 | 08:00"],
    ["09:00", "", "none, none, rail, step 0 since 00:00", "08:00 | 09:00 | 10:00 | 17:00"],
    // Milestones: what was early moves what is expected; the deadline stays, and what was late stays late.
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
    // A hold takes two hours, five at the latest, or until its own end; while it lasts it explains its own length.
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
    // Over before the money comes to it, it holds up nothing.
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
    // Over when the money comes to it, it shows that the money came.
    [
      "01:00",
      "00:30 hold look, 01:00 release look",
      "none, none, rail, step 1 since 01:00",
      "08:00 | 01:00 | 04:00 | 07:00",
    ],
    // Once it is over, so is what it took, but no more than it may take.
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
    // What stands further on does not explain what was late before it.
    [
      "08:00",
      "02:00 hold stop, 05:00 accepted, 07:30 release stop",
      "none, none, rail, step 3 since 07:30",
      "09:30 | 08:00 | 08:30 | 09:30",
    ],
    // A milestone before that of the hold does not end it.
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
    // Of two holds each stands before its own step, and the last that was placed says why.
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
    // A return takes one, three or five hours from when the money turned, whatever it was in before.
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

  test("a milestone that the way begins behind leaves the money where it set out", () => {
    const rulebook = smallRulebook({
      rules: [routeOf([step("rail", { milestone: "sent" }), step("payee.bank", { milestone: "credited" })])],
    });
    const assessment = assessAt("01:30", "00:45 accepted", rulebook);
    expect(positionText(assessment)).toBe("accepted, none, rail, step 1 since 01:00");
    expect(timesText(assessment)).toBe("04:00 | 01:30 | 02:00 | 04:00");
  });

  // Without an acceptance of its own the way takes three hours, six at the latest; the check before it two, or five.
  test.each([
    // The check ended with the acceptance, and explains what it took, but no more than it may take.
    ["04:30", "00:00 hold first, 04:00 accepted", "step 0 since 04:00", "10:00 | 04:30 | 07:00 | 10:00"],
    ["07:00", "00:00 hold first, 06:00 accepted", "step 1 since 07:00", "11:00 | 07:00 | 09:00 | 12:00"],
    // So it does where it was released before.
    [
      "04:30",
      "00:00 hold first, 03:00 release first, 04:15 accepted",
      "step 1 since 04:00",
      "09:00 | 04:30 | 06:00 | 09:00",
    ],
    // One that still stands explains its own length.
    ["04:30", "00:00 hold look, 04:00 accepted", "step 0 since 00:00", "06:00 | 04:30 | 07:30 | 11:00"],
  ])(
    "at %s what is held before a way that begins behind the acceptance, %j, is late by that",
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

  test("a milestone that the way never reaches lies behind it", () => {
    const rulebook = smallRulebook({
      rules: [routeOf([step("rail", { milestone: "sent" }), step("payee.bank")])],
    });
    const assessment = assessAt("01:30", "00:45 settled", rulebook);
    expect(positionText(assessment)).toBe("settled, none, rail, nowhere");
    expect(timesText(assessAt("00:45", "00:45 settled", rulebook))).toBe("04:00 | 00:45 | 00:45 | 00:45");
    expect(timesText(assessment)).toBe("04:00 | 01:30 | 02:30 | 03:30");
  });

  test("a step that reaches nothing lies between those that do", () => {
    const steps = [
      step("payer.bank", { milestone: "accepted" }),
      step("rail"),
      step("payee.bank", { milestone: "credited" }),
    ];
    const assessment = assessAt("01:00", "00:45 accepted", smallRulebook({ rules: [routeOf(steps)] }));
    expect(positionText(assessment)).toBe("accepted, none, rail, step 1 since 00:45");
    expect(timesText(assessment)).toBe("06:00 | 01:00 | 02:45 | 04:45");
  });

  test("a milestone that the way leaves out lies before the step that reaches more", () => {
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

test("on a day of which a part has no rule money is due as on any other", () => {
  const morning = routeOf(STEPS, { conditions: is("initiated.time", "before", "12:00") });
  const rulebook = smallRulebook({ rules: [morning, RETURN_RULE] });
  expect(() => assessAt("13:00", "", rulebook, { initiatedAt: at("12:00") })).toThrow(/cn\.test/);
  // An hour of each step as expected, and two at the latest; what is late is taken to be in the last step.
  expect(timesText(assessAt("00:00", "", rulebook))).toBe("08:00 | 00:00 | 04:00 | 08:00");
  expect(timesText(assessAt("03:00", "", rulebook))).toBe("08:00 | 03:00 | 04:00 | 08:00");
  expect(timesText(assessAt("05:00", "", rulebook))).toBe("08:00 | 05:00 | 06:00 | 08:00");
});

describe("what is said of the cause, and of who must act", () => {
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

  test("wrong details explain what is under way, and nothing of what arrived or was refused", () => {
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

  test("codes are told in order, each once, known or not", () => {
    expect(assessAt("03:00", "02:00 code ZZ, 01:00 code SLOW, 02:30 code ZZ, 02:40 code GO").codes).toEqual([
      "SLOW",
      "ZZ",
      "GO",
    ]);
    expect(assessAt("03:00", "02:00 sent")).not.toHaveProperty("codes");
  });
});

describe("what does not fit together is noted", () => {
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
  ])("%j", (events, said, status, when) => {
    const assessment = assessAt("04:00", events);
    expect([noteTexts(assessment), assessment.status, timesText(assessment)]).toEqual([said, status, when]);
    expect("notes" in assessment).toBe(said.length > 0);
  });

  test("a hold that was released counts no more among those that it may have", () => {
    const twice = "01:00 hold stop, 01:10 release stop, 01:20 hold stop, 01:30 release stop, 01:40 hold stop";
    expect(noteTexts(assessAt("04:00", twice))).toEqual([]);
  });

  test("a return is noted where the channel has no rule for one, and its time is not known", () => {
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

test("two rules for one return are an error, and not a return that no rule knows", () => {
  const rules = [routeOf(STEPS), RETURN_RULE, { ...RETURN_RULE, name: "twin" }];
  expect(() => assessAt("03:00", "01:30 code WRONG", smallRulebook({ rules }))).toThrow(
    expect.objectContaining({ code: "ambiguous-rules" }),
  );
});

test("a return that is late is taken to be in its last step", () => {
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

describe("the timeline of the estimate", () => {
  const START = "00:00 processing payer.bank, 01:00 processing rail";
  test.each([
    ["00:00", "", `${START}, 02:00 processing rail, 03:00 processing payee.bank, 04:00`],
    ["01:30", "", `${START}, 02:00 processing rail, 03:00 processing payee.bank, 04:00`],
    ["04:00", "", `${START}, 02:00 processing rail, 03:00 processing payee.bank, 04:00`],
    [
      "04:30",
      "",
      `${START}, 02:00 processing rail, 03:00 processing payee.bank, 04:00 processing payee.bank, 05:30`,
    ],
    [
      "03:00",
      "02:30 sent",
      `${START}, 02:00 processing rail, 02:30 processing rail, 03:30 processing payee.bank, 04:30`,
    ],
    [
      "03:00",
      "00:30 sent",
      "00:00 processing payer.bank, 00:30 processing rail, 01:30 processing payee.bank, 02:30 processing payee.bank, 04:00",
    ],
    [
      "03:00",
      "02:00 hold look",
      `${START}, 02:00 hold look, 04:00 processing rail, 05:00 processing rail, 06:00 processing payee.bank, 07:00`,
    ],
    [
      "03:30",
      "02:00 hold look, 03:00 release look",
      `${START}, 02:00 hold look, 03:00 processing rail, 04:00 processing rail, 05:00 processing payee.bank, 06:00`,
    ],
    [
      "03:30",
      "02:00 hold stop, 03:00 sent",
      `${START}, 02:00 hold stop, 03:00 hold stop, 12:00 processing payee.bank, 13:00`,
    ],
    ["04:00", "02:00 credited", `${START}, 02:00`],
    [
      "07:00",
      "06:00 credited",
      `${START}, 02:00 processing rail, 03:00 processing payee.bank, 04:00 processing payee.bank, 06:00`,
    ],
    ["03:00", "02:30 code BACK", `${START}, 02:00 processing rail, 02:30 processing rail, 05:30`],
    [
      "05:00",
      "01:00 code BACK, 04:30 returned",
      "00:00 processing payer.bank, 01:00 processing rail, 04:00 processing rail, 04:30",
    ],
  ])("at %s after %j", (now, events, told) => {
    expect(timelineText(assessAt(now, events))).toBe(told);
  });

  test("joins up whatever was taken back, and whatever stands in the way", () => {
    const told = (events: string): string => timelineText(assessAt("04:00", events));
    const end = "03:00 processing payee.bank, 04:00";
    expect(told("02:00 credited, 03:00 settled")).toBe(`${START}, 02:00 processing, ${end}`);
    expect(told("02:00 returned, 03:00 settled")).toBe(`${START}, 02:00 processing, ${end}`);
    expect(told("02:00 code BACK, 03:00 settled")).toBe(`${START}, 02:00 processing, ${end}`);
    expect(told("02:00 hold look, 02:30 hold stop")).toBe(
      `${START}, 02:00 hold look, 02:30 hold stop, 12:30 processing payee.bank, 13:30`,
    );
  });

  test("leaves out a hold that was over before the money came to it, and nothing else", () => {
    const told = (events: string): string => timelineText(assessAt("03:00", events));
    expect(told("00:05 hold look, 00:10 release look")).toBe(
      `${START}, 02:00 processing rail, 03:00 processing payee.bank, 04:00`,
    );
    expect(told("00:30 accepted, 00:40 hold stop, 00:50 release stop")).toBe(
      "00:00 processing payer.bank, 00:30 processing rail, 01:30 processing rail, 02:30 processing payee.bank, 03:30",
    );
    expect(told("01:30 hold look, 02:00 release look, 02:05 hold stop, 02:10 release stop")).toBe(
      `${START}, 01:30 hold look, 02:00 processing rail, 03:00 processing rail, 04:00 processing payee.bank, 05:00`,
    );
    expect(told("00:10 credited, 00:20 accepted, 00:30 hold stop, 00:40 release stop")).toBe(
      "00:00 processing payer.bank, 00:10 processing, 00:20 processing rail, 01:20 processing rail, 02:20 processing payee.bank, 03:20",
    );
  });

  test("goes on as it did where a milestone is reported that the way begins behind", () => {
    const behind = smallRulebook({ rules: [routeOf(STEPS.slice(1)), RETURN_RULE] });
    const told = (events: string): string => timelineText(assessAt("02:30", events, behind));
    const end = "processing payee.bank";
    expect(told("00:30 accepted")).toBe(`00:00 processing rail, 01:00 processing rail, 02:00 ${end}, 03:00`);
    expect(told("00:10 hold look, 00:30 release look, 00:40 accepted")).toBe(
      `00:00 processing rail, 00:10 hold look, 00:30 processing rail, 01:30 processing rail, 02:30 ${end}, 03:30`,
    );
    // What turned back, or was further on, sets out anew.
    const anew = "02:00 processing rail, 03:00";
    expect(told("01:30 code BACK, 02:00 accepted")).toBe(
      `00:00 processing rail, 01:00 processing rail, 01:30 processing, ${anew}`,
    );
    expect(told("01:30 settled, 02:00 accepted")).toBe(
      `00:00 processing rail, 01:00 processing rail, 01:30 processing payee.bank, ${anew}`,
    );
  });

  test("of a return that no rule knows is without a system", () => {
    const rulebook = smallRulebook({ rules: [routeOf([step("rail", { milestone: "credited" })])] });
    const { estimate } = assessAt("01:30", "00:30 code WRONG", rulebook);
    expect(timelineText({ estimate } as never)).toBe("00:00 processing rail, 00:30 processing, 02:00");
    expect(estimate.timeline[1]).not.toHaveProperty("system");
  });

  test("each of its segments names its rule: the hold, the way back, or the way", () => {
    const rules = (events: string): (string | undefined)[] =>
      assessAt("03:00", events).estimate.timeline.map(({ rule }) => rule);
    expect(rules("01:00 hold look")).toEqual(["way", "look", "way", "way", "way"]);
    expect(rules("01:00 code BACK")).toEqual(["way", "back"]);
    expect(rules("01:00 sent")).toEqual(["way", "way", "way"]);
  });
});

test("a payment that arrives at its deadline is in time, and a millisecond later it is late by that", () => {
  const inTime = assessAt("09:00", "08:00 credited");
  expect([inTime.phase, inTime.verdict, "overdueBy" in inTime]).toEqual(["arrived", "normal", false]);
  const late = assessAt("09:00", "08:00:00.001 credited");
  expect([late.phase, late.verdict, late.overdueBy]).toEqual(["arrived-late", "anomalous", "PT0.001S"]);
});

test("money that is reported to be late rests on the incident that it comes to, until which it is looked at again", () => {
  const interval = { from: at("09:00"), reviewAt: at("12:00") };
  const params = { systems: ["rail"], effect: "closed", interval };
  const open = { name: "open", event: { type: "incident", params } } as WindowRule;
  const sure = (events: string): unknown[] => {
    const { estimate, baseline, nextCheckAt } = assessAt("08:45", events, smallRulebook({ windows: [open] }));
    return [estimate.certainty, baseline.certainty, nextCheckAt];
  };
  // On the rail from 08:30 to 09:30, when it is down; what is settled is past it, and what is there is past all.
  expect(sure("08:30 accepted")).toEqual(["open-incident", "official", at("12:00")]);
  expect(sure("08:30 settled")).toEqual(["official", "official", undefined]);
  expect(sure("08:30 credited")).toEqual(["official", "official", undefined]);
  expect(sure("07:00 accepted")).toEqual(["open-incident", "official", at("12:00")]);
  expect(sure("06:59 accepted, 07:59 sent")).toEqual(["open-incident", "official", at("12:00")]);
  expect(sure("02:00 accepted")).toEqual(["official", "official", undefined]);
  expect(sure("08:30 accepted, 08:40 returned")).toEqual(["official", "official", undefined]);
  // Held until ten at the latest it comes to it, and so does what is still held now.
  expect(sure("05:00 hold look").slice(0, 2)).toEqual(["open-incident", "official"]);
  expect(sure("01:30 hold look").slice(0, 2)).toEqual(["open-incident", "official"]);
  expect(sure("08:30 accepted, 08:40 hold look until 13:00")).toEqual([
    "official",
    "official",
    at("13:00:00.001"),
  ]);
  expect(sure("01:30 hold look, 02:00 release look").slice(0, 2)).toEqual(["official", "official"]);
});
