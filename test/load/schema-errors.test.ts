import { describe, expect, test } from "vitest";
import { edited, PROCESS, problemAt, problemsOf, SETTLE } from "./book.js";

/** Each message has a snapshot, and each test a similar valid value that is accepted. */

const CHANNEL = "channels/a.json";
const CALENDAR = "calendars/a.json";
const WINDOWS = "maintenance/w.json";

describe("schema errors become our own messages, one per fault", () => {
  test("a value of the wrong type", () => {
    expect(problemAt(CHANNEL, "rules[0].priority", "10", 10)).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].priority  (a.pay.t1)
        \`"10"\` is not a whole number
        write a whole number: the matching rule with the highest priority decides; 1 or more (default: 1), as in \`10\`"
    `);
  });

  test("a value that may have several types", () => {
    expect(problemAt(CHANNEL, `${PROCESS}.takes`, 5, "PT5S")).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[1].takes  (a.pay.t1)
        \`5\` is not a text or an object
        write a text or an object: write ISO 8601 without months and years, at most 3660 days, as in \`PT2H\`, \`PT30M\` or \`P1D\`"
    `);
  });

  test("a number instead of a formatted text", () => {
    expect(problemAt(CHANNEL, `${SETTLE}.cutoff`, 2300, "23:00")).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[0].cutoff  (a.pay.t1)
        \`2300\` is not a text or an object
        write a text or an object: write HH:MM between 00:00 and 24:00, or with a day offset as in "-1d 20:30""
    `);
  });

  test("null instead of an object", () => {
    expect(
      problemAt(CHANNEL, "rules[0].event", null, {
        type: "refuse",
        params: { reason: { zh: "否", en: "no" } },
      }),
    ).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event  (a.pay.t1)
        \`null\` is not an object
        write an object: the result: a route for the money, or a refusal"
    `);
  });

  test("a missing key", () => {
    expect(problemAt(CHANNEL, "zone", undefined, "UTC")).toMatchInlineSnapshot(`
      "rules/channels/a.json  (a.pay)
        \`zone\` is missing
        add \`zone\`: write an IANA name, as in \`Asia/Shanghai\`"
    `);
  });

  test("a misspelt required key is reported once", () => {
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
      problemAt(
        CHANNEL,
        `${PROCESS}.takes`,
        { earliest: "PT0S", expected: "PT1S" },
        { earliest: "PT0S", expected: "PT1S", latest: "PT2S" },
      ),
    ).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[1].takes  (a.pay.t1)
        \`latest\` is missing
        add \`latest\`: write ISO 8601 without months and years, at most 3660 days, as in \`PT2H\`, \`PT30M\` or \`P1D\`"
    `);
  });

  test("an unknown key similar to a known one", () => {
    expect(problemAt(CHANNEL, `${SETTLE}.onClose`, "wait", undefined)).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[0].onClose  (a.pay.t1)
        \`onClose\` is not a key of this object
        did you mean \`onClosed\`?"
    `);
  });

  test("an unknown key similar to none", () => {
    expect(problemAt(CALENDAR, "xyzzy", 1, undefined)).toMatchInlineSnapshot(`
      "calendars/a.json  xyzzy  (a.days)
        \`xyzzy\` is not a key of this object
        choose one of \`$schema\`, \`id\`, \`title\`, \`note\`, \`replaces\`, \`zone\`, \`extends\`, \`weekend\`, \`weekendWork\`, \`coverage\`, \`years\`, \`amendments\` and 3 more"
    `);
  });

  test("an unknown key among the bounds", () => {
    expect(problemAt(CHANNEL, `${PROCESS}.takes.latestt`, "PT1S", undefined)).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[1].takes.latestt  (a.pay.t1)
        \`latestt\` is not a key of this object
        did you mean \`latest\`?"
    `);
  });

  test("a note is allowed everywhere but must be a text", () => {
    expect(problemAt(CHANNEL, `${SETTLE}.note`, 1, "a remark")).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[0].note  (a.pay.t1)
        \`1\` is not a text
        write a text: a comment for readers; it has no effect, as in \`two banks say 17:00; the more careful of the two is kept\`"
    `);
  });

  test("an invalid choice similar to a valid one", () => {
    expect(problemAt(CHANNEL, `${SETTLE}.onClosed`, "refused", "refuse")).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[0].onClosed  (a.pay.t1)
        \`refused\` is not one of the choices
        did you mean \`refuse\`?"
    `);
  });

  test("a choice that is not a text", () => {
    expect(problemAt(WINDOWS, "rules[0].event.params.effect", 1, "degraded")).toMatchInlineSnapshot(`
      "rules/maintenance/w.json  rules[0].event.params.effect  (w.once)
        \`1\` is not one of the choices
        choose one of \`closed\`, \`degraded\`"
    `);
  });

  test("a constant", () => {
    expect(problemAt("holds.json", "rules[0].event.type", "held", "hold")).toMatchInlineSnapshot(`
      "rules/holds.json  rules[0].event.type  (h.day)
        \`held\` is not one of the choices
        did you mean \`hold\`?"
    `);
  });

  test("an unknown kind of step", () => {
    expect(problemAt(CHANNEL, `${PROCESS}.kind`, "proces", "process")).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[1].kind  (a.pay.t1)
        \`proces\` is not one of the choices
        did you mean \`process\`?"
    `);
  });

  test("a step without a kind", () => {
    expect(problemAt(CHANNEL, `${PROCESS}.kind`, undefined, "process")).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[1]  (a.pay.t1)
        \`kind\` is missing
        add \`kind\`: choose one of \`settle\`, \`process\`"
    `);
  });

  test("a kind that is not a text", () => {
    expect(problemAt(CHANNEL, `${PROCESS}.kind`, 7, "process")).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[1].kind  (a.pay.t1)
        \`7\` is not one of the choices
        choose one of \`settle\`, \`process\`"
    `);
  });

  test("a key of another kind of step", () => {
    expect(problemAt(CHANNEL, `${PROCESS}.lag`, "T+1", undefined)).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[1].lag  (a.pay.t1)
        \`lag\` is not a key of this object
        choose one of \`title\`, \`note\`, \`kind\`, \`system\`, \`milestone\`, \`onClosed\`, \`takes\`, \`clock\`"
    `);
  });
});
