import { describe, expect, test } from "vitest";
import { edited, problemAt, problemsOf } from "./book.js";

/** Each test has a fault and a similar valid value that is accepted. */

const WINDOWS = "maintenance/w.json";

describe("a window has one complete form", () => {
  test("a window needs a form", () => {
    expect(
      problemAt(WINDOWS, "rules[0].event.params.interval", undefined, {
        from: "2026-02-01T00:00:00Z",
        until: "2026-02-01T00:00:01Z",
      }),
    ).toMatchInlineSnapshot(`
      "rules/maintenance/w.json  rules[0].event.params  (w.once)
        nothing says when the window is
        give exactly one of \`interval\`, \`dates\`, \`recurs\`"
    `);
  });

  test("a window has only one form", () => {
    expect(
      problemAt(
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

  test("maintenance needs an end", () => {
    expect(
      problemAt(WINDOWS, "rules[0].event.params.interval.until", undefined, "2027-01-01T00:00:00Z"),
    ).toMatchInlineSnapshot(`
      "rules/maintenance/w.json  rules[0].event.params.interval  (w.once)
        the interval has no end
        add \`until\`"
    `);
  });

  test("an incident needs an end or a review", () => {
    expect(
      problemAt(WINDOWS, "rules[3].event.params.interval.reviewAt", undefined, "2026-02-02T00:00:00Z"),
    ).toMatchInlineSnapshot(`
      "rules/maintenance/w.json  rules[3].event.params.interval  (w.open)
        the interval has no end
        add \`until\`, or \`reviewAt\` while the end is not known"
    `);
  });

  test("an incident may not have both", () => {
    expect(
      problemAt(WINDOWS, "rules[3].event.params.interval.until", "2026-02-03T00:00:00Z", undefined),
    ).toMatchInlineSnapshot(`
      "rules/maintenance/w.json  rules[3].event.params.interval.reviewAt  (w.open)
        \`until\` and \`reviewAt\` stand together
        keep \`until\` when the end is known, \`reviewAt\` while it is not"
    `);
  });

  test("maintenance may not have a review", () => {
    expect(problemsOf(edited([WINDOWS, "rules[3].event.type", "maintenance"]))).toMatchInlineSnapshot(`
      "rules/maintenance/w.json  rules[3].event.params.interval.reviewAt  (w.open)
        \`reviewAt\` stands for an unknown end, and maintenance is planned
        give \`until\`, or make it an event of type "incident""
    `);
  });

  test("an interval is not empty", () => {
    expect(
      problemAt(
        WINDOWS,
        "rules[0].event.params.interval.until",
        "2026-01-31T16:00:00Z",
        "2026-01-31T16:00:01Z",
      ),
    ).toMatchInlineSnapshot(`
      "rules/maintenance/w.json  rules[0].event.params.interval.until  (w.once)
        nothing lies between \`2026-02-01T00:00:00+08:00\` and \`2026-01-31T16:00:00Z\`
        the first must come before the second; exchange or correct them"
    `);
  });

  test("a review comes after the beginning", () => {
    expect(
      problemAt(
        WINDOWS,
        "rules[3].event.params.interval.reviewAt",
        "2026-01-31T16:00:00Z",
        "2026-01-31T16:00:01Z",
      ),
    ).toMatchInlineSnapshot(`
      "rules/maintenance/w.json  rules[3].event.params.interval.reviewAt  (w.open)
        nothing lies between \`2026-02-01T00:00:00+08:00\` and \`2026-01-31T16:00:00Z\`
        the first must come before the second; exchange or correct them"
    `);
  });

  test("the hours of dates are not empty", () => {
    expect(problemAt(WINDOWS, "rules[1].event.params.dates.until", "00:00", "24:00")).toMatchInlineSnapshot(`
      "rules/maintenance/w.json  rules[1].event.params.dates.until  (w.dates)
        nothing lies between \`00:00\` and \`00:00\`
        the first must come before the second; exchange or correct them"
    `);
  });

  test("the hours of a recurrence are not reversed", () => {
    expect(
      problemAt(WINDOWS, "rules[2].event.params.recurs.until", "01:00", "+1d 01:00"),
    ).toMatchInlineSnapshot(`
      "rules/maintenance/w.json  rules[2].event.params.recurs.until  (w.weekly)
        nothing lies between \`02:00\` and \`01:00\`
        the first must come before the second; exchange or correct them"
    `);
  });

  test("a weekly window needs a weekday", () => {
    expect(
      problemAt(WINDOWS, "rules[2].event.params.recurs.weekday", undefined, "mon"),
    ).toMatchInlineSnapshot(`
      "rules/maintenance/w.json  rules[2].event.params.recurs.every  (w.weekly)
        every week cannot be told from no key for the day
        give \`weekday\`"
    `);
  });

  test("a weekly window may not have a month", () => {
    expect(problemAt(WINDOWS, "rules[2].event.params.recurs.month", 3, undefined)).toMatchInlineSnapshot(`
      "rules/maintenance/w.json  rules[2].event.params.recurs.every  (w.weekly)
        every week cannot be told from \`month\`, \`weekday\`
        give \`weekday\`"
    `);
  });

  test("a monthly window needs a day, or a weekday with nth", () => {
    expect(problemAt(WINDOWS, "rules[2].event.params.recurs.every", "month", "week")).toMatchInlineSnapshot(`
      "rules/maintenance/w.json  rules[2].event.params.recurs.every  (w.weekly)
        every month cannot be told from \`weekday\`
        give \`day\`, or \`weekday\` with \`nth\`"
    `);
  });

  test("nth may not be zero", () => {
    expect(
      problemAt(
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

  test("a yearly window needs a month", () => {
    expect(
      problemAt(
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

  test("local times need a zone", () => {
    const params = {
      systems: ["rail"],
      effect: "closed",
      dates: { on: ["2026-03-01"], from: "00:00", until: "01:00" },
    };
    expect(
      problemAt(WINDOWS, "rules[2].event.params", params, { ...params, zone: "Asia/Shanghai" }),
    ).toMatchInlineSnapshot(`
      "rules/maintenance/w.json  rules[2].event.params  (w.weekly)
        the window has local dates or times, and no zone that they are in
        add "zone", as in "Asia/Shanghai""
    `);
  });

  test("a date of publication needs a zone: the message names it, not the interval", () => {
    const incident = {
      name: "w.incident",
      event: {
        type: "incident",
        params: {
          systems: ["rail"],
          effect: "closed",
          interval: { from: "2026-12-03T10:00:00+08:00", reviewAt: "2026-12-03T13:00:00+08:00" },
        },
      },
    };
    const at = { ...incident, published: "2026-12-03T10:15:00+08:00" };
    expect(
      problemAt(WINDOWS, "rules[2]", { ...incident, published: "2026-12-03" }, at),
    ).toMatchInlineSnapshot(`
      "rules/maintenance/w.json  rules[2].published  (w.incident)
        \`published\` is the date \`2026-12-03\`, and the window has no zone that it is in
        write an instant with an offset, as in "2026-12-03T10:00:00+08:00", or add "zone" to \`params\`"
    `);
  });
});
