import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatProblem } from "../../src/errors.js";
import { type Documents, documentFromText, documentsOf, inLayer } from "../../src/load/document.js";
import { linkRulebook } from "../../src/load/link.js";
import { type Book, book } from "./book.js";

/** A rulebook on top of the small book. Only explicit names override the lower layer. */

type Json = Record<string, unknown>;

const schema = (kind: string) => `../x/${kind}.schema.json`;
const title = { zh: "新", en: "new" };
const manifest = (without?: Json): Json => ({
  $schema: schema("rulebook"),
  extends: "daozhang",
  ...(without && { without }),
});

const onTop = (
  rules: Record<string, Json>,
  calendars: Record<string, Json> = {},
  without?: Json,
): Documents => documentsOf({ rules: { "rulebook.json": manifest(without), ...rules }, calendars }, book());

const link = (...given: Parameters<typeof onTop>) => linkRulebook(onTop(...given));

const problems = (...given: Parameters<typeof onTop>): string =>
  link(...given)
    .problems.map(formatProblem)
    .join("\n");

const rail = { title, note: "ours" };
const systems = (more: Json = {}): Json => ({ $schema: schema("systems"), systems: { rail }, ...more });

const ruleNamed = (name: string): Json => {
  const [rule] = (book().rules["channels/a.json"]?.rules ?? []) as [Json];
  return { ...rule, name, priority: 20, effective: { from: "2030-01-01" } };
};
const addition = (more: Json): Json => ({ $schema: schema("channel-addition"), addsTo: "a.pay", ...more });
const windowNamed = (name: string): Json => ({
  name,
  event: {
    type: "maintenance",
    params: {
      systems: ["rail"],
      effect: "closed",
      interval: { from: "2027-02-01T00:00:00+08:00", until: "2027-02-01T08:00:00+08:00" },
    },
  },
});

