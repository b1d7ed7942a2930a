import { describe, expect, test } from "vitest";
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
} from "./small-rulebook.js";

/** The outcome of an estimate, and what it is based on. */

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

  test("before the earliest time is the arrival itself, with `sooner`", () => {
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

  test("continues in the last step, also without a system", () => {
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

describe("the grounds of an estimate", () => {
  const grounds = (now: string, events: string, rulebook: Rulebook): string => {
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
    ["no report", "", "official, published, way, test"],
    ["a milestone", "00:30 sent", "official, published, way, test"],
    ["a hold", "00:30 hold look", "official, published, way look, test"],
    ["an assumed hold", "00:30 hold stop", "official, assumed, way stop, test"],
    ["two holds", "00:20 hold look, 00:30 hold stop", "official, assumed, way look stop, test"],
    ["a released hold", "00:20 hold stop, 00:30 release stop", "official, published, way, test"],
    ["a return", "00:30 code BACK", "official, published, way back, test"],
    ["a finished return", "00:30 returned", "official, published, way, test"],
  ])("with %s", (_, events, wanted) => {
    expect(grounds("00:40", events, sound())).toBe(wanted);
  });

  test("include an assumed path or return path", () => {
    expect(grounds("00:40", "00:30 code BACK", sound({ rules: [way, RETURN_RULE] }))).toBe(
      "official, assumed, way back, test",
    );
    expect(grounds("00:40", "00:30 code BACK", sound({ rules: [routeOf(STEPS), back] }))).toBe(
      "official, assumed, way back, test",
    );
    expect(grounds("00:40", "00:30 hold look", sound({ rules: [routeOf(STEPS), back] }))).toBe(
      "official, assumed, way look, test",
    );
    expect(grounds("00:40", "00:30 sent", sound({ rules: [routeOf(STEPS), back] }))).toBe(
      "official, assumed, way, test",
    );
  });

  test("list a rule of both paths once", () => {
    const windows = [{ ...closure("mend", "rail", "00:30", "03:30"), ...published }];
    expect(grounds("01:00", "00:40 code BACK", sound({ windows }))).toBe(
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

  test("include an open incident on the path or the return path", () => {
    expect(grounds("00:40", "00:30 hold look", sound({ windows: [open] }))).toBe(
      "open-incident, published, way down look, test",
    );
    expect(grounds("00:40", "00:35 code BACK", sound({ windows: [open] }))).toBe(
      "open-incident, published, way down back, test",
    );
    const params = {
      ...open.event.params,
      systems: ["rail"],
      interval: { from: at("09:00"), reviewAt: at("12:00") },
    };
    const later = { ...open, event: { ...open.event, params } };
    expect(grounds("09:30", "09:10 code BACK", sound({ windows: [later] }))).toBe(
      "open-incident, published, way back down, test",
    );
  });

  test("include projected days on the path or the return path", () => {
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

test("the estimate uses what is known now, the baseline what was known at the payment", () => {
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
