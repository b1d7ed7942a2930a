import { describe, expect, test } from "vitest";
import { edited, problemAt, problemsOf } from "./book.js";

/** Each test has a fault and a similar valid value that is accepted. */

const CHANNEL = "channels/a.json";

describe("rules, facts, systems and texts fit together", () => {
  test("a rule is in force for at least a day", () => {
    expect(problemAt(CHANNEL, "rules[0].effective.until", "2016-01-01", "2016-01-02")).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].effective  (a.pay.t1)
        nothing lies between \`2016-01-01\` and \`2016-01-01\`
        the first must come before the second; exchange or correct them"
    `);
  });

  test("hours are in force for at least a day", () => {
    expect(
      problemAt(
        "systems.json",
        "systems.rail.hours[0].effective",
        { from: "2018-05-02", until: "2018-05-02" },
        { from: "2018-05-02" },
      ),
    ).toMatchInlineSnapshot(`
      "rules/systems.json  systems.rail.hours[0].effective  (rail)
        nothing lies between \`2018-05-02\` and \`2018-05-02\`
        the first must come before the second; exchange or correct them"
    `);
  });

  test("a system closes after it opens", () => {
    expect(
      problemAt("systems.json", "systems.rail.hours[0].closes", "-1d 20:30", "-1d 20:31"),
    ).toMatchInlineSnapshot(`
      "rules/systems.json  systems.rail.hours[0].closes  (rail)
        nothing lies between \`-1d 20:30\` and \`-1d 20:30\`
        the first must come before the second; exchange or correct them"
    `);
  });

  test("a system opens before it closes after a closed day too", () => {
    expect(
      problemAt("systems.json", "systems.rail.hours[0].opensAfterClosedDay", "17:15", "17:14"),
    ).toMatchInlineSnapshot(`
      "rules/systems.json  systems.rail.hours[0].closes  (rail)
        nothing lies between \`17:15\` and \`17:15\`
        the first must come before the second; exchange or correct them"
    `);
  });

  test("a default is of its fact's type", () => {
    expect(problemAt("facts.json", "facts.amount.default", "0", 0)).toMatchInlineSnapshot(`
      "rules/facts.json  facts.amount.default  (amount)
        the default \`0\` is no value of this fact
        choose a default of its \`type\`, within \`values\`, \`minimum\` and \`maximum\`"
    `);
  });

  test("a default lies within the bounds", () => {
    expect(problemAt("facts.json", "facts.amount.default", -1, 1)).toMatchInlineSnapshot(`
      "rules/facts.json  facts.amount.default  (amount)
        the default \`-1\` is no value of this fact
        choose a default of its \`type\`, within \`values\`, \`minimum\` and \`maximum\`"
    `);
  });

  test("a default is one of the values of a closed fact", () => {
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

  test("a default of an open fact may be another value", () => {
    expect(problemsOf(edited(["facts.json", 'facts["payee.bank"].default', "boc"]))).toMatchInlineSnapshot(
      `""`,
    );
  });

  test("only texts have values", () => {
    expect(problemAt("facts.json", "facts.amount.values", ["1"], undefined)).toMatchInlineSnapshot(`
      "rules/facts.json  facts.amount.default  (amount)
        the default \`0\` is no value of this fact
        choose a default of its \`type\`, within \`values\`, \`minimum\` and \`maximum\`
      rules/facts.json  facts.amount.values  (amount)
        values are only for facts of type \`string\`
        remove them, or make the type \`string\`"
    `);
  });

  test("only numbers have bounds", () => {
    expect(problemAt("facts.json", 'facts["payee.bank"].minimum', 1, undefined)).toMatchInlineSnapshot(`
      "rules/facts.json  facts["payee.bank"].type  (payee.bank)
        minimum and maximum are only for facts of type \`number\`
        remove them, or make the type \`number\`"
    `);
  });

  test("bounds of a fact are in order", () => {
    expect(problemAt("facts.json", "facts.amount.maximum", -1, 0)).toMatchInlineSnapshot(`
      "rules/facts.json  facts.amount.default  (amount)
        the default \`0\` is no value of this fact
        choose a default of its \`type\`, within \`values\`, \`minimum\` and \`maximum\`
      rules/facts.json  facts.amount.maximum  (amount)
        nothing lies between \`0\` and \`-1\`
        the first must come before the second; exchange or correct them"
    `);
  });

  test("a system with the name of a fact must declare the fact", () => {
    expect(
      problemAt("systems.json", 'systems["payee.bank"].fact', undefined, "payee.bank"),
    ).toMatchInlineSnapshot(`
      "rules/systems.json  systems["payee.bank"]  (payee.bank)
        \`payee.bank\` is also a fact, and the system does not say that it stands for what the fact names
        add "fact": "payee.bank", or rename the system"
    `);
  });

  test("an example names a rule of its channel", () => {
    expect(problemAt(CHANNEL, "examples[0].expect.rule", "a.pay.t2", "a.pay.t1")).toMatchInlineSnapshot(`
      "rules/channels/a.json  examples[0].expect.rule  (a.pay)
        rule \`a.pay.t2\` is declared nowhere
        did you mean \`a.pay.t1\`?"
    `);
  });

  test("a text exists in every language", () => {
    expect(problemAt("texts/zh.json", "messages.bye", undefined, "再见")).toMatchInlineSnapshot(`
      "rules/texts/zh.json  messages  (bye)
        the text \`bye\` is missing in \`zh\`
        add it, or remove it from the other language"
    `);
  });

  test("the name of a rule is unique across all kinds of rules", () => {
    expect(problemAt("holds.json", "rules[0].name", "w.once", "w.twice")).toMatchInlineSnapshot(`
      "rules/holds.json  rules[0].name  (w.once)
        rule \`w.once\` is declared twice
        rename or remove one of them; the other stands at rules/maintenance/w.json, rules[0].name"
    `);
  });
});
