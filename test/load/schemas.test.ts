import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { CalendarFile } from "../../src/model/schema/calendar.js";
import { CheckFile } from "../../src/model/schema/check.js";
import { CalendarAddition, ChannelAddition, RulebookFile } from "../../src/model/schema/layers.js";
import { ReasonsFile } from "../../src/model/schema/reasons.js";
import * as rulebook from "../../src/model/schema/rulebook.js";
import { VerdictsFile } from "../../src/model/schema/verdicts.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/**
 * The `.schema.json` files, which editors and the loader read, are generated from the definitions in `model/schema`.
 * This test compares them; `npm run schemas` runs it with permission to write.
 */
const SCHEMAS = {
  calendar: CalendarFile,
  channel: rulebook.ChannelFile,
  facts: rulebook.FactsFile,
  conditions: rulebook.ConditionsFile,
  systems: rulebook.SystemsFile,
  windows: rulebook.WindowsFile,
  holds: rulebook.HoldsFile,
  reasons: ReasonsFile,
  verdicts: VerdictsFile,
  texts: rulebook.TextsFile,
  check: CheckFile,
  rulebook: RulebookFile,
  "channel-addition": ChannelAddition,
  "calendar-addition": CalendarAddition,
};

/** Draft 7 is the newest that VS Code fully supports. */
const asFile = (schema: object): string =>
  `${JSON.stringify({ $schema: "http://json-schema.org/draft-07/schema#", ...schema }, null, 2)}\n`;

describe.each(Object.entries(SCHEMAS))("%s.schema.json", (kind, schema) => {
  test("is current (otherwise: npm run schemas)", async () => {
    await expect(asFile(schema)).toMatchFileSnapshot(`../../src/model/schema/${kind}.schema.json`);
  });

  test("is a JSON Schema", () => {
    expect(new Ajv({ strict: false }).validateSchema(JSON.parse(asFile(schema)))).toBe(true);
  });

  test("has no anyOf, whose error messages are unreadable", () => {
    expect(asFile(schema)).not.toContain('"anyOf"');
  });
});

interface SchemaNode {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly format?: string;
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly patternProperties?: Readonly<Record<string, SchemaNode>>;
  readonly $defs?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly oneOf?: readonly SchemaNode[];
}

/** All keys of a schema with their paths, including values inside lists and records. */
function* keysIn(node: SchemaNode, path: string): Generator<[path: string, node: SchemaNode]> {
  const named = Object.entries({ ...node.properties, ...node.$defs });
  for (const [key, one] of named)
    yield* [[`${path}.${key}`, one] as [string, SchemaNode], ...keysIn(one, `${path}.${key}`)];
  const unnamed = [
    ...Object.values(node.patternProperties ?? {}),
    ...(node.oneOf ?? []),
    ...(node.items ? [node.items] : []),
  ];
  for (const one of unnamed) yield* keysIn(one, `${path}[]`);
}

const allKeys = Object.entries(SCHEMAS).flatMap(([kind, schema]) => [
  ...keysIn(JSON.parse(JSON.stringify(schema)) as SchemaNode, kind),
]);

const typesOf = ({ type = [] }: SchemaNode): string[] => [type].flat();

describe("an editor", () => {
  test("finds a description of every key", () => {
    expect(allKeys.length).toBeGreaterThan(300);
    const silent = allKeys.filter(([, { description, $ref }]) => $ref === undefined && !description);
    expect(silent.map(([path]) => path)).toEqual([]);
  });

  test("finds an example or the choices of every text, number and list", () => {
    const chosen = ({ enum: choices, const: only }: SchemaNode): boolean =>
      choices !== undefined || only !== undefined;
    const silent = allKeys.filter(
      ([, node]) =>
        node.examples === undefined &&
        !chosen(node) &&
        node.items?.properties === undefined &&
        node.items?.oneOf === undefined &&
        node.items?.$ref === undefined &&
        (node.items === undefined || !chosen(node.items)) &&
        typesOf(node).some((type) => ["string", "number", "integer", "array"].includes(type)),
    );
    expect(silent.map(([path]) => path)).toEqual([]);
  });

  test("finds the unit of every number, and the format of every time, date and duration", () => {
    const UNITS = /\bdays?\b|month|year|unit|priority|highest|times|weekday/;
    const FORMS: Readonly<Record<string, RegExp>> = {
      "calendar-date": /YYYY-MM-DD/,
      instant: /ISO 8601 with an offset/,
      "date-or-instant": /calendar date, or an instant with an offset/,
      "time-of-day": /HH:MM/,
      "length-of-time": /ISO 8601/,
      lag: /T\+n .* D\+n/,
      "time-zone": /IANA/,
    };
    const silent = allKeys.filter(([, node]) => {
      const isNumber = typesOf(node).some((type) => type === "number" || type === "integer");
      const form = isNumber && !typesOf(node).includes("string") ? UNITS : FORMS[node.format ?? ""];
      return form !== undefined && !form.test(node.description ?? "");
    });
    expect(silent.map(([path, { description }]) => `${path}: ${description}`)).toEqual([]);
  });

  test("finds the meaning of every choice that is not self-explanatory", () => {
    const plain = new Set([
      "mon",
      "tue",
      "string",
      "published",
      "open",
      "public",
      "A",
      "daozhang",
      "accepted",
      "day",
      "maintenance",
      "payer",
      "normal",
      "info",
      "wall",
    ]);
    const silent = allKeys.filter(([, { enum: choices = [], description = "" }]) => {
      const first = String(choices[0]);
      return (
        choices.length > 0 && !plain.has(first) && !choices.every((one) => description.includes(String(one)))
      );
    });
    expect(silent.map(([path]) => path)).toEqual([]);
  });
});

test("the installed package exports every schema under the path of `$schema`", () => {
  const packed: [{ files: { path: string }[] }] = JSON.parse(
    execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
      cwd: ROOT,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }),
  );
  const paths = packed[0].files.map(({ path }) => path);
  for (const kind of Object.keys(SCHEMAS)) expect(paths).toContain(`src/model/schema/${kind}.schema.json`);
});

test("every shipped file has a `$schema` path that exists", () => {
  const shipped = ["rules", "calendars"].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".json"))
      .map((path) => join(ROOT, folder, path)),
  );
  expect(shipped.length).toBeGreaterThan(30);
  for (const path of shipped) {
    const { $schema } = JSON.parse(readFileSync(path, "utf8"));
    expect(existsSync(join(dirname(path), $schema)), path).toBe(true);
  }
});
