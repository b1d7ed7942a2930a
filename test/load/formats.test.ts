import { describe, expect, test } from "vitest";
import { PROCESS, problemAt, SETTLE } from "./book.js";

/** Each message has a snapshot, and each test a similar valid value that is accepted. */

const CHANNEL = "channels/a.json";
const CALENDAR = "calendars/a.json";
const WINDOWS = "maintenance/w.json";

describe("each text format has its own error message", () => {
  test("a time of day", () => {
    expect(problemAt(CHANNEL, `${SETTLE}.cutoff`, "25:00", "24:00")).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[0].cutoff  (a.pay.t1)
        \`25:00\` is not a time of day
        write HH:MM between 00:00 and 24:00, or with a day offset as in "-1d 20:30""
    `);
  });

  test("a time of day in a bound", () => {
    expect(problemAt(CHANNEL, `${SETTLE}.at.latest`, "18:60", "18:59")).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[0].at.latest  (a.pay.t1)
        \`18:60\` is not a time of day
        write HH:MM between 00:00 and 24:00, or with a day offset as in "-1d 20:30""
    `);
  });

  test("a length of time", () => {
    expect(problemAt(CHANNEL, `${PROCESS}.takes`, "P1M", "P1D")).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[1].takes  (a.pay.t1)
        \`P1M\` is not a length of time
        write ISO 8601 without months and years, at most 3660 days, as in \`PT2H\`, \`PT30M\` or \`P1D\`"
    `);
  });

  test("an empty length of time", () => {
    expect(problemAt(CHANNEL, `${PROCESS}.takes`, "PT", "PT0S")).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[1].takes  (a.pay.t1)
        \`PT\` is not a length of time
        write ISO 8601 without months and years, at most 3660 days, as in \`PT2H\`, \`PT30M\` or \`P1D\`"
    `);
  });

  test("a lag without a unit", () => {
    expect(problemAt(CHANNEL, `${SETTLE}.lag`, "1", "T+1")).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[0].lag  (a.pay.t1)
        \`1\` is not a lag
        write T+n for business days or D+n for calendar days, as in \`T+1\`"
    `);
  });

  test("a date that does not exist", () => {
    expect(problemAt(CALENDAR, "years.2026.workdays[0]", "2026-02-30", "2026-02-28")).toMatchInlineSnapshot(`
      "calendars/a.json  years.2026.workdays[0]  (a.days)
        \`2026-02-30\` is not a date
        write a day that exists as YYYY-MM-DD, as in \`2026-02-14\`"
    `);
  });

  test("a date in another order", () => {
    expect(problemAt(CHANNEL, "rules[0].effective.from", "01/02/2016", "2016-02-01")).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].effective.from  (a.pay.t1)
        \`01/02/2016\` is not a date
        write a day that exists as YYYY-MM-DD, as in \`2026-02-14\`"
    `);
  });

  test("an instant without an offset", () => {
    expect(
      problemAt(
        WINDOWS,
        "rules[0].event.params.interval.from",
        "2026-02-01T00:00:00",
        "2026-01-31T00:00:00Z",
      ),
    ).toMatchInlineSnapshot(`
      "rules/maintenance/w.json  rules[0].event.params.interval.from  (w.once)
        \`2026-02-01T00:00:00\` is not an instant
        write ISO 8601 with a day that exists and an offset, as in \`2026-02-13T23:00:00+08:00\`"
    `);
  });

  test("an instant on a day that does not exist", () => {
    expect(
      problemAt(
        WINDOWS,
        "rules[0].event.params.interval.from",
        "2025-02-29T00:00:00Z",
        "2025-02-28T00:00:00Z",
      ),
    ).toMatchInlineSnapshot(`
      "rules/maintenance/w.json  rules[0].event.params.interval.from  (w.once)
        \`2025-02-29T00:00:00Z\` is not an instant
        write ISO 8601 with a day that exists and an offset, as in \`2026-02-13T23:00:00+08:00\`"
    `);
  });

  test("a date or an instant", () => {
    expect(
      problemAt(WINDOWS, "rules[0].published", "soon", "2026-01-01T08:00:00+08:00"),
    ).toMatchInlineSnapshot(`
      "rules/maintenance/w.json  rules[0].published  (w.once)
        \`soon\` is not a date or an instant
        write \`2026-02-14\`, or \`2026-02-13T23:00:00+08:00\` with an offset"
    `);
  });

  test("an unknown zone", () => {
    expect(problemAt(CHANNEL, "zone", "Asia/Peking", "Asia/Hong_Kong")).toMatchInlineSnapshot(`
      "rules/channels/a.json  zone  (a.pay)
        \`Asia/Peking\` is not a known time zone
        write an IANA name, as in \`Asia/Shanghai\`"
    `);
  });

  test("a name", () => {
    expect(problemAt(CHANNEL, "channel", "a pay", "a.pay")).toMatchInlineSnapshot(`
      "rules/channels/a.json  channel  (a pay)
        \`a pay\` is not a name
        write letters, digits and hyphens in parts joined by dots, as in \`cn.hvps\`"
    `);
  });

  test("a name as a key", () => {
    expect(
      problemAt(
        "facts.json",
        'facts["big amount"]',
        { title: { zh: "大", en: "big" }, type: "boolean" },
        undefined,
      ),
    ).toMatchInlineSnapshot(`
      "rules/facts.json  facts["big amount"]  (big amount)
        \`big amount\` is not a name
        write letters, digits and hyphens in parts joined by dots, as in \`cn.hvps\`"
    `);
  });

  test("a year as a key", () => {
    expect(problemAt(CALENDAR, "years.26", { holidays: [], workdays: [] }, undefined)).toMatchInlineSnapshot(`
      "calendars/a.json  years.26  (a.days)
        \`26\` is not a year
        write four digits, as in \`2026\`"
    `);
  });
});
