import { describe, expect, test } from "vitest";
import type { Assessment } from "../../src/index.js";
import type { ChannelRule, HoldRule, Rulebook } from "../../src/model/rulebook.js";
import { is, WEEK } from "../decide/fixture.js";
import {
  assessAt,
  at,
  closure,
  holdRule,
  RETURN_RULE,
  routeOf,
  STEPS,
  shortTime,
  smallRulebook,
  step,
  VERDICTS,
  verdict,
} from "./small-rulebook.js";

/** What an assessment carries beside times and places: the next step, and what its estimate rests on. */

describe("the next step", () => {
  const advised = (advice: object, more: object = {}, events = "", now = "01:00"): Assessment["advice"] =>
    assessAt(now, events, smallRulebook({ verdicts: [verdict("one", 1, "normal", undefined, advice)] }), more)
      .advice;

  test("is that of the rule, for the party of the rule", () => {
    expect(advised({})).toEqual({ who: "rail", action: "advice.do" });
    expect(advised({ who: "payee", action: "advice.wait" })).toEqual({ who: "payee", action: "advice.wait" });
  });

  test("is for the party that a code or a hold names", () => {
    expect(advised({}, {}, "00:30 code SLOW").who).toBe("platform");
    expect(advised({}, {}, "00:30 hold stop").who).toBe("police");
  });

  test("quotes the references that the payment has, in the order of the rule", () => {
    const quote = ["uetr", "trace", "toString", "order"];
    const references = { order: "42", trace: "t-7", bank: "x" };
    expect(advised({ quote }, { references }).quote).toEqual(["t-7", "42"]);
    expect(advised({ quote, from: "PT1H" }, { references })).toEqual({
      who: "rail",
      action: "advice.do",
      quote: ["t-7", "42"],
      from: at("09:00"),
    });
    expect(advised({ quote, from: "PT1H" })).not.toHaveProperty("quote");
    expect(advised({ quote: ["uetr"] }, { references })).not.toHaveProperty("quote");
    expect(advised({ quote })).not.toHaveProperty("quote");
    expect(advised({}, { references })).not.toHaveProperty("quote");
  });

  test("is due so long after the deadline", () => {
    expect(advised({ from: "P15D" }).from).toBe("2026-03-25T08:00:00+08:00");
    expect(advised({ from: "PT90M" }).from).toBe(at("09:30"));
    expect(advised({ from: "PT0S" }).from).toBe(at("08:00"));
    expect(advised({ from: "PT90M" }, {}, "01:00 code BACK").from).toBe(at("07:30"));
    expect(advised({})).not.toHaveProperty("from");
  });
});

test("an assessment says by which rule, how severe, why, and of which rulebook", () => {
  const one = assessAt("01:00", "", smallRulebook({ version: "v-7" }));
  expect(one).toMatchObject({
    rule: "rest",
    verdict: "normal",
    severity: "info",
    reason: "reason.why",
    phase: "before-expected",
    status: "none",
    cause: "none",
    now: at("01:00"),
    version: "v-7",
  });
  expect(one.baseline).toMatchObject({ expected: at("04:00"), latest: at("08:00"), outcome: "credited" });
  expect(one).not.toHaveProperty("overdueBy");
});

test("what is late is told to the millisecond, and what is not late is not", () => {
  expect(assessAt("08:00").overdueBy).toBeUndefined();
  expect(assessAt("08:00:00.001").overdueBy).toBe("PT0.001S");
  expect(assessAt("09:30").overdueBy).toBe("PT1H30M");
  expect(assessAt("23:00", "08:30 credited").overdueBy).toBe("PT30M");
  expect(assessAt("23:00", "07:30 credited")).not.toHaveProperty("overdueBy");
  expect(assessAt("08:00:00.001")).not.toHaveProperty("nextCheckAt");
});

test("steps without a system or a milestone do not make one up", () => {
  const rulebook = smallRulebook({ rules: [routeOf([step("rail"), ...STEPS.slice(3)])] });
  expect(assessAt("00:30", "", rulebook).stuckAt).toStrictEqual({
    step: 0,
    since: at("00:00"),
    system: "rail",
  });
  expect(assessAt("01:30", "", rulebook).stuckAt).toStrictEqual({
    step: 1,
    since: at("01:00"),
    system: "payee.bank",
    milestone: "credited",
  });
  const alone = smallRulebook({ rules: [routeOf([{ kind: "process", takes: "PT1H", milestone: "sent" }])] });
  expect(assessAt("00:30", "", alone).stuckAt).toStrictEqual({
    step: 0,
    since: at("00:00"),
    milestone: "sent",
  });
  const bare = [{ kind: "process", takes: "PT1H" }, STEPS[3]] as never;
  const { stuckAt } = assessAt("00:30", "", smallRulebook({ rules: [routeOf(bare)] }));
  expect(stuckAt).toStrictEqual({ step: 0, since: at("00:00") });
});

