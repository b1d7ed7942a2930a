import { describe, expect, test } from "vitest";
import { problemAt, SETTLE } from "./book.js";

/** Each message has a snapshot, and each test a similar valid value that is accepted. */

const CHANNEL = "channels/a.json";
const WINDOWS = "maintenance/w.json";

describe("empty, out-of-range and undeclared values are reported", () => {
  test("an empty list", () => {
    expect(problemAt(CHANNEL, `${SETTLE}.calendar`, [], ["a.days", "a.days"])).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[0].calendar  (a.pay.t1)
        nothing is in it
        give at least one: the calendar whose business days count; of several, a day counts if all are open, as in \`cn.hvps\`"
    `);
  });

  test("an empty text", () => {
    expect(problemAt(CHANNEL, "title.en", "", "x")).toMatchInlineSnapshot(`
      "rules/channels/a.json  title.en  (a.pay)
        nothing is in it
        give at least one: in English, as in \`High-Value Payment System\`"
    `);
  });

  test("a list that is too long", () => {
    expect(
      problemAt(
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
    expect(problemAt(CHANNEL, "rules[0].priority", 0, 1)).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].priority  (a.pay.t1)
        \`0\` is out of range
        write a number >= 1"
    `);
  });

  test("a number that is too large", () => {
    expect(
      problemAt(
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

  test("a number that is not an integer", () => {
    expect(problemAt(CHANNEL, "rules[0].priority", 1.5, 2)).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].priority  (a.pay.t1)
        \`1.5\` is not a whole number
        write a whole number: the matching rule with the highest priority decides; 1 or more (default: 1), as in \`10\`"
    `);
  });

  test("a file without $schema", () => {
    expect(problemAt(CHANNEL, "$schema", undefined, "channel.schema.json")).toMatchInlineSnapshot(`
      "rules/channels/a.json
        this file does not say what it is
        add "$schema" with a path that ends in \`calendar.schema.json\`, \`calendar-addition.schema.json\`, \`channel.schema.json\`, \`channel-addition.schema.json\`, \`check.schema.json\`, \`conditions.schema.json\`, \`facts.schema.json\`, \`holds.schema.json\`, \`reasons.schema.json\`, \`rulebook.schema.json\`, \`systems.schema.json\`, \`texts.schema.json\`, \`verdicts.schema.json\`, \`windows.schema.json\`"
    `);
  });

  test("a file with an unknown $schema", () => {
    expect(
      problemAt(
        CHANNEL,
        "$schema",
        "../chanel.schema.json",
        "node_modules/daozhang/schema/channel.schema.json",
      ),
    ).toMatchInlineSnapshot(`
      "rules/channels/a.json  $schema
        \`chanel.schema.json\` is not a schema of a rulebook
        did you mean \`channel.schema.json\`?"
    `);
  });

  test("a file with the $schema of another kind", () => {
    expect(
      problemAt("conditions.json", "$schema", "facts.schema.json", "conditions.schema.json"),
    ).toMatchInlineSnapshot(`
      "rules/conditions.json  conditions
        \`conditions\` is not a key of this object
        choose one of \`$schema\`, \`note\`, \`replaces\`, \`facts\`
      rules/conditions.json
        \`facts\` is missing
        add \`facts\`: the facts by name, as callers write them in a payment"
    `);
  });

  test("an undeclared calendar of a step", () => {
    expect(problemAt(CHANNEL, `${SETTLE}.calendar`, ["a.days", "b.days"], ["a.days"])).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[0].calendar[1]  (a.pay.t1)
        calendar \`b.days\` is declared nowhere
        did you mean \`a.days\`?"
    `);
  });

  test("an undeclared calendar of a channel", () => {
    expect(problemAt(CHANNEL, "calendar", "a.day", "a.days")).toMatchInlineSnapshot(`
      "rules/channels/a.json  calendar  (a.pay)
        calendar \`a.day\` is declared nowhere
        did you mean \`a.days\`?"
    `);
  });

  test("an undeclared calendar of opening hours", () => {
    expect(
      problemAt("systems.json", "systems.rail.hours[0].calendar", "a-days", "a.days"),
    ).toMatchInlineSnapshot(`
      "rules/systems.json  systems.rail.hours[0].calendar  (rail)
        calendar \`a-days\` is declared nowhere
        did you mean \`a.days\`?"
    `);
  });

  test("an undeclared system", () => {
    expect(problemAt(CHANNEL, `${SETTLE}.system`, "trail", "rail")).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[0].system  (a.pay.t1)
        system \`trail\` is declared nowhere
        did you mean \`rail\`?"
    `);
  });

  test("a fact that no system represents", () => {
    expect(problemAt(CHANNEL, `${SETTLE}.system`, "payer.bank", "payee.bank")).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[0].system  (a.pay.t1)
        system \`payer.bank\` is declared nowhere
        did you mean \`payee.bank\`?"
    `);
  });

  test("an undeclared system of a window", () => {
    expect(
      problemAt(WINDOWS, "rules[1].event.params.systems[0]", "hvps", "payee.bank"),
    ).toMatchInlineSnapshot(`
      "rules/maintenance/w.json  rules[1].event.params.systems[0]  (w.dates)
        system \`hvps\` is declared nowhere
        choose one of \`payee.bank\`, \`rail\`"
    `);
  });

  test("an undeclared fact of a system", () => {
    expect(problemAt("systems.json", "systems.rail.fact", "payee.banc", "payee.bank")).toMatchInlineSnapshot(`
      "rules/systems.json  systems.rail.fact  (rail)
        fact \`payee.banc\` is declared nowhere
        did you mean \`payee.bank\`?"
    `);
  });
});
