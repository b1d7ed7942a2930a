import { describe, expect, test } from "vitest";
import { edited, PROCESS, problemAt, problemsOf, SETTLE } from "./book.js";

/** Each test has a fault and a similar valid value that is accepted. */

const CHANNEL = "channels/a.json";

describe("the parts of a step are consistent", () => {
  test("the expected bound may not come before the earliest", () => {
    expect(problemAt(CHANNEL, `${PROCESS}.takes.earliest`, "PT61S", "PT60S")).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[1].takes  (a.pay.t1)
        earliest \`PT61S\` and expected \`PT1M\` are in the wrong order
        write them so that earliest <= expected <= latest"
    `);
  });

  test("the latest bound may not come before the expected", () => {
    expect(problemAt(CHANNEL, `${SETTLE}.at.latest`, "09:59", "10:00")).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[0].at  (a.pay.t1)
        expected \`10:00\` and latest \`09:59\` are in the wrong order
        write them so that earliest <= expected <= latest"
    `);
  });

  test("times of day are compared across days", () => {
    expect(problemAt(CHANNEL, `${SETTLE}.at.latest`, "-1d 23:00", "+1d 02:00")).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[0].at  (a.pay.t1)
        expected \`10:00\` and latest \`-1d 23:00\` are in the wrong order
        write them so that earliest <= expected <= latest"
    `);
  });

  test("the earliest arrival has the latest cutoff", () => {
    expect(
      problemAt(
        CHANNEL,
        `${SETTLE}.cutoff`,
        { earliest: "22:00", expected: "23:00", latest: "23:00" },
        { earliest: "23:00", expected: "23:00", latest: "22:00" },
      ),
    ).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[0].cutoff  (a.pay.t1)
        earliest \`22:00\` and expected \`23:00\` are in the wrong order
        the later the cutoff, the earlier the arrival: write them so that earliest >= expected >= latest"
    `);
  });

  test("lags of one unit ascend", () => {
    expect(
      problemAt(
        CHANNEL,
        `${SETTLE}.lag`,
        { earliest: "T+2", expected: "T+1", latest: "T+1" },
        { earliest: "T+1", expected: "T+1", latest: "T+2" },
      ),
    ).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[0].lag  (a.pay.t1)
        earliest \`T+2\` and expected \`T+1\` are in the wrong order
        count alike with n ascending, or let \`D+n\` stand before \`T+m\` with n <= m"
    `);
  });

  test("a business-day lag may not precede a calendar-day lag", () => {
    expect(
      problemAt(
        CHANNEL,
        `${SETTLE}.lag`,
        { earliest: "T+1", expected: "D+2", latest: "D+2" },
        { earliest: "D+1", expected: "D+1", latest: "T+1" },
      ),
    ).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[0].lag  (a.pay.t1)
        earliest \`T+1\` and expected \`D+2\` are in the wrong order
        count alike with n ascending, or let \`D+n\` stand before \`T+m\` with n <= m"
    `);
  });

  test("a calendar-day lag before a business-day lag must not be longer", () => {
    expect(
      problemAt(
        CHANNEL,
        `${SETTLE}.lag`,
        { earliest: "D+2", expected: "T+1", latest: "T+1" },
        { earliest: "D+1", expected: "T+1", latest: "T+1" },
      ),
    ).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[0].lag  (a.pay.t1)
        earliest \`D+2\` and expected \`T+1\` are in the wrong order
        count alike with n ascending, or let \`D+n\` stand before \`T+m\` with n <= m"
    `);
  });

  test("a hold's length has its bounds in order", () => {
    expect(
      problemAt(
        "holds.json",
        "rules[0].event.params.for",
        { earliest: "PT2H", expected: "PT1H", latest: "PT3H" },
        { earliest: "PT1H", expected: "PT1H", latest: "PT3H" },
      ),
    ).toMatchInlineSnapshot(`
      "rules/holds.json  rules[0].event.params.for  (h.day)
        earliest \`PT2H\` and expected \`PT1H\` are in the wrong order
        write them so that earliest <= expected <= latest"
    `);
  });

  test("a settle step needs a cutoff", () => {
    expect(problemAt(CHANNEL, `${SETTLE}.cutoff`, undefined, "12:00")).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[0]  (a.pay.t1)
        \`cutoff\` is missing
        give a settle step \`cutoff\`, \`lag\` and \`at\`, or \`runs\` that have them"
    `);
  });

  test("a settle step needs a lag", () => {
    expect(problemAt(CHANNEL, `${SETTLE}.lag`, undefined, "T+0")).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[0]  (a.pay.t1)
        \`lag\` is missing
        give a settle step \`cutoff\`, \`lag\` and \`at\`, or \`runs\` that have them"
    `);
  });

  test("a settle step needs a time", () => {
    expect(problemAt(CHANNEL, `${SETTLE}.at`, undefined, "12:00")).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[0]  (a.pay.t1)
        \`at\` is missing
        give a settle step \`cutoff\`, \`lag\` and \`at\`, or \`runs\` that have them"
    `);
  });

  test("a step with runs has no cutoff, lag or time of its own", () => {
    expect(
      problemsOf(edited([CHANNEL, `${SETTLE}.runs`, [{ cutoff: "12:00", lag: "T+0", at: "13:00" }]])),
    ).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[0].at  (a.pay.t1)
        \`at\` stands beside \`runs\`
        move it into a run, or remove \`runs\`
      rules/channels/a.json  rules[0].event.params.steps[0].cutoff  (a.pay.t1)
        \`cutoff\` stands beside \`runs\`
        move it into a run, or remove \`runs\`
      rules/channels/a.json  rules[0].event.params.steps[0].lag  (a.pay.t1)
        \`lag\` stands beside \`runs\`
        move it into a run, or remove \`runs\`"
    `);
  });

  const runs = (...given: readonly [cutoff: unknown, lag: unknown][]) => ({
    kind: "settle",
    calendar: "a.days",
    runs: given.map(([cutoff, lag]) => ({ cutoff, lag, at: "13:00" })),
  });

  test("runs have ascending cutoffs at every bound", () => {
    expect(
      problemAt(
        CHANNEL,
        SETTLE,
        runs(["12:00", "T+0"], ["12:00", "T+1"]),
        runs(["12:00", "T+0"], ["12:01", "T+1"]),
      ),
    ).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[0].runs[1].cutoff  (a.pay.t1)
        the cutoff of this run is not after that of the run before it
        sort the runs by their cutoffs, each at another time"
    `);
    const early = { earliest: "13:00", expected: "11:00", latest: "11:00" };
    expect(
      problemAt(
        CHANNEL,
        SETTLE,
        runs([early, "T+0"], ["12:00", "T+1"]),
        runs([early, "T+0"], ["13:01", "T+1"]),
      ),
    ).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[0].runs[1].cutoff  (a.pay.t1)
        the cutoff of this run is not after that of the run before it
        sort the runs by their cutoffs, each at another time"
    `);
  });

  test("the runs of a step have one lag unit", () => {
    expect(
      problemAt(
        CHANNEL,
        SETTLE,
        runs(["12:00", "T+0"], ["23:00", "D+1"]),
        runs(["12:00", "D+0"], ["23:00", "D+1"]),
      ),
    ).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[0].runs[1].lag  (a.pay.t1)
        the lag of this run counts other days than that of the run before it
        count all runs of a step with \`T+n\`, or all with \`D+n\`"
    `);
  });

  test("the bounds inside a run are in order, and its business days need a calendar", () => {
    const mixed = { earliest: "T+2", expected: "T+1", latest: "T+1" };
    expect(problemsOf(edited([CHANNEL, SETTLE, runs(["12:00", mixed])]))).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[0].runs[0].lag  (a.pay.t1)
        earliest \`T+2\` and expected \`T+1\` are in the wrong order
        count alike with n ascending, or let \`D+n\` stand before \`T+m\` with n <= m"
    `);
    expect(
      problemsOf(
        edited([CHANNEL, SETTLE, runs(["12:00", "T+1"])], [CHANNEL, `${SETTLE}.calendar`, undefined]),
      ),
    ).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[0].runs[0].lag  (a.pay.t1)
        \`T+1\` counts business days, and the step names no calendar
        add \`calendar\`, or count calendar days with \`D+n\`"
    `);
  });

  test("business days need a calendar", () => {
    expect(problemAt(CHANNEL, `${SETTLE}.calendar`, undefined, "a.days")).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[0].lag  (a.pay.t1)
        \`T+1\` counts business days, and the step names no calendar
        add \`calendar\`, or count calendar days with \`D+n\`"
    `);
  });

  test("rolling to a business day needs a calendar", () => {
    expect(
      problemsOf(
        edited(
          [CHANNEL, `${SETTLE}.calendar`, undefined],
          [CHANNEL, `${SETTLE}.lag`, "D+1"],
          [CHANNEL, `${SETTLE}.roll`, "following"],
        ),
      ),
    ).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[0].roll  (a.pay.t1)
        \`following\` moves to a business day, and the step names no calendar
        add \`calendar\`, or remove \`roll\`"
    `);
  });

  test("an open clock needs a system", () => {
    expect(
      problemsOf(edited([CHANNEL, `${PROCESS}.system`, undefined], [CHANNEL, `${PROCESS}.clock`, "open"])),
    ).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[1].clock  (a.pay.t1)
        the clock \`open\` runs only while a system is open, and the step names none
        add \`system\`, or remove \`clock\`"
    `);
  });
});
