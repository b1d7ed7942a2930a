import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { CalendarFile } from "../../src/model/schema/calendar.js";
import { ReasonsFile } from "../../src/model/schema/reasons.js";
import * as rulebook from "../../src/model/schema/rulebook.js";
import { VerdictsFile } from "../../src/model/schema/verdicts.js";

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
