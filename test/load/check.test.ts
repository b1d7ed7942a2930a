import { describe, expect, test } from "vitest";
import { edited, PROCESS, problemsOf, SETTLE, told } from "./book.js";

/** Each sentence has a snapshot, and a near miss of which nothing is said. */

const CHANNEL = "channels/a.json";
const CALENDAR = "calendars/a.json";
const WINDOWS = "maintenance/w.json";

describe("what a schema finds is said in our words, once", () => {
  test("a value of the wrong type", () => {
    expect(told(CHANNEL, "rules[0].priority", "10", 10)).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].priority  (a.pay.t1)
        \`"10"\` is not a whole number
        write a whole number: of the matching rules the highest decides (default: 1)"
    `);
  });

  test("a value where several types are right", () => {
    expect(told(CHANNEL, `${PROCESS}.takes`, 5, "PT5S")).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[1].takes  (a.pay.t1)
        \`5\` is not a text or an object
        write a text or an object: write ISO 8601 without months and years, as in \`PT2H\`, \`PT30M\` or \`P1D\`"
    `);
  });

  test("a text where a format says how to write it", () => {
    expect(told(CHANNEL, `${SETTLE}.cutoff`, 2300, "23:00")).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[0].cutoff  (a.pay.t1)
        \`2300\` is not a text or an object
        write a text or an object: write HH:MM between 00:00 and 24:00, or with a day offset as in "-1d 20:30""
    `);
  });

  test("null is no object", () => {
    expect(
      told(CHANNEL, "rules[0].event", null, { type: "refuse", params: { reason: { zh: "否", en: "no" } } }),
    ).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event  (a.pay.t1)
        \`null\` is not an object
        write an object"
    `);
  });

  test("a missing key", () => {
    expect(told(CHANNEL, "zone", undefined, "UTC")).toMatchInlineSnapshot(`
      "rules/channels/a.json  (a.pay)
        \`zone\` is missing
        add \`zone\`: write an IANA name, as in \`Asia/Shanghai\`"
    `);
  });

  test("a missing key that a misspelt one was meant to be is told once", () => {
    expect(
      problemsOf(edited([CHANNEL, "zone", undefined], [CHANNEL, "zonne", "UTC"])),
    ).toMatchInlineSnapshot(`
      "rules/channels/a.json  zonne  (a.pay)
        \`zonne\` is not a key of this object
        did you mean \`zone\`?"
    `);
  });

  test("a missing bound", () => {
    expect(
      told(
        CHANNEL,
        `${PROCESS}.takes`,
        { earliest: "PT0S", expected: "PT1S" },
        { earliest: "PT0S", expected: "PT1S", latest: "PT2S" },
      ),
    ).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[1].takes  (a.pay.t1)
        \`latest\` is missing
        add \`latest\`: write ISO 8601 without months and years, as in \`PT2H\`, \`PT30M\` or \`P1D\`"
    `);
  });

  test("an unknown key, near a known one", () => {
    expect(told(CHANNEL, `${SETTLE}.onClose`, "wait", undefined)).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[0].onClose  (a.pay.t1)
        \`onClose\` is not a key of this object
        did you mean \`onClosed\`?"
    `);
  });

  test("an unknown key, near none", () => {
    expect(told(CALENDAR, "xyzzy", 1, undefined)).toMatchInlineSnapshot(`
      "calendars/a.json  xyzzy  (a.days)
        \`xyzzy\` is not a key of this object
        choose one of \`$schema\`, \`id\`, \`title\`, \`note\`, \`zone\`, \`extends\`, \`weekend\`, \`weekendWork\`, \`coverage\`, \`years\`, \`amendments\`, \`statutoryDays\` and 2 more"
    `);
  });

  test("an unknown key among the bounds", () => {
    expect(told(CHANNEL, `${PROCESS}.takes.latestt`, "PT1S", undefined)).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[1].takes.latestt  (a.pay.t1)
        \`latestt\` is not a key of this object
        did you mean \`latest\`?"
    `);
  });

  test("a note is welcome anywhere but must be a text", () => {
    expect(told(CHANNEL, `${SETTLE}.note`, 1, "a remark")).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[0].note  (a.pay.t1)
        \`1\` is not a text
        write a text: a remark for people; it changes nothing"
    `);
  });

  test("a choice, near a good one", () => {
    expect(told(CHANNEL, `${SETTLE}.onClosed`, "refused", "refuse")).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[0].onClosed  (a.pay.t1)
        \`refused\` is not one of the choices
        did you mean \`refuse\`?"
    `);
  });

  test("a choice that is no text", () => {
    expect(told(WINDOWS, "rules[0].event.params.effect", 1, "degraded")).toMatchInlineSnapshot(`
      "rules/maintenance/w.json  rules[0].event.params.effect  (w.once)
        \`1\` is not one of the choices
        choose one of \`closed\`, \`degraded\`"
    `);
  });

  test("a constant", () => {
    expect(told("holds.json", "rules[0].event.type", "held", "hold")).toMatchInlineSnapshot(`
      "rules/holds.json  rules[0].event.type  (h.day)
        \`held\` is not one of the choices
        did you mean \`hold\`?"
    `);
  });

  test("a kind of step that there is not", () => {
    expect(told(CHANNEL, `${PROCESS}.kind`, "proces", "process")).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[1].kind  (a.pay.t1)
        \`proces\` is not one of the choices
        did you mean \`process\`?"
    `);
  });

  test("a step without a kind", () => {
    expect(told(CHANNEL, `${PROCESS}.kind`, undefined, "process")).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[1]  (a.pay.t1)
        \`kind\` is missing
        add \`kind\`: choose one of \`settle\`, \`process\`"
    `);
  });

  test("a kind that is no text", () => {
    expect(told(CHANNEL, `${PROCESS}.kind`, 7, "process")).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[1].kind  (a.pay.t1)
        \`7\` is not one of the choices
        choose one of \`settle\`, \`process\`"
    `);
  });

  test("a key of another kind of step", () => {
    expect(told(CHANNEL, `${PROCESS}.lag`, "T+1", undefined)).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[1].lag  (a.pay.t1)
        \`lag\` is not a key of this object
        choose one of \`kind\`, \`title\`, \`system\`, \`milestone\`, \`onClosed\`, \`takes\`, \`clock\`, \`note\`"
    `);
  });

  test("a time of day", () => {
    expect(told(CHANNEL, `${SETTLE}.cutoff`, "25:00", "24:00")).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[0].cutoff  (a.pay.t1)
        \`25:00\` is not a time of day
        write HH:MM between 00:00 and 24:00, or with a day offset as in "-1d 20:30""
    `);
  });

  test("a time of day in a bound", () => {
    expect(told(CHANNEL, `${SETTLE}.at.latest`, "18:60", "18:59")).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[0].at.latest  (a.pay.t1)
        \`18:60\` is not a time of day
        write HH:MM between 00:00 and 24:00, or with a day offset as in "-1d 20:30""
    `);
  });

  test("a length of time", () => {
    expect(told(CHANNEL, `${PROCESS}.takes`, "P1M", "P1D")).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[1].takes  (a.pay.t1)
        \`P1M\` is not a length of time
        write ISO 8601 without months and years, as in \`PT2H\`, \`PT30M\` or \`P1D\`"
    `);
  });

  test("a length of time that is empty", () => {
    expect(told(CHANNEL, `${PROCESS}.takes`, "PT", "PT0S")).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[1].takes  (a.pay.t1)
        \`PT\` is not a length of time
        write ISO 8601 without months and years, as in \`PT2H\`, \`PT30M\` or \`P1D\`"
    `);
  });

  test("a lag is never a bare number", () => {
    expect(told(CHANNEL, `${SETTLE}.lag`, "1", "T+1")).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[0].lag  (a.pay.t1)
        \`1\` is not a lag
        write T+n for business days or D+n for calendar days, as in \`T+1\`"
    `);
  });

  test("a date that does not exist", () => {
    expect(told(CALENDAR, "years.2026.workdays[0]", "2026-02-30", "2026-02-28")).toMatchInlineSnapshot(`
      "calendars/a.json  years.2026.workdays[0]  (a.days)
        \`2026-02-30\` is not a date
        write a day that exists as YYYY-MM-DD, as in \`2026-02-14\`"
    `);
  });

  test("a date in another order", () => {
    expect(told(CHANNEL, "rules[0].effective.from", "01/02/2016", "2016-02-01")).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].effective.from  (a.pay.t1)
        \`01/02/2016\` is not a date
        write a day that exists as YYYY-MM-DD, as in \`2026-02-14\`"
    `);
  });

  test("an instant without an offset", () => {
    expect(
      told(WINDOWS, "rules[0].event.params.interval.from", "2026-02-01T00:00:00", "2026-01-31T00:00:00Z"),
    ).toMatchInlineSnapshot(`
      "rules/maintenance/w.json  rules[0].event.params.interval.from  (w.once)
        \`2026-02-01T00:00:00\` is not an instant
        write ISO 8601 with a day that exists and an offset, as in \`2026-02-13T23:00:00+08:00\`"
    `);
  });

  test("an instant on a day that does not exist", () => {
    expect(
      told(WINDOWS, "rules[0].event.params.interval.from", "2025-02-29T00:00:00Z", "2025-02-28T00:00:00Z"),
    ).toMatchInlineSnapshot(`
      "rules/maintenance/w.json  rules[0].event.params.interval.from  (w.once)
        \`2025-02-29T00:00:00Z\` is not an instant
        write ISO 8601 with a day that exists and an offset, as in \`2026-02-13T23:00:00+08:00\`"
    `);
  });

  test("a date or an instant", () => {
    expect(told(WINDOWS, "rules[0].published", "soon", "2026-01-01T08:00:00+08:00")).toMatchInlineSnapshot(`
      "rules/maintenance/w.json  rules[0].published  (w.once)
        \`soon\` is not a date or an instant
        write \`2026-02-14\`, or \`2026-02-13T23:00:00+08:00\` with an offset"
    `);
  });

  test("a zone that does not exist", () => {
    expect(told(CHANNEL, "zone", "Asia/Peking", "Asia/Hong_Kong")).toMatchInlineSnapshot(`
      "rules/channels/a.json  zone  (a.pay)
        \`Asia/Peking\` is not a known time zone
        write an IANA name, as in \`Asia/Shanghai\`"
    `);
  });

  test("a name", () => {
    expect(told(CHANNEL, "channel", "a pay", "a.pay")).toMatchInlineSnapshot(`
      "rules/channels/a.json  channel  (a pay)
        \`a pay\` is not a name
        write letters, digits and hyphens in parts joined by dots, as in \`cn.hvps\`"
    `);
  });

  test("a name as a key", () => {
    expect(
      told(
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
    expect(told(CALENDAR, "years.26", { holidays: [], workdays: [] }, undefined)).toMatchInlineSnapshot(`
      "calendars/a.json  years.26  (a.days)
        \`26\` is not a year
        write four digits, as in \`2026\`"
    `);
  });

  test("an empty list", () => {
    expect(told(CHANNEL, `${SETTLE}.calendar`, [], ["a.days", "a.days"])).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[0].calendar  (a.pay.t1)
        nothing is in it
        give at least one: the calendar whose business days count; of several, a day counts when all are open"
    `);
  });

  test("an empty text", () => {
    expect(told(CHANNEL, "title.en", "", "x")).toMatchInlineSnapshot(`
      "rules/channels/a.json  title.en  (a.pay)
        nothing is in it
        give at least one"
    `);
  });

  test("a list that is too long", () => {
    expect(
      told(
        CHANNEL,
        "rules[0].event.params.steps",
        Array(33).fill({ kind: "process", takes: "PT1S" }),
        Array(32).fill({ kind: "process", takes: "PT1S" }),
      ),
    ).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps  (a.pay.t1)
        more than 32 are in it
        keep at most 32"
    `);
  });

  test("a number that is too small", () => {
    expect(told(CHANNEL, "rules[0].priority", 0, 1)).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].priority  (a.pay.t1)
        \`0\` is out of range
        write a number >= 1"
    `);
  });

  test("a number that is too large", () => {
    expect(
      told(
        WINDOWS,
        "rules[2].event.params.recurs",
        { every: "month", day: 32, from: "00:00", until: "01:00" },
        { every: "month", day: 31, from: "00:00", until: "01:00" },
      ),
    ).toMatchInlineSnapshot(`
      "rules/maintenance/w.json  rules[2].event.params.recurs.day  (w.weekly)
        \`32\` is out of range
        write a number <= 31"
    `);
  });

  test("a number that is not whole", () => {
    expect(told(CHANNEL, "rules[0].priority", 1.5, 2)).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].priority  (a.pay.t1)
        \`1.5\` is not a whole number
        write a whole number: of the matching rules the highest decides (default: 1)"
    `);
  });

  test("a file that does not say what it is", () => {
    expect(told(CHANNEL, "$schema", undefined, "channel.schema.json")).toMatchInlineSnapshot(`
      "rules/channels/a.json
        this file does not say what it is
        add "$schema" with a path that ends in \`calendar.schema.json\`, \`channel.schema.json\`, \`conditions.schema.json\`, \`facts.schema.json\`, \`holds.schema.json\`, \`systems.schema.json\`, \`texts.schema.json\`, \`windows.schema.json\`"
    `);
  });

  test("a file that says something unknown", () => {
    expect(
      told(CHANNEL, "$schema", "../chanel.schema.json", "node_modules/daozhang/schema/channel.schema.json"),
    ).toMatchInlineSnapshot(`
      "rules/channels/a.json  $schema
        \`chanel.schema.json\` is not a schema of a rulebook
        did you mean \`channel.schema.json\`?"
    `);
  });

  test("a file of another kind than it says", () => {
    expect(
      told("conditions.json", "$schema", "facts.schema.json", "conditions.schema.json"),
    ).toMatchInlineSnapshot(`
      "rules/conditions.json  conditions
        \`conditions\` is not a key of this object
        choose one of \`$schema\`, \`note\`, \`facts\`
      rules/conditions.json
        \`facts\` is missing
        add \`facts\`"
    `);
  });

  test("a calendar that is declared nowhere", () => {
    expect(told(CHANNEL, `${SETTLE}.calendar`, ["a.days", "b.days"], ["a.days"])).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[0].calendar[1]  (a.pay.t1)
        calendar \`b.days\` is declared nowhere
        did you mean \`a.days\`?"
    `);
  });

  test("a channel's calendar", () => {
    expect(told(CHANNEL, "calendar", "a.day", "a.days")).toMatchInlineSnapshot(`
      "rules/channels/a.json  calendar  (a.pay)
        calendar \`a.day\` is declared nowhere
        did you mean \`a.days\`?"
    `);
  });

  test("the calendar of a system's hours", () => {
    expect(told("systems.json", "systems.rail.hours[0].calendar", "a-days", "a.days")).toMatchInlineSnapshot(`
      "rules/systems.json  systems.rail.hours[0].calendar  (rail)
        calendar \`a-days\` is declared nowhere
        did you mean \`a.days\`?"
    `);
  });

  test("a system that is declared nowhere", () => {
    expect(told(CHANNEL, `${SETTLE}.system`, "trail", "rail")).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[0].system  (a.pay.t1)
        system \`trail\` is declared nowhere
        did you mean \`rail\`?"
    `);
  });

  test("a bank that no system stands for", () => {
    expect(told(CHANNEL, `${SETTLE}.system`, "payer.bank", "payee.bank")).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[0].system  (a.pay.t1)
        system \`payer.bank\` is declared nowhere
        did you mean \`payee.bank\`?"
    `);
  });

  test("the systems of a window", () => {
    expect(told(WINDOWS, "rules[1].event.params.systems[0]", "hvps", "payee.bank")).toMatchInlineSnapshot(`
      "rules/maintenance/w.json  rules[1].event.params.systems[0]  (w.dates)
        system \`hvps\` is declared nowhere
        choose one of \`payee.bank\`, \`rail\`"
    `);
  });

  test("the fact that a system stands for", () => {
    expect(told("systems.json", "systems.rail.fact", "payee.banc", "payee.bank")).toMatchInlineSnapshot(`
      "rules/systems.json  systems.rail.fact  (rail)
        fact \`payee.banc\` is declared nowhere
        did you mean \`payee.bank\`?"
    `);
  });
});
