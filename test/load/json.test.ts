import { describe, expect, test } from "vitest";
import { formatProblem } from "../../src/errors.js";
import { documentFromText, documentsOf } from "../../src/load/document.js";
import { lineColumn } from "../../src/load/json.js";
import { locateIn } from "../../src/load/places.js";

const problemsOf = (text: string): string =>
  documentFromText("x.json", text).problems.map(formatProblem).join("\n");

const nested = (levels: number): string => `${"[".repeat(levels)}${"]".repeat(levels)}`;

describe("faults of JSON text have places", () => {
  test("a comment", () => {
    expect(problemsOf('{ "a": 1 }')).toBe("");
    expect(problemsOf('{ "a": 1 // one\n}')).toMatchInlineSnapshot(`
      "x.json:1:10
        a comment is not JSON; objects may carry a \`note\`, \`// one\`
        JSON has no comments and no trailing commas, and its keys and texts stand in double quotes"
    `);
  });

  test("a trailing comma", () => {
    expect(problemsOf('{\n  "a": [1, 2]\n}')).toBe("");
    expect(problemsOf('{\n  "a": [1, 2,]\n}')).toMatchInlineSnapshot(`
      "x.json:2:14
        a value is expected here, \`]\`
        look for a comma too many before it"
    `);
    expect(problemsOf('{\n  "a": 1,\n}')).toMatchInlineSnapshot(`
      "x.json:3:1
        a key in double quotes is expected here, \`}\`
        look for a comma too many before it"
    `);
  });

  test("single quotes, a missing colon, a missing end, and nothing at all", () => {
    expect(problemsOf("{ 'a': 1 }")).toMatchInlineSnapshot(`
      "x.json:1:3
        this is not JSON, \`'a'\`
        JSON has no comments and no trailing commas, and its keys and texts stand in double quotes"
    `);
    expect(problemsOf('{ "a" 1 }')).toMatchInlineSnapshot(`
      "x.json:1:7
        a colon is expected here, \`1\`
        JSON has no comments and no trailing commas, and its keys and texts stand in double quotes"
    `);
    expect(problemsOf('{ "a": [1')).toMatchInlineSnapshot(`
      "x.json:1:10
        \`]\` is expected here
        JSON has no comments and no trailing commas, and its keys and texts stand in double quotes"
    `);
    expect(problemsOf("")).toMatchInlineSnapshot(`
      "x.json:1:1
        a value is expected here
        JSON has no comments and no trailing commas, and its keys and texts stand in double quotes"
    `);
  });

  test("a repeated key, but not the same key of two objects", () => {
    expect(problemsOf('[{ "a": 1 }, { "a": 2 }]')).toBe("");
    expect(problemsOf('{ "b": {\n  "a": { "a": 1 },\n  "a": 2 } }')).toMatchInlineSnapshot(`
      "x.json:3:3  b.a
        \`a\` stands twice in this object
        keep one of the two"
    `);
  });

  test("`__proto__` as a key, but not as a text", () => {
    expect(problemsOf('{ "a": "__proto__" }')).toBe("");
    expect(problemsOf('{ "a": [{ "__proto__": {} }] }')).toMatchInlineSnapshot(`
      "x.json:1:11  a[0].__proto__
        \`__proto__\` is not a key that may be used
        rename it"
    `);
  });

  test("more than 64 levels, but not brackets in a text", () => {
    expect(problemsOf(nested(64))).toBe("");
    expect(problemsOf(`["${"[".repeat(99)}\\"["]`)).toBe("");
    expect(problemsOf(nested(65))).toMatchInlineSnapshot(`
      "x.json:1:65
        more than 64 levels of objects and lists in one another
        flatten it; named conditions go into a conditions file"
    `);
    expect(problemsOf(nested(200_000))).toContain("x.json:1:65");
  });

  test("faults before a syntax error are reported too", () => {
    expect(problemsOf('{ "a": 1, "a": 2, }').split("\n")).toHaveLength(6);
  });

  test("a byte order mark is allowed and takes no column", () => {
    expect(documentFromText("x.json", '\uFEFF{ "a": 1 }').json).toEqual({ a: 1 });
    expect(problemsOf('\uFEFF{ "a": 1, "a": 2 }')).toContain("x.json:1:11");
  });
});

describe("values that JSON cannot express", () => {
  const sayOf = (json: unknown): string =>
    documentsOf({ rules: { "x.json": json }, calendars: {} })
      .flatMap(({ problems }) => problems.map(formatProblem))
      .join("\n");

  test("values of other types", () => {
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

  test("an own `__proto__` key", () => {
    expect(sayOf(JSON.parse('{ "a": { "__proto__": 1 } }'))).toMatchInlineSnapshot(`
      "rules/x.json  a.__proto__
        \`__proto__\` is not a key that may be used
        rename it"
    `);
  });

  test("a cycle", () => {
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
  test("lines may end in any way, and columns are 1-based UTF-16 units", () => {
    const text = "a\nb\r\nc\rd 😀 e";
    const placeOf = (found: string) => lineColumn(text, text.indexOf(found));
    expect(placeOf("a")).toEqual({ line: 1, column: 1 });
    expect(placeOf("b")).toEqual({ line: 2, column: 1 });
    expect(placeOf("c")).toEqual({ line: 3, column: 1 });
    expect(placeOf("d")).toEqual({ line: 4, column: 1 });
    expect(placeOf("e")).toEqual({ line: 4, column: 6 });
  });

  test("objects are found by identity, and missing values at the start of their object", () => {
    const document = documentFromText("x.json", '{\n  "a.b": [\n    { "c": 5 }\n  ]\n}');
    const locate = locateIn([document]);
    const entity = (document.json as { "a.b": object[] })["a.b"][0] ?? {};
    expect(locate(entity)).toEqual({ file: "x.json", line: 3, column: 5, path: '["a.b"][0]' });
    expect(locate(entity, "c")).toEqual({ file: "x.json", line: 3, column: 12, path: '["a.b"][0].c' });
    expect(locate(entity, "d.e[0]")).toMatchObject({ line: 3, column: 5, path: '["a.b"][0].d.e[0]' });
    expect(locate({ ...entity }, "c")).toEqual({ path: "c" });
  });
});
