import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatProblem, type Problem } from "../../src/errors.js";
import { type Documents, documentFromText, documentsOf } from "../../src/load/document.js";
import { readFolders } from "../../src/load/folder-reader.js";
import { linkRulebook } from "../../src/load/link.js";
import { book, edited, PROCESS, SETTLE } from "./book.js";

const documents = (): Documents => documentsOf(book());

/** The same JSON with shuffled keys. */
function shuffled(value: unknown, random: () => number): unknown {
  if (Array.isArray(value)) return value.map((one) => shuffled(one, random));
  if (typeof value !== "object" || value === null) return value;
  const keyed = Object.entries(value).map(
    ([key, member]) => [random(), key, shuffled(member, random)] as const,
  );
  return Object.fromEntries(
    keyed.sort(([one], [other]) => one - other).map(([, key, member]) => [key, member]),
  );
}

describe("a rulebook", () => {
  test("contains all definitions, as the objects of its files", () => {
    const given = documents();
    const { rulebook, problems, complete, locate } = linkRulebook(given);
    expect(problems).toEqual([]);
    expect(complete).toBe(true);
    expect(Object.keys(rulebook.systems)).toEqual(["payee.bank", "rail"]);
    expect(rulebook.windows.map(({ name }) => name)).toEqual(["w.dates", "w.once", "w.open", "w.weekly"]);
    expect(rulebook.texts.zh?.hello).toBe("{name}");
    expect(rulebook.channels["a.pay"]).toBe(given.find(({ file }) => file === "rules/channels/a.json")?.json);
    expect(locate(rulebook.holds[0] ?? {}, "event.params.for")).toEqual({
      file: "rules/holds.json",
      path: "rules[0].event.params.for",
    });
  });

  test("has no inherited names", () => {
    const { rulebook } = linkRulebook(documents());
    expect(rulebook.channels.constructor).toBeUndefined();
    expect(rulebook.systems.toString).toBeUndefined();
  });

  test("does not depend on the order of files and keys (law 6)", () => {
    const expected = linkRulebook(documents());
    const shuffles = fc.tuple(
      fc.shuffledSubarray([...documents()], { minLength: 9 }),
      fc.infiniteStream(fc.double()),
    );
    fc.assert(
      fc.property(shuffles, ([files, numbers]) => {
        const random = (): number => numbers.next().value ?? 0;
        const given = files.map((document) => ({ ...document, json: shuffled(document.json, random) }));
        const { rulebook, problems } = linkRulebook(given);
        expect(problems).toEqual([]);
        expect(JSON.stringify(Object.keys(rulebook.facts))).toBe(
          JSON.stringify(Object.keys(expected.rulebook.facts)),
        );
        expect(rulebook).toEqual(expected.rulebook);
      }),
      { numRuns: 50 },
    );
  });

  test("has the same problems in any order of files", () => {
    const invalid = documentsOf(
      edited(["channels/a.json", "calendar", "b.days"], ["holds.json", "rules[0].name", "w.once"]),
    );
    const expected = linkRulebook(invalid).problems;
    expect(expected).toHaveLength(2);
    fc.assert(
      fc.property(fc.shuffledSubarray([...invalid], { minLength: invalid.length }), (given) => {
        expect(linkRulebook(given).problems).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });
});

describe("a version", () => {
  const versionOf = (...edits: Parameters<typeof edited>): string =>
    linkRulebook(documentsOf(edited(...edits))).rulebook.version;
  const plain = versionOf();

  test("is 12 hexadecimal digits, and does not depend on file names", () => {
    expect(plain).toMatch(/^[0-9a-f]{12}$/);
    expect(versionOf(["channels/a.json", "$schema", "channel.schema.json"])).toBe(plain);
    const renamed = documents().map((document, index) => ({ ...document, file: `${index}.json` }));
    expect(linkRulebook(renamed).rulebook.version).toBe(plain);
  });

  test("depends on everything else", () => {
    expect(versionOf(["channels/a.json", `${SETTLE}.cutoff`, "22:59"])).not.toBe(plain);
    expect(versionOf(["calendars/a.json", "years.2026.workdays", []])).not.toBe(plain);
    expect(versionOf(["texts/en.json", "messages.bye", "+"])).not.toBe(plain);
  });
});

describe("a folder with many faults", () => {
  const asText = (given: Documents): Documents =>
    given.map(({ file, json }) => documentFromText(file, JSON.stringify(json, null, 2)));

  test("reports all at once, with lines and columns", () => {
    const given = asText(
      documentsOf(
        edited(
          ["channels/a.json", `${SETTLE}.cutoff`, "25:00"],
          ["channels/a.json", `${PROCESS}.system`, "payee.bnak"],
          ["channels/a.json", "examples[0].expect.rule", "a.pay.t9"],
          ["facts.json", "facts.amount.tpye", "number"],
          ["holds.json", "rules[0].event.params.for", { earliest: "PT2H", expected: "PT1H", latest: "PT3H" }],
          ["texts/zh.json", "messages.bye", undefined],
          ["calendars/a.json", "years.2026.workdays[0]", "2026-02-30"],
        ),
      ),
    );
    const broken = documentFromText(
      "rules/broken.json",
      '{\n  "$schema": "facts.schema.json",\n  "facts": {,}\n}',
    );
    const { problems, complete } = linkRulebook([...given, broken]);
    expect(complete).toBe(false);
    const lineAt = ({ file, line, column }: Problem): string | undefined =>
      [...given, broken]
        .find((document) => document.file === file)
        ?.text?.split("\n")
        [(line ?? 0) - 1]?.slice((column ?? 0) - 1)
        .replace(/,$/, "");
    expect(problems.map(lineAt)).toEqual([
      '"2026-02-30"',
      ",}",
      '"25:00"',
      '"payee.bnak"',
      '"a.pay.t9"',
      '"tpye": "number"',
      "{",
      "{",
    ]);
    expect(problems.map(formatProblem).join("\n")).toMatchInlineSnapshot(`
      "calendars/a.json:27:9  years.2026.workdays[0]  (a.days)
        \`2026-02-30\` is not a date
        write a day that exists as YYYY-MM-DD, as in \`2026-02-14\`
      rules/broken.json:3:13
        a value is expected here, \`,\`
        JSON has no comments and no trailing commas, and its keys and texts stand in double quotes
      rules/channels/a.json:35:25  rules[0].event.params.steps[0].cutoff  (a.pay.t1)
        \`25:00\` is not a time of day
        write HH:MM between 00:00 and 24:00, or with a day offset as in "-1d 20:30"
      rules/channels/a.json:48:25  rules[0].event.params.steps[1].system  (a.pay.t1)
        system \`payee.bnak\` is declared nowhere
        did you mean \`payee.bank\`?
      rules/channels/a.json:75:17  examples[0].expect.rule  (a.pay)
        rule \`a.pay.t9\` is declared nowhere
        did you mean \`a.pay.t1\`?
      rules/facts.json:13:7  facts.amount.tpye  (amount)
        \`tpye\` is not a key of this object
        did you mean \`type\`?
      rules/holds.json:13:18  rules[0].event.params.for  (h.day)
        earliest \`PT2H\` and expected \`PT1H\` are in the wrong order
        write them so that earliest <= expected <= latest
      rules/texts/zh.json:4:15  messages  (bye)
        the text \`bye\` is missing in \`zh\`
        add it, or remove it from the other language"
    `);
  });

  test("reports no undeclared names that an unreadable file may declare", () => {
    const given = asText(documents()).filter(({ file }) => file !== "calendars/a.json");
    const undeclared = linkRulebook(given).problems.filter(({ what }) => what.includes("declared nowhere"));
    expect(undeclared).toHaveLength(3);
    const unreadable = documentFromText("calendars/a.json", '{ "id": "a.days", }');
    expect(linkRulebook([...given, unreadable]).problems).toHaveLength(1);
  });

  test("reports no missing texts of an unreadable file", () => {
    const given = asText(documents()).filter(({ file }) => file !== "rules/texts/zh.json");
    expect(linkRulebook(given).problems.map(({ what }) => what)).toEqual(["there are no texts for `zh`"]);
    const unreadable = documentFromText("rules/texts/zh.json", '{ "locale": "zh", }');
    expect(linkRulebook([...given, unreadable]).problems).toHaveLength(1);
  });
});

describe("arbitrary input", () => {
  const schemas = ["calendar", "channel", "conditions", "facts", "holds", "systems", "texts", "windows"];
  const place = fc.constantFrom(
    ...["channels/a.json", "facts.json", "holds.json", "maintenance/w.json", "systems.json", "texts/zh.json"],
    ...["conditions.json", "calendars/a.json"],
  );

  test("as a file causes problems and never throws", () => {
    const file = fc.record({ $schema: fc.constantFrom(...schemas.map((kind) => `${kind}.schema.json`)) });
    const json = fc.oneof(
      fc.jsonValue(),
      fc.tuple(file, fc.dictionary(fc.string(), fc.jsonValue())).map(mixed),
    );
    fc.assert(
      fc.property(json, (value) => {
        expect(linkRulebook(documentsOf({ rules: { "x.json": value }, calendars: {} })).problems).not.toEqual(
          [],
        );
      }),
      { numRuns: 300 },
    );
  });

  test("as a text causes problems and never throws", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(linkRulebook([documentFromText("x.json", text)]).problems).not.toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test("instead of a valid value never throws", () => {
    fc.assert(
      fc.property(place, fc.nat(), fc.jsonValue(), (file, pick, value) => {
        const paths = pathsIn(file);
        const path = paths[pick % paths.length] ?? "";
        const { problems, locate, rulebook } = linkRulebook(documentsOf(edited([file, path, value])));
        expect(locate(rulebook)).toEqual({});
        for (const problem of problems) expect(formatProblem(problem).split("\n")).toHaveLength(3);
      }),
      { numRuns: 800 },
    );
  });

  const mixed = ([one, other]: [object, object]): object => ({ ...other, ...one });

  function pathsIn(file: string): string[] {
    const { rules, calendars } = book();
    const paths = (value: unknown, path: string): string[] =>
      typeof value === "object" && value !== null
        ? Object.entries(value).flatMap(([key, member]) => {
            const inside = Array.isArray(value) ? `${path}[${key}]` : `${path}[${JSON.stringify(key)}]`;
            return [inside, ...paths(member, inside)];
          })
        : [];
    return paths({ ...rules, "calendars/a.json": calendars["a.json"] }[file], "");
  }
});

test("the shipped rules and calendars load without a problem", async () => {
  const { problems, complete } = linkRulebook(await readFolders({ rules: "rules", calendars: "calendars" }));
  expect(problems.map(formatProblem)).toEqual([]);
  expect(complete).toBe(true);
});
