import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type AssessOptions,
  type Payment,
  QuestionError,
  RulebookError,
  type Timetable,
} from "../../src/index.js";
import { type PackStamp, readPackStamp, stampPack } from "../../src/live/pack-stamp.js";
import { stateAfter } from "../../src/live/state.js";
import { SHIPPED } from "../../src/live.js";
import { type Document, type Documents, documentFromText } from "../../src/load/document.js";
import { readFolders } from "../../src/load/folder-reader.js";
import { linkRulebook } from "../../src/load/link.js";
import { timetableOf } from "../../src/timetable.js";
import { buildOnce } from "../support/command-line.js";

/** The files that were checked at build time are not checked again; all others are. */

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const ACQUIRING = "channels/cn.acquiring.json";
/** Changes one byte, so that an example expects the wrong day. */
const withWrongExample = (text: string): string =>
  text.replace(/("expected(?:Date)?": "20\d\d-\d\d-\d)(\d)/, nextDigit);
const nextDigit = (_: string, before: string, digit: string): string =>
  `${before}${(Number(digit) + 1) % 10}`;

let folder: string;
let shipped: Documents;
let checked: Timetable;
let stamp: PackStamp;
beforeAll(async () => {
  buildOnce();
  folder = mkdtempSync(join(tmpdir(), "daozhang-stamp-"));
  for (const name of ["dist", "rules", "calendars", "package.json"])
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  shipped = await readFolders(SHIPPED);
  checked = timetableOf(shipped);
  stamp = stampPack(shipped);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

const edited = (file: string, edit: (text: string) => string): Documents =>
  shipped.map((document) => (document.file.endsWith(file) ? editedOne(document, edit) : document));

function editedOne({ file, text = "" }: Document, edit: (text: string) => string): Document {
  const changed = edit(text);
  expect(changed).not.toBe(text);
  return documentFromText(file, changed);
}

/** The queries of a golden case: a payment and its assessments. */
interface Golden {
  readonly payment: Payment;
  readonly asOf?: string;
  readonly asks?: readonly AssessOptions[];
}

const GOLDEN = new URL("../golden/", import.meta.url);
const golden: readonly Golden[] = readdirSync(GOLDEN)
  .filter((name) => name.endsWith(".json"))
  .map((name): unknown => JSON.parse(readFileSync(new URL(name, GOLDEN), "utf8")))
  .flatMap((json) => (Array.isArray(json) ? json : (json as { cases: Golden[] }).cases));

const answerText = (ask: () => unknown): string => {
  try {
    return JSON.stringify(ask());
  } catch (error) {
    if (error instanceof QuestionError) return JSON.stringify(error);
    throw error;
  }
};

const answers = (timetable: Timetable): string[] =>
  golden.flatMap(({ payment, asOf, asks = [] }) => [
    answerText(() => timetable.when(payment, asOf === undefined ? {} : { asOf })),
    ...asks.map((options) => answerText(() => timetable.assess(payment, options))),
  ]);

describe("a stamp", () => {
  test("has the fingerprint of the rulebook, without the zone data version", () => {
    expect(checked.version).toBe(`${stamp.fingerprint}+tz${stamp.zoneData}`);
    expect(stamp.zoneData).toBe(process.versions.tz);
  });

  test("changes no answer of the golden cases", () => {
    expect(linkRulebook(shipped, stamp).trusted).toBe(true);
    const trusted = timetableOf(shipped, stamp);
    expect(trusted.version).toBe(checked.version);
    expect(trusted.rulebook).toEqual(checked.rulebook);
    expect(golden.length).toBeGreaterThan(40);
    expect(answers(trusted)).toEqual(answers(checked));
  });

  test("does not depend on file names or order", () => {
    const moved = shipped.map((one, index) => ({ ...one, file: `${index}.json` })).reverse();
    expect(linkRulebook(moved, stamp).trusted).toBe(true);
  });

  test("does not cover a file that differs by one byte, such as a broken example", () => {
    expect(() => timetableOf(edited(ACQUIRING, withWrongExample), stamp)).toThrow(RulebookError);
    const spaced = edited(ACQUIRING, (text) => `${text} `);
    expect(linkRulebook(spaced, stamp)).toMatchObject({ trusted: false, problems: [] });
  });

  test("does not cover a fault that leaves the version unchanged", () => {
    const misnamed = edited(ACQUIRING, (text) => text.replace("channel.schema.json", "holds.schema.json"));
    expect(() => timetableOf(misnamed, stamp)).toThrow(RulebookError);
  });

  test("does not cover a missing, duplicate or lower-layer file", () => {
    const [first, ...others] = shipped;
    for (const given of [
      others,
      [...shipped, first as Document],
      shipped.map((one) => ({ ...one, layer: "x" })),
    ])
      expect(linkRulebook(given, stamp).trusted).toBe(false);
  });

  test("covers unchanged files on reload, and no others", () => {
    const loaded = { timetable: timetableOf(shipped, stamp), loadedAt: undefined, rejected: undefined };
    const broken = stateAfter(loaded, edited(ACQUIRING, withWrongExample), undefined, stamp);
    expect(broken.timetable).toBe(loaded.timetable);
    expect(broken.rejected?.problems[0]?.what).toContain("example");
    expect(stateAfter(broken, shipped, undefined, stamp).rejected).toBeUndefined();
  });
});

describe("a stamp file", () => {
  const writeStampFile = (text: string): URL => {
    const file = join(folder, "some.json");
    writeFileSync(file, text);
    return pathToFileURL(file);
  };

  test("is read", async () => {
    expect(await readPackStamp(writeStampFile(JSON.stringify(stamp)))).toEqual(stamp);
  });

  test.each<[string, () => string]>([
    ["with the zone data of another year", () => JSON.stringify({ ...stamp, zoneData: "1999a" })],
    ["with other holiday data", () => JSON.stringify({ ...stamp, holidayData: "0.0.1" })],
    ["without a fingerprint", () => JSON.stringify({ ...stamp, fingerprint: undefined })],
    ["that is cut off", () => JSON.stringify(stamp).slice(0, 40)],
    ["that is empty", () => ""],
    ["with null", () => "null"],
  ])("%s is ignored", async (_, text) => {
    expect(await readPackStamp(writeStampFile(text()))).toBeUndefined();
  });

  test("that is missing is ignored", async () => {
    expect(await readPackStamp(pathToFileURL(join(folder, "none.json")))).toBeUndefined();
  });
});

/** Opens the package in a new process, answers once, and prints which packages were loaded. */
const PROBE = `
  import { createRequire } from "node:module";
  const { openTimetable } = await import(process.argv[1]);
  const timetable = await openTimetable(JSON.parse(process.argv[2]));
  const [now, then] = [2026, 2028].map((year) => () => timetable.when({
    channel: "cn.acquiring", settlement: "t1", amount: "1000.00", initiatedAt: year + "-02-13T23:30:00+08:00",
  }));
  const loaded = () => ["ajv", "date-holidays"].filter((name) =>
    Object.keys(createRequire(process.argv[1]).cache).some((file) => file.includes("/node_modules/" + name + "/") && !file.endsWith("/package.json")));
  const { expected } = now();
  const first = loaded();
  then();
  console.log(JSON.stringify({ expected, first, projected: loaded() }));`;

interface ProbeResult {
  readonly expected: string;
  readonly first: readonly string[];
  readonly projected: readonly string[];
}

function probe(options: object = {}): ProbeResult {
  const index = pathToFileURL(join(folder, "dist/index.js")).href;
  const args = ["--input-type=module", "-e", PROBE, index, JSON.stringify(options)];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" }));
}

const stampBuild = () =>
  spawnSync(process.execPath, [join(folder, "dist/build/stamp-pack.js")], { encoding: "utf8" });

describe("a built package", () => {
  const file = (): string => join(folder, "dist/pack-stamp.json");
  const EXPECTED = "2026-02-24T10:00:00+08:00";
  const EVERYTHING = ["ajv", "date-holidays"];

  test("has a stamp, and opens without the packages for validation and projection", () => {
    expect(stampBuild()).toMatchObject({ status: 0, stderr: "" });
    expect(JSON.parse(readFileSync(file(), "utf8"))).toEqual(stamp);
    expect(probe()).toEqual({ expected: EXPECTED, first: [], projected: ["date-holidays"] });
  });

  test("validates everything on request, and if the stamp is broken or missing", () => {
    expect(stampBuild().status).toBe(0);
    const inFull = { expected: EXPECTED, first: EVERYTHING, projected: EVERYTHING };
    expect(probe({ checkAll: true })).toEqual(inFull);
    writeFileSync(file(), "{");
    expect(probe()).toEqual(inFull);
    rmSync(file());
    expect(probe()).toEqual(inFull);
  });

  test("fails to build if an example fails, and `check` reports it", () => {
    const path = join(folder, "rules", ACQUIRING);
    const text = readFileSync(path, "utf8");
    expect(stampBuild().status).toBe(0);
    try {
      writeFileSync(path, withWrongExample(text));
      const main = [join(folder, "dist/cli/main.js"), "check", "--lang", "en"];
      const { status, stdout } = spawnSync(process.execPath, main, { encoding: "utf8" });
      expect([status, stdout]).toEqual([2, expect.stringContaining(ACQUIRING)]);
      const built = stampBuild();
      expect([built.status, built.stderr]).toEqual([2, expect.stringContaining(ACQUIRING)]);
      expect(existsSync(file())).toBe(false);
    } finally {
      writeFileSync(path, text);
    }
  });
});