describe("the outcome of an estimate", () => {
  test.each([
    ["00:00", "", "credited"],
    ["04:30", "", "credited"],
    ["03:00", "01:00 sent", "credited"],
    ["03:00", "01:00 hold look", "credited"],
    ["03:00", "02:00 credited", "credited"],
    ["03:00", "02:00 code BACK", "returned"],
    ["03:00", "02:00 returned", "returned"],
    ["03:00", "02:00 code SHUT", "returned"],
  ])("at %s after %j", (now, events, outcome) => {
    expect(assessAt(now, events).estimate.outcome).toBe(outcome);
  });

  test("before anything could have happened is the arrival itself, with what would be sooner", () => {
    const slow = routeOf([step("rail", { takes: "PT10H", milestone: "credited" })], {
      name: "slow",
      priority: 2,
      conditions: is("initiated.time", "before", "00:30"),
    });
    const rulebook = smallRulebook({ rules: [slow, routeOf(STEPS)] });
    const sooner = { sendAt: at("00:30"), expected: at("04:30") };
    for (const now of ["00:00", "09:59", "10:00"]) {
      const { baseline, estimate } = assessAt(now, "", rulebook);
      expect(estimate).toMatchObject({ earliest: at("10:00"), sooner });
      expect(estimate).toEqual(baseline);
    }
    expect(assessAt("10:00:00.001", "", rulebook).estimate).not.toHaveProperty("sooner");
    expect(assessAt("01:00", "00:45 code GO", rulebook).estimate).toMatchObject({ sooner });
  });

  test("goes on in a last step that has no system as well", () => {
    const bare = [
      {
        kind: "process",
        milestone: "credited",
        takes: { earliest: "PT0S", expected: "PT1H", latest: "PT4H" },
      },
    ];
    const { timeline } = assessAt("01:30", "", smallRulebook({ rules: [routeOf(bare as never)] })).estimate;
    expect(timeline).toStrictEqual([
      { from: at("00:00"), to: at("01:00"), cause: "processing", rule: "way" },
      { from: at("01:00"), to: at("02:30"), cause: "processing", rule: "way" },
    ]);
  });
});

