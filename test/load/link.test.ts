import { describe, expect, test } from "vitest";
import { edited, PROCESS, problemsOf, SETTLE, told } from "./book.js";

/** Each class of fault, and a near miss of which nothing is said. */

const CHANNEL = "channels/a.json";
const WINDOWS = "maintenance/w.json";

describe("what does not fit together is told, though each part is as its schema says", () => {
  test("the expected bound may not come before the earliest", () => {
    expect(told(CHANNEL, `${PROCESS}.takes.earliest`, "PT61S", "PT60S")).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[1].takes  (a.pay.t1)
        earliest \`PT61S\` and expected \`PT1M\` are in the wrong order
        write them so that earliest <= expected <= latest"
    `);
  });

  test("the latest bound may not come before the expected", () => {
    expect(told(CHANNEL, `${SETTLE}.at.latest`, "09:59", "10:00")).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[0].at  (a.pay.t1)
        expected \`10:00\` and latest \`09:59\` are in the wrong order
        write them so that earliest <= expected <= latest"
    `);
  });

  test("times of day are compared across days", () => {
    expect(told(CHANNEL, `${SETTLE}.at.latest`, "-1d 23:00", "+1d 02:00")).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[0].at  (a.pay.t1)
        expected \`10:00\` and latest \`-1d 23:00\` are in the wrong order
        write them so that earliest <= expected <= latest"
    `);
  });

  test("the earliest arrival has the latest cutoff", () => {
    expect(
      told(
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
      told(
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

  test("a business-day lag may not stand before a calendar-day lag", () => {
    expect(
      told(
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
      told(
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
      told(
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
    expect(told(CHANNEL, `${SETTLE}.cutoff`, undefined, "12:00")).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[0]  (a.pay.t1)
        \`cutoff\` is missing
        give a settle step \`cutoff\`, \`lag\` and \`at\`, or \`runs\` that have them"
    `);
  });

  test("a settle step needs a lag", () => {
    expect(told(CHANNEL, `${SETTLE}.lag`, undefined, "T+0")).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[0]  (a.pay.t1)
        \`lag\` is missing
        give a settle step \`cutoff\`, \`lag\` and \`at\`, or \`runs\` that have them"
    `);
  });

  test("a settle step needs a time", () => {
    expect(told(CHANNEL, `${SETTLE}.at`, undefined, "12:00")).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[0]  (a.pay.t1)
        \`at\` is missing
        give a settle step \`cutoff\`, \`lag\` and \`at\`, or \`runs\` that have them"
    `);
  });

  test("a step with runs has nothing beside them", () => {
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

  test("runs come one after the other, at every bound", () => {
    expect(
      told(
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
      told(CHANNEL, SETTLE, runs([early, "T+0"], ["12:00", "T+1"]), runs([early, "T+0"], ["13:01", "T+1"])),
    ).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[0].runs[1].cutoff  (a.pay.t1)
        the cutoff of this run is not after that of the run before it
        sort the runs by their cutoffs, each at another time"
    `);
  });

  test("the runs of a step count their lags alike", () => {
    expect(
      told(
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
    expect(told(CHANNEL, `${SETTLE}.calendar`, undefined, "a.days")).toMatchInlineSnapshot(`
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

  test("a rule is in force for at least a day", () => {
    expect(told(CHANNEL, "rules[0].effective.until", "2016-01-01", "2016-01-02")).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].effective  (a.pay.t1)
        nothing lies between \`2016-01-01\` and \`2016-01-01\`
        the first must come before the second; exchange or mend them"
    `);
  });

  test("hours are in force for at least a day", () => {
    expect(
      told(
        "systems.json",
        "systems.rail.hours[0].effective",
        { from: "2018-05-02", until: "2018-05-02" },
        { from: "2018-05-02" },
      ),
    ).toMatchInlineSnapshot(`
      "rules/systems.json  systems.rail.hours[0].effective  (rail)
        nothing lies between \`2018-05-02\` and \`2018-05-02\`
        the first must come before the second; exchange or mend them"
    `);
  });

  test("a system closes after it opens", () => {
    expect(
      told("systems.json", "systems.rail.hours[0].closes", "-1d 20:30", "-1d 20:31"),
    ).toMatchInlineSnapshot(`
      "rules/systems.json  systems.rail.hours[0].closes  (rail)
        nothing lies between \`-1d 20:30\` and \`-1d 20:30\`
        the first must come before the second; exchange or mend them"
    `);
  });

  test("a system opens before it closes after a closed day too", () => {
    expect(
      told("systems.json", "systems.rail.hours[0].opensAfterClosedDay", "17:15", "17:14"),
    ).toMatchInlineSnapshot(`
      "rules/systems.json  systems.rail.hours[0].closes  (rail)
        nothing lies between \`17:15\` and \`17:15\`
        the first must come before the second; exchange or mend them"
    `);
  });

  test("a window has a form", () => {
    expect(
      told(WINDOWS, "rules[0].event.params.interval", undefined, {
        from: "2026-02-01T00:00:00Z",
        until: "2026-02-01T00:00:01Z",
      }),
    ).toMatchInlineSnapshot(`
      "rules/maintenance/w.json  rules[0].event.params  (w.once)
        nothing says when the window is
        give exactly one of \`interval\`, \`dates\`, \`recurs\`"
    `);
  });

  test("a window has one form", () => {
    expect(
      told(
        WINDOWS,
        "rules[0].event.params.dates",
        { on: ["2026-02-01"], from: "00:00", until: "08:00" },
        undefined,
      ),
    ).toMatchInlineSnapshot(`
      "rules/maintenance/w.json  rules[0].event.params.dates  (w.once)
        \`interval\` and \`dates\` stand together
        give exactly one of \`interval\`, \`dates\`, \`recurs\`"
    `);
  });

  test("maintenance has an end", () => {
    expect(
      told(WINDOWS, "rules[0].event.params.interval.until", undefined, "2027-01-01T00:00:00Z"),
    ).toMatchInlineSnapshot(`
      "rules/maintenance/w.json  rules[0].event.params.interval  (w.once)
        the interval has no end
        add \`until\`"
    `);
  });

  test("an incident has an end or a review", () => {
    expect(
      told(WINDOWS, "rules[3].event.params.interval.reviewAt", undefined, "2026-02-02T00:00:00Z"),
    ).toMatchInlineSnapshot(`
      "rules/maintenance/w.json  rules[3].event.params.interval  (w.open)
        the interval has no end
        add \`until\`, or \`reviewAt\` while the end is not known"
    `);
  });

  test("an incident has not both", () => {
    expect(
      told(WINDOWS, "rules[3].event.params.interval.until", "2026-02-03T00:00:00Z", undefined),
    ).toMatchInlineSnapshot(`
      "rules/maintenance/w.json  rules[3].event.params.interval.reviewAt  (w.open)
        \`until\` and \`reviewAt\` stand together
        keep \`until\` when the end is known, \`reviewAt\` while it is not"
    `);
  });

  test("maintenance has no review", () => {
    expect(problemsOf(edited([WINDOWS, "rules[3].event.type", "maintenance"]))).toMatchInlineSnapshot(`
      "rules/maintenance/w.json  rules[3].event.params.interval.reviewAt  (w.open)
        \`reviewAt\` stands for an unknown end, and maintenance is planned
        give \`until\`, or make it an event of type "incident""
    `);
  });

  test("an interval is not empty", () => {
    expect(
      told(WINDOWS, "rules[0].event.params.interval.until", "2026-01-31T16:00:00Z", "2026-01-31T16:00:01Z"),
    ).toMatchInlineSnapshot(`
      "rules/maintenance/w.json  rules[0].event.params.interval.until  (w.once)
        nothing lies between \`2026-02-01T00:00:00+08:00\` and \`2026-01-31T16:00:00Z\`
        the first must come before the second; exchange or mend them"
    `);
  });

  test("a review comes after the beginning", () => {
    expect(
      told(
        WINDOWS,
        "rules[3].event.params.interval.reviewAt",
        "2026-01-31T16:00:00Z",
        "2026-01-31T16:00:01Z",
      ),
    ).toMatchInlineSnapshot(`
      "rules/maintenance/w.json  rules[3].event.params.interval.reviewAt  (w.open)
        nothing lies between \`2026-02-01T00:00:00+08:00\` and \`2026-01-31T16:00:00Z\`
        the first must come before the second; exchange or mend them"
    `);
  });

  test("the hours of dates are not empty", () => {
    expect(told(WINDOWS, "rules[1].event.params.dates.until", "00:00", "24:00")).toMatchInlineSnapshot(`
      "rules/maintenance/w.json  rules[1].event.params.dates.until  (w.dates)
        nothing lies between \`00:00\` and \`00:00\`
        the first must come before the second; exchange or mend them"
    `);
  });

  test("the hours of a recurrence are not reversed", () => {
    expect(told(WINDOWS, "rules[2].event.params.recurs.until", "01:00", "+1d 01:00")).toMatchInlineSnapshot(`
      "rules/maintenance/w.json  rules[2].event.params.recurs.until  (w.weekly)
        nothing lies between \`02:00\` and \`01:00\`
        the first must come before the second; exchange or mend them"
    `);
  });

  test("every week needs its weekday", () => {
    expect(told(WINDOWS, "rules[2].event.params.recurs.weekday", undefined, "mon")).toMatchInlineSnapshot(`
      "rules/maintenance/w.json  rules[2].event.params.recurs.every  (w.weekly)
        every week cannot be told from no key for the day
        give \`weekday\`"
    `);
  });

  test("every week takes no month", () => {
    expect(told(WINDOWS, "rules[2].event.params.recurs.month", 3, undefined)).toMatchInlineSnapshot(`
      "rules/maintenance/w.json  rules[2].event.params.recurs.every  (w.weekly)
        every week cannot be told from \`month\`, \`weekday\`
        give \`weekday\`"
    `);
  });

  test("every month needs a day, or a weekday and which", () => {
    expect(told(WINDOWS, "rules[2].event.params.recurs.every", "month", "week")).toMatchInlineSnapshot(`
      "rules/maintenance/w.json  rules[2].event.params.recurs.every  (w.weekly)
        every month cannot be told from \`weekday\`
        give \`day\`, or \`weekday\` with \`nth\`"
    `);
  });

  test("there is no zeroth weekday", () => {
    expect(
      told(
        WINDOWS,
        "rules[2].event.params.recurs",
        { every: "month", weekday: "sun", nth: 0, from: "00:00", until: "01:00" },
        { every: "month", weekday: "sun", nth: -1, from: "00:00", until: "01:00" },
      ),
    ).toMatchInlineSnapshot(`
      "rules/maintenance/w.json  rules[2].event.params.recurs.nth  (w.weekly)
        \`0\` counts no weekday
        write 1 to 5, or -1 for the last"
    `);
  });

  test("every year needs its month", () => {
    expect(
      told(
        WINDOWS,
        "rules[2].event.params.recurs",
        { every: "year", day: 31, from: "00:00", until: "01:00" },
        { every: "year", month: 12, day: 31, from: "00:00", until: "01:00" },
      ),
    ).toMatchInlineSnapshot(`
      "rules/maintenance/w.json  rules[2].event.params.recurs.every  (w.weekly)
        every year cannot be told from \`day\`
        give \`month\` with \`day\`, or \`month\` with \`weekday\` with \`nth\`"
    `);
  });

  test("a default is of its fact's type", () => {
    expect(told("facts.json", "facts.amount.default", "0", 0)).toMatchInlineSnapshot(`
      "rules/facts.json  facts.amount.default  (amount)
        the default \`0\` is no value of this fact
        choose a default of its \`type\`, within \`values\`, \`minimum\` and \`maximum\`"
    `);
  });

  test("a default lies within the bounds", () => {
    expect(told("facts.json", "facts.amount.default", -1, 1)).toMatchInlineSnapshot(`
      "rules/facts.json  facts.amount.default  (amount)
        the default \`-1\` is no value of this fact
        choose a default of its \`type\`, within \`values\`, \`minimum\` and \`maximum\`"
    `);
  });

  test("a default is one of the values, where these are all", () => {
    expect(
      problemsOf(
        edited([
          "facts.json",
          'facts["payee.bank"]',
          { title: { zh: "银行", en: "bank" }, type: "string", values: ["icbc"], default: "boc" },
        ]),
      ),
    ).toMatchInlineSnapshot(`
      "rules/facts.json  facts["payee.bank"].default  (payee.bank)
        the default \`boc\` is no value of this fact
        choose a default of its \`type\`, within \`values\`, \`minimum\` and \`maximum\`"
    `);
  });

  test("a default may be another value, where these are not all", () => {
    expect(problemsOf(edited(["facts.json", 'facts["payee.bank"].default', "boc"]))).toMatchInlineSnapshot(
      `""`,
    );
  });

  test("only texts have values", () => {
    expect(told("facts.json", "facts.amount.values", ["1"], undefined)).toMatchInlineSnapshot(`
      "rules/facts.json  facts.amount.default  (amount)
        the default \`0\` is no value of this fact
        choose a default of its \`type\`, within \`values\`, \`minimum\` and \`maximum\`
      rules/facts.json  facts.amount.values  (amount)
        values are only for facts of type \`string\`
        remove them, or make the type \`string\`"
    `);
  });

  test("only numbers have bounds", () => {
    expect(told("facts.json", 'facts["payee.bank"].minimum', 1, undefined)).toMatchInlineSnapshot(`
      "rules/facts.json  facts["payee.bank"].type  (payee.bank)
        minimum and maximum are only for facts of type \`number\`
        remove them, or make the type \`number\`"
    `);
  });

  test("bounds of a fact are in order", () => {
    expect(told("facts.json", "facts.amount.maximum", -1, 0)).toMatchInlineSnapshot(`
      "rules/facts.json  facts.amount.default  (amount)
        the default \`0\` is no value of this fact
        choose a default of its \`type\`, within \`values\`, \`minimum\` and \`maximum\`
      rules/facts.json  facts.amount.maximum  (amount)
        nothing lies between \`0\` and \`-1\`
        the first must come before the second; exchange or mend them"
    `);
  });

  test("a system with the name of a fact stands for it", () => {
    expect(
      told("systems.json", 'systems["payee.bank"].fact', undefined, "payee.bank"),
    ).toMatchInlineSnapshot(`
      "rules/systems.json  systems["payee.bank"]  (payee.bank)
        \`payee.bank\` is also a fact, and the system does not say that it stands for what the fact names
        add "fact": "payee.bank", or rename the system"
    `);
  });

  test("an example names a rule of its channel", () => {
    expect(told(CHANNEL, "examples[0].expect.rule", "a.pay.t2", "a.pay.t1")).toMatchInlineSnapshot(`
      "rules/channels/a.json  examples[0].expect.rule  (a.pay)
        rule \`a.pay.t2\` is declared nowhere
        did you mean \`a.pay.t1\`?"
    `);
  });

  test("a text is in every language", () => {
    expect(told("texts/zh.json", "messages.bye", undefined, "再见")).toMatchInlineSnapshot(`
      "rules/texts/zh.json  messages  (bye)
        the text \`bye\` is missing in \`zh\`
        add it, or remove it from the other language"
    `);
  });

  test("a name of a rule stands once, whatever the kind of rule", () => {
    expect(told("holds.json", "rules[0].name", "w.once", "w.twice")).toMatchInlineSnapshot(`
      "rules/holds.json  rules[0].name  (w.once)
        rule \`w.once\` is declared twice
        rename or remove one of them; the other stands at rules/maintenance/w.json, rules[0].name"
    `);
  });
});
