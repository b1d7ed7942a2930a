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
 * The `.schema.json` files, which editors and the loader read, are written from the definitions in `model/schema`:
 * here they are compared, and `npm run schemas` runs the same file with leave to write.
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

/** Draft 7 is the newest that VS Code understands in full. */
const asFile = (schema: object): string =>
  `${JSON.stringify({ $schema: "http://json-schema.org/draft-07/schema#", ...schema }, null, 2)}\n`;

describe.each(Object.entries(SCHEMAS))("%s.schema.json", (kind, schema) => {
  test("is current (otherwise: npm run schemas)", async () => {
    await expect(asFile(schema)).toMatchFileSnapshot(`../../src/model/schema/${kind}.schema.json`);
  });

  test("is a JSON Schema", () => {
    expect(new Ajv({ strict: false }).validateSchema(JSON.parse(asFile(schema)))).toBe(true);
  });

  test("has no anyOf, whose faults nobody can read", () => {
    expect(asFile(schema)).not.toContain('"anyOf"');
  });
});

interface Said {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly format?: string;
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Said>>;
  readonly patternProperties?: Readonly<Record<string, Said>>;
  readonly $defs?: Readonly<Record<string, Said>>;
  readonly items?: Said;
  readonly oneOf?: readonly Said[];
}

/** Every key that a file may have, by its way from the top, and the values inside lists and records. */
function* keysIn(said: Said, way: string): Generator<[way: string, said: Said]> {
  const named = Object.entries({ ...said.properties, ...said.$defs });
  for (const [key, one] of named)
    yield* [[`${way}.${key}`, one] as [string, Said], ...keysIn(one, `${way}.${key}`)];
  const unnamed = [
    ...Object.values(said.patternProperties ?? {}),
    ...(said.oneOf ?? []),
    ...(said.items ? [said.items] : []),
  ];
  for (const one of unnamed) yield* keysIn(one, `${way}[]`);
}

const allKeys = Object.entries(SCHEMAS).flatMap(([kind, schema]) => [
  ...keysIn(JSON.parse(JSON.stringify(schema)) as Said, kind),
]);

const typesOf = ({ type = [] }: Said): string[] => [type].flat();

describe("an editor", () => {
  test("finds a description of every key", () => {
    expect(allKeys.length).toBeGreaterThan(300);
    const silent = allKeys.filter(([, { description, $ref }]) => $ref === undefined && !description);
    expect(silent.map(([way]) => way)).toEqual([]);
  });

  test("finds an example of every text, number and list, or all choices", () => {
    const chosen = ({ enum: choices, const: only }: Said): boolean =>
      choices !== undefined || only !== undefined;
    const silent = allKeys.filter(
      ([, said]) =>
        said.examples === undefined &&
        !chosen(said) &&
        said.items?.properties === undefined &&
        said.items?.oneOf === undefined &&
        said.items?.$ref === undefined &&
        (said.items === undefined || !chosen(said.items)) &&
        typesOf(said).some((type) => ["string", "number", "integer", "array"].includes(type)),
    );
    expect(silent.map(([way]) => way)).toEqual([]);
  });

  test("finds the unit of every number, and how every time, date and length is written", () => {
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
    const silent = allKeys.filter(([, said]) => {
      const isNumber = typesOf(said).some((type) => type === "number" || type === "integer");
      const form = isNumber && !typesOf(said).includes("string") ? UNITS : FORMS[said.format ?? ""];
      return form !== undefined && !form.test(said.description ?? "");
    });
    expect(silent.map(([way, { description }]) => `${way}: ${description}`)).toEqual([]);
  });

  test("finds what every choice means, where the words do not say it themselves", () => {
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
    expect(silent.map(([way]) => way)).toEqual([]);
  });
});

test("the installed package has every schema where `$schema` of a folder with node_modules looks for it", () => {
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

test("every shipped file names a schema that lies where it says", () => {
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