describe("what an estimate rests on", () => {
  const rests = (now: string, events: string, rulebook: Rulebook): string => {
    const { certainty, basis, rules, version } = assessAt(now, events, rulebook).estimate;
    return `${certainty}, ${basis}, ${rules.join(" ")}, ${version}`;
  };
  const published = { basis: "published" } as const;
  const systems = Object.fromEntries(
    Object.entries(smallRulebook().systems).map(([name, one]) => [name, { ...one, ...published }]),
  );
  const way: ChannelRule = { ...routeOf(STEPS), ...published };
  const back: ChannelRule = { ...RETURN_RULE, ...published };
  const look: HoldRule = {
    ...holdRule("look", "PT2H", "risk-hold", "sent", "platform"),
    ...published,
  };
  const stop = holdRule("stop", "PT2H", "regulatory", "credited", "police");
  const sound = (more: Partial<Rulebook> & { rules?: readonly ChannelRule[] } = {}): Rulebook =>
    smallRulebook({ systems, holds: [look, stop], rules: [way, back], ...more });

  test.each([
    ["the way", "", "official, published, way, test"],
    ["a milestone", "00:30 sent", "official, published, way, test"],
    ["a hold", "00:30 hold look", "official, published, way look, test"],
    ["a hold that is assumed", "00:30 hold stop", "official, assumed, way stop, test"],
    ["two holds", "00:20 hold look, 00:30 hold stop", "official, assumed, way look stop, test"],
    ["a hold that is over", "00:20 hold stop, 00:30 release stop", "official, published, way, test"],
    ["the way back", "00:30 code BACK", "official, published, way back, test"],
    ["what is over", "00:30 returned", "official, published, way, test"],
  ])("on %s", (_, events, wanted) => {
    expect(rests("00:40", events, sound())).toBe(wanted);
  });

  test("on a way, or a way back, that is assumed", () => {
    expect(rests("00:40", "00:30 code BACK", sound({ rules: [way, RETURN_RULE] }))).toBe(
      "official, assumed, way back, test",
    );
    expect(rests("00:40", "00:30 code BACK", sound({ rules: [routeOf(STEPS), back] }))).toBe(
      "official, assumed, way back, test",
    );
    expect(rests("00:40", "00:30 hold look", sound({ rules: [routeOf(STEPS), back] }))).toBe(
      "official, assumed, way look, test",
    );
    expect(rests("00:40", "00:30 sent", sound({ rules: [routeOf(STEPS), back] }))).toBe(
      "official, assumed, way, test",
    );
  });

  test("on a way back that is known by the same rule as the way there only once", () => {
    const windows = [{ ...closure("mend", "rail", "00:30", "03:30"), ...published }];
    expect(rests("01:00", "00:40 code BACK", sound({ windows }))).toBe(
      "official, published, way mend back, test",
    );
  });

  const open = {
    ...closure("down", "rail", "01:30", "03:30"),
    ...published,
    event: {
      type: "incident" as const,
      params: {
        systems: ["payer.bank"],
        effect: "closed" as const,
        interval: { from: at("00:30"), reviewAt: at("03:30") },
      },
    },
  };

  test("on an incident that is open, on the way or on the way back", () => {
    expect(rests("00:40", "00:30 hold look", sound({ windows: [open] }))).toBe(
      "open-incident, published, way down look, test",
    );
    expect(rests("00:40", "00:35 code BACK", sound({ windows: [open] }))).toBe(
      "open-incident, published, way down back, test",
    );
    const params = {
      ...open.event.params,
      systems: ["rail"],
      interval: { from: at("09:00"), reviewAt: at("12:00") },
    };
    const later = { ...open, event: { ...open.event, params } };
    expect(rests("09:30", "09:10 code BACK", sound({ windows: [later] }))).toBe(
      "open-incident, published, way back down, test",
    );
  });

  test("on days that are only projected, on the way or on the way back", () => {
    const run = step("rail", {
      kind: "settle",
      takes: undefined,
      milestone: "credited",
      calendar: "week",
      cutoff: "16:00",
      lag: "T+1",
      at: "10:00",
    });
    const blocks = [{ name: "元旦", statutoryDays: 1, from: "around", days: 3 }] as const;
    const projection = { country: "CN", until: "2027-12-31", blocks: [...blocks] };
    const calendars = { week: { ...WEEK, projection } } as Rulebook["calendars"];
    const slow = { ...routeOf([run]), ...published };
    const slowBack: ChannelRule = {
      ...back,
      event: { type: "route", params: { outcome: "returned", steps: [run] } },
    };
    const late = (rules: readonly ChannelRule[], sent: string, now: string, events: string): string =>
      assessAt(now, events, sound({ rules, calendars }), { initiatedAt: sent }).estimate.certainty;
    const [sent, now] = ["2026-12-30T12:00:00+08:00", "2026-12-31T15:00:00+08:00"];
    expect(late([way, slowBack], sent, now, "2026-12-31T14:00:00+08:00 sent")).toBe("official");
    expect(late([way, slowBack], sent, now, "2026-12-31T14:00:00+08:00 code BACK")).toBe("projected");
    const silvester = "2026-12-31T12:00:00+08:00";
    expect(late([slow, back], silvester, now, "2026-12-31T14:00:00+08:00 code BACK")).toBe("projected");
    expect(late([slow, back], silvester, now, "2026-12-31T14:00:00+08:00 hold look")).toBe("projected");
    expect(late([slow, slowBack], sent, sent, "")).toBe("official");
  });
});

test("an estimate is told by what is known now, and the baseline by what was known then", () => {
  const windows = [{ ...closure("flood", "rail", "01:30", "05:30"), published: at("02:00") }];
  const { baseline, estimate } = assessAt("02:00", "", smallRulebook({ windows }));
  expect(
    [baseline, estimate].map(({ expected, latest, rules }) => [
      shortTime(expected),
      shortTime(latest),
      rules,
    ]),
  ).toEqual([
    ["04:00", "08:00", ["way"]],
    ["07:30", "11:30", ["way", "flood"]],
  ]);
  expect(assessAt("02:00", "", smallRulebook({ windows, verdicts: VERDICTS })).deadline).toBe(at("11:30"));
});