describe("a rulebook that extends another", () => {
  test("without changes has the same content and another version", () => {
    const { rulebook, problems, complete } = link({});
    const below = linkRulebook(documentsOf(book())).rulebook;
    expect(problems).toEqual([]);
    expect(complete).toBe(true);
    expect({ ...rulebook, version: "" }).toEqual({ ...below, version: "" });
    expect(rulebook.version).not.toBe(below.version);
  });

  test("replaces definitions of every kind by name", () => {
    const below = book();
    const channel = { ...below.rules["channels/a.json"], title, replaces: ["a.pay"] };
    const { rulebook, problems } = link(
      {
        "systems.json": systems({ replaces: ["rail"] }),
        "facts.json": {
          $schema: schema("facts"),
          replaces: ["amount"],
          facts: { amount: { title, type: "number" } },
        },
        "conditions.json": {
          $schema: schema("conditions"),
          replaces: ["small"],
          conditions: { small: { fact: "amount", operator: "equal", value: 2 } },
        },
        "en.json": {
          $schema: schema("texts"),
          locale: "en",
          replaces: ["bye"],
          messages: { bye: "so long" },
        },
        "windows.json": { $schema: schema("windows"), replaces: ["w.once"], rules: [windowNamed("w.once")] },
        "holds.json": { ...below.rules["holds.json"], replaces: ["h.day"], note: "ours" },
        "channel.json": channel,
      },
      { "a.json": { ...below.calendars["a.json"], title, replaces: ["a.days"] } },
    );
    expect(problems).toEqual([]);
    expect(rulebook.systems.rail).toEqual(rail);
    expect(rulebook.facts.amount?.default).toBeUndefined();
    expect(rulebook.conditions.small).toMatchObject({ value: 2 });
    expect([rulebook.texts.en, rulebook.texts.zh]).toEqual([
      { bye: "so long", hello: "{name}" },
      { bye: "-", hello: "{name}" },
    ]);
    expect(rulebook.windows).toHaveLength(4);
    expect(rulebook.windows[1]?.event.params.interval?.from).toBe("2027-02-01T00:00:00+08:00");
    expect(rulebook.holds).toHaveLength(1);
    expect([rulebook.channels["a.pay"]?.title, rulebook.calendars["a.days"]?.title]).toEqual([title, title]);
  });

  test("adds rules and examples to a channel, and may replace one of its rules", () => {
    const example = { payment: { amount: "2.00" }, expect: { rule: "a.pay.ours" } };
    const added = link({ "a.json": addition({ rules: [ruleNamed("a.pay.ours")], examples: [example] }) });
    expect(added.problems).toEqual([]);
    const { rules, examples } = added.rulebook.channels["a.pay"] ?? { rules: [], examples: [] };
    expect(rules.map(({ name }) => name)).toEqual(["a.pay.t1", "a.pay.ours"]);
    expect(examples).toHaveLength(2);
    const replaced = link({
      "a.json": addition({ replaces: ["a.pay.t1"], rules: [ruleNamed("a.pay.t1")] }),
    });
    expect(replaced.problems).toEqual([]);
    expect(replaced.rulebook.channels["a.pay"]?.rules.map(({ priority }) => priority)).toEqual([20]);
    expect(replaced.rulebook.channels["a.pay"]?.examples).toEqual([]);
  });

  test("adds a year to a calendar, and extends its coverage", () => {
    const years = {
      "2027": { holidays: [{ name: "元旦", from: "2027-01-01", to: "2027-01-03" }], workdays: [] },
    };
    const add = (to: string): Json => ({
      $schema: schema("calendar-addition"),
      addsTo: "a.days",
      coverage: { to },
      years,
    });
    const { rulebook, problems } = link({}, { "2027.json": add("2027-12-31") });
    expect(problems).toEqual([]);
    expect(rulebook.calendars["a.days"]?.coverage).toEqual({ from: "2026-01-01", to: "2027-12-31" });
    expect(Object.keys(rulebook.calendars["a.days"]?.years ?? {})).toEqual(["2026", "2027"]);
    const narrower = link({}, { "2027.json": add("2026-06-30") }).rulebook;
    expect(narrower.calendars["a.days"]?.coverage?.to).toBe("2026-12-31");
  });

  test("removes what `without` names, and the examples that expect it", () => {
    const { rulebook, problems } = link(
      {},
      {},
      {
        rules: ["a.pay.t1", "w.once", "h.day"],
        conditions: ["small"],
        texts: ["bye"],
      },
    );
    expect(problems).toEqual([]);
    expect(rulebook.channels["a.pay"]).toMatchObject({ rules: [], examples: [] });
    expect(rulebook.windows.map(({ name }) => name)).toEqual(["w.dates", "w.open", "w.weekly"]);
    expect([rulebook.holds, Object.keys(rulebook.conditions)]).toEqual([[], []]);
    expect([rulebook.texts.en, rulebook.texts.zh]).toEqual([{ hello: "{name}" }, { hello: "{name}" }]);
    expect(link({}, {}, { channels: ["a.pay"] }).rulebook.channels).toEqual({});
  });

  test.each([["a.pay.t1"], ["a.pay"]])("removes the examples of %s on request", (name) => {
    const { rulebook, problems } = link({}, {}, { examples: [name] });
    expect(problems).toEqual([]);
    expect(rulebook.channels["a.pay"]).toMatchObject({ rules: [{ name: "a.pay.t1" }], examples: [] });
  });

  test("does not depend on the order of files", () => {
    const given = onTop({
      "a.json": addition({ rules: [ruleNamed("a.pay.z")] }),
      "b.json": addition({ rules: [ruleNamed("a.pay.b")] }),
      "systems.json": systems({ replaces: ["rail"] }),
    });
    const expected = linkRulebook(given).rulebook;
    fc.assert(
      fc.property(fc.shuffledSubarray([...given], { minLength: given.length }), (shuffled) => {
        expect(linkRulebook(shuffled).rulebook).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });
});

describe("accidental overrides are reported", () => {
  test("a second definition without `replaces`", () => {
    expect(problems({ "systems.json": systems() })).toMatchInlineSnapshot(`
      "rules/systems.json  systems.rail  (rail)
        daozhang has a system \`rail\` already, and nothing says that this one replaces it
        add "replaces": ["rail"] to this file if it does, or rename it; the other stands at daozhang/rules/systems.json, systems.rail"
    `);
    expect(problems({ "a.json": addition({ rules: [ruleNamed("a.pay.t1")] }) })).toContain(
      "daozhang has a rule `a.pay.t1` already, and nothing says that this one replaces it",
    );
  });

  test("a duplicate in one layer, even with `replaces`", () => {
    const twice = {
      "one.json": systems({ replaces: ["rail"] }),
      "two.json": systems({ replaces: ["rail"] }),
    };
    expect(problems(twice)).toContain("system `rail` is declared twice");
  });

  test("`replaces` of a name that the lower layer does not have", () => {
    expect(problems({ "systems.json": systems({ replaces: ["rial"] }) })).toMatchInlineSnapshot(`
      "rules/systems.json  replaces[0]  (rial)
        there is no system \`rial\` in a layer below, so nothing can be taken from it
        did you mean \`rail\`?
      rules/systems.json  systems.rail  (rail)
        daozhang has a system \`rail\` already, and nothing says that this one replaces it
        add "replaces": ["rail"] to this file if it does, or rename it; the other stands at daozhang/rules/systems.json, systems.rail"
    `);
  });

  test("`replaces` without a definition in the same file", () => {
    expect(
      problems({ "systems.json": systems({ replaces: ["rail", "payee.bank"] }) }),
    ).toMatchInlineSnapshot(`
      "daozhang/rules/channels/a.json  rules[0].event.params.steps[1].system  (a.pay.t1)
        system \`payee.bank\` is used here, and rulebook.json or a \`replaces\` takes it away
        leave out what uses it too, or define it anew
      rules/systems.json  replaces[1]  (payee.bank)
        this file says that it replaces the system \`payee.bank\`, and does not define it
        define it here, or name it under \`without\` of rulebook.json if it is to be left out"
    `);
  });

  test("`without` of a name that the lower layer does not have", () => {
    expect(problems({}, {}, { rules: ["w.onec"], examples: ["w.once.x"] })).toMatchInlineSnapshot(`
      "rules/rulebook.json  without.examples[0]  (w.once.x)
        there is no rule or channel \`w.once.x\` in a layer below, so nothing can be taken from it
        did you mean \`w.once\`?
      rules/rulebook.json  without.rules[0]  (w.onec)
        there is no rule \`w.onec\` in a layer below, so nothing can be taken from it
        did you mean \`w.once\`?"
    `);
  });

  test("references to a removed definition, except from removed ones", () => {
    const used = problems({}, {}, { systems: ["rail"] });
    expect(used).toContain("daozhang/rules/channels/a.json");
    expect(
      used.match(/system `rail` is used here, and rulebook\.json or a `replaces` takes it away/g),
    ).toHaveLength(5);
    const windows = ["w.once", "w.dates", "w.weekly", "w.open"];
    expect(problems({}, {}, { systems: ["rail"], channels: ["a.pay"], rules: windows })).toBe("");
  });

  test("an addition to an undeclared channel or calendar", () => {
    const lost = problems(
      { "a.json": { ...addition({ rules: [ruleNamed("x")] }), addsTo: "a.pya" } },
      { "a.json": { $schema: schema("calendar-addition"), addsTo: "a.dasy", years: {} } },
    );
    expect(lost).toContain("channel `a.pya` is declared nowhere\n  did you mean `a.pay`?");
    expect(lost).toContain("calendar `a.dasy` is declared nowhere\n  did you mean `a.days`?");
  });

  test("a year in both layers, as after an update of the pack", () => {
    const year = { holidays: [], workdays: [] };
    const both = (more: Json): string =>
      problems(
        {},
        {
          "a.json": {
            $schema: schema("calendar-addition"),
            addsTo: "a.days",
            years: { "2026": year },
            ...more,
          },
        },
      );
    expect(both({})).toContain("daozhang has a year of a.days `2026` already");
    expect(both({ replaces: ["2026"] })).toBe("");
  });

  test("a coverage with one end where the calendar has none", () => {
    const bare = book();
    delete bare.calendars["a.json"]?.coverage;
    const add = { $schema: schema("calendar-addition"), addsTo: "a.days", coverage: { to: "2027-12-31" } };
    const own = { rules: { "rulebook.json": manifest() }, calendars: { "x.json": add } };
    const messages = linkRulebook(documentsOf(own, bare)).problems.map(({ what }) => what);
    expect(messages).toEqual(["`a.days` has no `coverage` of its own that this could widen"]);
  });

  test("`replaces` without a pack to extend", () => {
    const alone = book();
    alone.rules["systems.json"] = { ...alone.rules["systems.json"], replaces: ["rail"] };
    expect(linkRulebook(documentsOf(alone)).problems.map(formatProblem).join("\n")).toMatchInlineSnapshot(`
      "rules/systems.json  replaces[0]  (rail)
        there is no system \`rail\` in a layer below, so nothing can be taken from it
        a folder extends the shipped pack with a rulebook.json that says "extends": "daozhang""
    `);
  });

  test("a pack that was not read, and a second rulebook.json", () => {
    const own = { rules: { ...book().rules, "rulebook.json": manifest() }, calendars: book().calendars };
    expect(linkRulebook(documentsOf(own)).problems.map(({ what }) => what)).toEqual([
      "this rulebook extends `daozhang`, which was not read",
    ]);
    expect(problems({ "more/rulebook.json": manifest() })).toContain("rulebook `daozhang` is declared twice");
  });
});

describe("places", () => {
  const asText = (given: Documents): Documents =>
    given.map(({ file, json, layer }) => ({
      ...documentFromText(file, JSON.stringify(json, null, 2)),
      ...(layer !== undefined && { layer }),
    }));

  test("are found in every layer, also in merged objects", () => {
    const years = { "2027": { holidays: [], workdays: [] } };
    const { rulebook, locate } = linkRulebook(
      asText(
        onTop(
          { "a.json": addition({ rules: [ruleNamed("a.pay.ours")] }) },
          {
            "x.json": {
              $schema: schema("calendar-addition"),
              addsTo: "a.days",
              coverage: { to: "2027-12-31" },
              years,
            },
          },
        ),
      ),
    );
    const channel = rulebook.channels["a.pay"] ?? {};
    const calendar = rulebook.calendars["a.days"] ?? {};
    expect(locate(channel, "rules[1].event.params.steps[0].cutoff")).toMatchObject({
      file: "rules/a.json",
      path: "rules[0].event.params.steps[0].cutoff",
      line: expect.any(Number),
    });
    expect(locate(channel, "rules[0].name")).toMatchObject({
      file: "daozhang/rules/channels/a.json",
      layer: "daozhang",
      path: "rules[0].name",
    });
    expect(locate(channel)).toMatchObject({ file: "daozhang/rules/channels/a.json", line: 1 });
    expect(locate(calendar, "years.2027")).toMatchObject({ file: "calendars/x.json", path: "years.2027" });
    expect(locate(calendar, "years.2026.workdays[0]")).toMatchObject({ layer: "daozhang" });
    expect(locate(calendar, "coverage.to")).toMatchObject({ file: "calendars/x.json" });
    expect(locate(rulebook.texts.en ?? {}, "bye")).toMatchObject({ path: "messages.bye", layer: "daozhang" });
  });

  test("of changes are those of their names", () => {
    const { changes } = linkRulebook(
      asText(
        onTop(
          {
            "a.json": addition({ rules: [ruleNamed("a.pay.ours")] }),
            "b.json": {
              ...book().rules["channels/a.json"],
              channel: "b.pay",
              rules: [ruleNamed("b.pay.t1")],
              examples: [{ payment: {}, expect: { rule: "b.pay.t1" } }],
            },
            "systems.json": systems({ replaces: ["rail"] }),
          },
          {},
          { rules: ["w.once"], examples: ["a.pay.t1"] },
        ),
      ),
    );
    const lines = changes().map(({ change, kind, name, file, line, below }) =>
      [change, kind, name, `${file}:${line}`, ...(below ? [`${below.file}:${below.line}`] : [])].join(" "),
    );
    expect(lines).toEqual([
      "adds rule a.pay.ours rules/a.json:6",
      "adds channel b.pay rules/b.json:3",
      "removes rule w.once rules/rulebook.json:6 daozhang/rules/maintenance/w.json:5",
      "removes examples a.pay.t1 rules/rulebook.json:9",
      "replaces system rail rules/systems.json:4 daozhang/rules/systems.json:4",
    ]);
    expect(linkRulebook(documentsOf(book())).changes()).toEqual([]);
  });
});

describe("a version", () => {
  const versionOf = (own: Book, below: Book): string =>
    linkRulebook(documentsOf(own, below)).rulebook.version;
  const own = (): Book => ({ rules: { "rulebook.json": manifest() }, calendars: {} });

  test("covers every layer and their order", () => {
    const plain = versionOf(own(), book());
    const below = book();
    below.rules["texts/en.json"] = { ...below.rules["texts/en.json"], note: "changed" };
    expect(versionOf(own(), below)).not.toBe(plain);
    const noted = own();
    noted.rules["rulebook.json"] = { ...manifest(), note: "changed" };
    expect(versionOf(noted, book())).not.toBe(plain);
    const all = documentsOf(own(), book());
    const flat = all.map(({ layer: _, ...document }) => document);
    expect(linkRulebook([...flat.slice(0, 1), ...inLayer("daozhang", flat.slice(1))]).rulebook.version).toBe(
      plain,
    );
    expect(linkRulebook(flat).rulebook.version).not.toBe(plain);
  });
});
