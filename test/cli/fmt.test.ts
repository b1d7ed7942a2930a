import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { commandLine } from "../support/command-line.js";

const root = mkdtempSync(join(tmpdir(), "daozhang-fmt-"));
const calendars = join(root, "calendars");
const file = join(calendars, "a.json");
afterAll(() => rmSync(root, { recursive: true }));

const PLAIN = `\uFEFF{
  "id": "a.days", "weekend": [ "sat",
  "sun" ],
  "$schema": "calendar.schema.json", "zone": "Asia/Shanghai", "title": {"en": "\\u0061", "zh": "天"},\r
  "years": { "2026": { "workdays": ["2026-02-28","2026-02-14"], "holidays": [
     { "to": "2026-05-05", "name": "b", "from": "2026-05-01" },
     { "name": "a", "from": "2026-01-01", "to": "2026-01-01" } ] } },
  "coverage": { "to": "2026-12-31", "from": "2026-01-01" } }`;

const CANONICAL = `{
  "$schema": "calendar.schema.json",
  "id": "a.days",
  "title": { "zh": "天", "en": "a" },
  "zone": "Asia/Shanghai",
  "weekend": ["sat", "sun"],
  "coverage": { "from": "2026-01-01", "to": "2026-12-31" },
  "years": {
    "2026": {
      "holidays": [
        { "name": "a", "from": "2026-01-01", "to": "2026-01-01" },
        { "name": "b", "from": "2026-05-01", "to": "2026-05-05" }
      ],
      "workdays": ["2026-02-14", "2026-02-28"]
    }
  }
}
`;

beforeEach(() => {
  rmSync(calendars, { recursive: true, force: true });
  mkdirSync(calendars);
  writeFileSync(file, PLAIN);
});

describe("fmt", () => {
  test("writes what is not in canonical form, says so, and the second time does nothing", async () => {
    const first = await commandLine(["fmt", calendars]);
    expect(first).toEqual({ exitCode: 0, out: `${file}\n1 of 1 file written anew\n`, err: "" });
    expect(readFileSync(file, "utf8")).toBe(CANONICAL);
    const { mtimeMs } = statSync(file);
    const second = await commandLine(["fmt", calendars]);
    expect(second).toEqual({ exitCode: 0, out: "1 file in canonical form\n", err: "" });
    expect(statSync(file).mtimeMs).toBe(mtimeMs);
  });

  test("with --check writes nothing and exits with 1, and with 0 when there is nothing to do", async () => {
    const before = await commandLine(["fmt", "--check", calendars]);
    expect(before.exitCode).toBe(1);
    expect(before.out).toBe(`${file}\n1 of 1 file would be written anew: run daozhang fmt\n`);
    expect(readFileSync(file, "utf8")).toBe(PLAIN);
    writeFileSync(file, CANONICAL);
    expect((await commandLine(["fmt", "--check", calendars])).exitCode).toBe(0);
  });

  test("sees a mark at the start and line ends of another system", async () => {
    for (const text of [`\uFEFF${CANONICAL}`, CANONICAL.replaceAll("\n", "\r\n"), CANONICAL.trimEnd()]) {
      writeFileSync(file, text);
      expect((await commandLine(["fmt", "--check", calendars])).exitCode).toBe(1);
    }
  });

  test("writes no file at all while one cannot be read", async () => {
    writeFileSync(join(calendars, "b.json"), "{ , }");
    const { exitCode, err } = await commandLine(["fmt", calendars]);
    expect(exitCode).toBe(2);
    expect(err).toContain("b.json:1:3");
    expect(readFileSync(file, "utf8")).toBe(PLAIN);
    expect((await commandLine(["fmt", join(root, "nowhere")])).err).toContain("cannot be read: ENOENT");
  });

  test("leaves a file alone that is none of a rulebook, and says so", async () => {
    writeFileSync(join(calendars, "b.json"), "{}");
    writeFileSync(file, CANONICAL);
    const { out } = await commandLine(["fmt", calendars]);
    expect(out).toBe(
      `${join(calendars, "b.json")}  left alone: names no schema of a rulebook\n1 file in canonical form\n`,
    );
    expect(JSON.parse((await commandLine(["fmt", calendars, "--json"])).out)).toEqual({
      changed: [],
      leftAlone: [join(calendars, "b.json")],
      files: 2,
    });
  });

  test("keeps unknown keys, values of the wrong type, and blank lines between names", async () => {
    const texts = `{
  "$schema": "texts.schema.json",
  "locale": "en",
  "messages": {
    "a": "{x}",
    "b": 1,

    "c": "groups stay"
  },
  "mesages": { "d": null }
}
`;
    writeFileSync(file, texts.replace('"b": 1,\n\n', '"b": 1,\n\n\n  \n').replace('"en",', '"en",\n\n'));
    await commandLine(["fmt", calendars]);
    expect(readFileSync(file, "utf8")).toBe(texts);
  });
});

test("the shipped rules and calendars are in canonical form (otherwise: daozhang fmt rules calendars)", async () => {
  const folders = ["../../rules", "../../calendars"].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  );
  expect((await commandLine(["fmt", "--check", ...folders])).out).toMatch(/^\d+ files in canonical form\n$/);
});
