import { describe, expect, test } from "vitest";
import { formatProblem } from "../../src/errors.js";
import { documentFromText, documentsOf } from "../../src/load/document.js";
import { lineColumn } from "../../src/load/json.js";
import { locateIn } from "../../src/load/places.js";

const say = (text: string): string => documentFromText("x.json", text).problems.map(formatProblem).join("\n");

const nested = (levels: number): string => `${"[".repeat(levels)}${"]".repeat(levels)}`;

describe("a text is strict JSON, or its faults have a place", () => {
  test("a comment", () => {
    expect(say('{ "a": 1 }')).toBe("");
    expect(say('{ "a": 1 // one\n}')).toMatchInlineSnapshot(`
      "x.json:1:10
        a comment is not JSON; objects may carry a \`note\`, \`// one\`
        JSON has no comments and no trailing commas, and its keys and texts stand in double quotes"
    `);
  });

  test("a trailing comma", () => {
    expect(say('{\n  "a": [1, 2]\n}')).toBe("");
    expect(say('{\n  "a": [1, 2,]\n}')).toMatchInlineSnapshot(`
      "x.json:2:14
        a value is expected here, \`]\`
        look for a comma too many before it"
    `);
    expect(say('{\n  "a": 1,\n}')).toMatchInlineSnapshot(`
      "x.json:3:1
        a key in double quotes is expected here, \`}\`
        look for a comma too many before it"
    `);
  });

  test("single quotes, a missing colon, a missing end, and nothing at all", () => {
    expect(say("{ 'a': 1 }")).toMatchInlineSnapshot(`
      "x.json:1:3
        this is not JSON, \`'a'\`
        JSON has no comments and no trailing commas, and its keys and texts stand in double quotes"
    `);
    expect(say('{ "a" 1 }')).toMatchInlineSnapshot(`
      "x.json:1:7
        a colon is expected here, \`1\`
        JSON has no comments and no trailing commas, and its keys and texts stand in double quotes"
    `);
    expect(say('{ "a": [1')).toMatchInlineSnapshot(`
      "x.json:1:10
        \`]\` is expected here
        JSON has no comments and no trailing commas, and its keys and texts stand in double quotes"
    `);
    expect(say("")).toMatchInlineSnapshot(`
      "x.json:1:1
        a value is expected here
        JSON has no comments and no trailing commas, and its keys and texts stand in double quotes"
    `);
  });

  test("a repeated key, but not the same key of two objects", () => {
    expect(say('[{ "a": 1 }, { "a": 2 }]')).toBe("");
    expect(say('{ "b": {\n  "a": { "a": 1 },\n  "a": 2 } }')).toMatchInlineSnapshot(`
      "x.json:3:3  b.a
        \`a\` stands twice in this object
        keep one of the two"
    `);
  });

  test("`__proto__` as a key, but not as a text", () => {
    expect(say('{ "a": "__proto__" }')).toBe("");
    expect(say('{ "a": [{ "__proto__": {} }] }')).toMatchInlineSnapshot(`
      "x.json:1:11  a[0].__proto__
        \`__proto__\` is not a key that may be used
        rename it"
    `);
  });

  test("more than 64 levels, but not brackets in a text", () => {
    expect(say(nested(64))).toBe("");
    expect(say(`["${"[".repeat(99)}\\"["]`)).toBe("");
    expect(say(nested(65))).toMatchInlineSnapshot(`
      "x.json:1:65
        more than 64 levels of objects and lists in one another
        flatten it; named conditions go into a conditions file"
    `);
    expect(say(nested(200_000))).toContain("x.json:1:65");
  });

  test("faults before the place where the syntax breaks are told too", () => {
    expect(say('{ "a": 1, "a": 2, }').split("\n")).toHaveLength(6);
  });

  test("a byte order mark is no fault and takes no column", () => {
    expect(documentFromText("x.json", '\uFEFF{ "a": 1 }').json).toEqual({ a: 1 });
    expect(say('\uFEFF{ "a": 1, "a": 2 }')).toContain("x.json:1:11");
  });
});

describe("parsed JSON that no text could say", () => {
  const sayOf = (json: unknown): string =>
    documentsOf({ rules: { "x.json": json }, calendars: {} })
      .flatMap(({ problems }) => problems.map(formatProblem))
      .join("\n");

  test("values that JSON lacks", () => {
    expect(sayOf({ a: [null, "x", 1, true] })).toBe("");
    expect(sayOf({ a: [Number.NaN] })).toMatchInlineSnapshot(`
      "rules/x.json  a[0]
        \`NaN\` is a value that JSON does not have
        give parsed JSON: texts, finite numbers, true, false, null, lists and objects"
    `);
    expect(sayOf({ a: undefined })).toMatchInlineSnapshot(`
      "rules/x.json  a
        \`undefined\` is a value that JSON does not have
        give parsed JSON: texts, finite numbers, true, false, null, lists and objects"
    `);
    expect(sayOf(() => 1)).toContain("is a value that JSON does not have");
  });

  test("an own `__proto__`", () => {
    expect(sayOf(JSON.parse('{ "a": { "__proto__": 1 } }'))).toMatchInlineSnapshot(`
      "rules/x.json  a.__proto__
        \`__proto__\` is not a key that may be used
        rename it"
    `);
  });

  test("a ring", () => {
    const ring: Record<string, unknown> = {};
    ring.a = { ring };
    expect(sayOf(ring)).toMatchInlineSnapshot(`
      "rules/x.json  a.ring.a.ring
        more than 64 levels of objects and lists in one another
        flatten it; named conditions go into a conditions file"
    `);
  });
});

describe("places", () => {
  test("lines end as editors let them end, and columns are UTF-16 units from 1", () => {
    const text = "a\nb\r\nc\rd 😀 e";
    const placeOf = (found: string) => lineColumn(text, text.indexOf(found));
    expect(placeOf("a")).toEqual({ line: 1, column: 1 });
    expect(placeOf("b")).toEqual({ line: 2, column: 1 });
    expect(placeOf("c")).toEqual({ line: 3, column: 1 });
    expect(placeOf("d")).toEqual({ line: 4, column: 1 });
    expect(placeOf("e")).toEqual({ line: 4, column: 6 });
  });

  test("an object is found by identity, and what is missing stands where its object begins", () => {
    const document = documentFromText("x.json", '{\n  "a.b": [\n    { "c": 5 }\n  ]\n}');
    const locate = locateIn([document]);
    const entity = (document.json as { "a.b": object[] })["a.b"][0] ?? {};
    expect(locate(entity)).toEqual({ file: "x.json", line: 3, column: 5, path: '["a.b"][0]' });
    expect(locate(entity, "c")).toEqual({ file: "x.json", line: 3, column: 12, path: '["a.b"][0].c' });
    expect(locate(entity, "d.e[0]")).toMatchObject({ line: 3, column: 5, path: '["a.b"][0].d.e[0]' });
    expect(locate({ ...entity }, "c")).toEqual({ path: "c" });
  });
});
