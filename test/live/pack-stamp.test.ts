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
import { type PackStamp, stampPack, readPackStamp } from "../../src/live/pack-stamp.js";
import { stateAfter } from "../../src/live/state.js";
import { SHIPPED } from "../../src/live.js";
import { type Document, type Documents, documentFromText } from "../../src/load/document.js";
import { linkRulebook } from "../../src/load/link.js";
import { readFolders } from "../../src/load/folder-reader.js";
import { timetableOf } from "../../src/timetable.js";
import { buildOnce } from "../support/command-line.js";

/** What was proved when the package was built is not proved again, and anything else is. */

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const ACQUIRING = "channels/cn.acquiring.json";
/** A rule's example that expects the wrong day, by one byte. */
const spoilt = (text: string): string => text.replace(/("expected(?:Date)?": "20\d\d-\d\d-\d)(\d)/, spoil);
const spoil = (_: string, before: string, digit: string): string => `${before}${(Number(digit) + 1) % 10}`;

let folder: string;
let shipped: Documents;
let checked: Timetable;
let proof: PackStamp;
beforeAll(async () => {
  buildOnce();
  folder = mkdtempSync(join(tmpdir(), "daozhang-proof-"));
  for (const name of ["dist", "rules", "calendars", "package.json"])
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  shipped = await readFolders(SHIPPED);
  checked = timetableOf(shipped);
  proof = stampPack(shipped);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

const edited = (file: string, edit: (text: string) => string): Documents =>
  shipped.map((document) => (document.file.endsWith(file) ? editedOne(document, edit) : document));

function editedOne({ file, text = "" }: Document, edit: (text: string) => string): Document {
  const changed = edit(text);
  expect(changed).not.toBe(text);
  return documentFromText(file, changed);
}

/** What the golden cases ask: payments, and assessments of them. */
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

const said = (ask: () => unknown): string => {
  try {
    return JSON.stringify(ask());
  } catch (error) {
    if (error instanceof QuestionError) return JSON.stringify(error);
    throw error;
  }
};

const answers = (timetable: Timetable): string[] =>
  golden.flatMap(({ payment, asOf, asks = [] }) => [
    said(() => timetable.when(payment, asOf === undefined ? {} : { asOf })),
    ...asks.map((options) => said(() => timetable.assess(payment, options))),
  ]);

describe("a proof", () => {
  test("names the version that it proves, without that of the zone data", () => {
    expect(checked.version).toBe(`${proof.fingerprint}+tz${proof.zoneData}`);
    expect(proof.zoneData).toBe(process.versions.tz);
  });

  test("changes no answer to the golden payments", () => {
    expect(linkRulebook(shipped, proof).trusted).toBe(true);
    const trusted = timetableOf(shipped, proof);
    expect(trusted.version).toBe(checked.version);
    expect(trusted.rulebook).toEqual(checked.rulebook);
    expect(golden.length).toBeGreaterThan(40);
    expect(answers(trusted)).toEqual(answers(checked));
  });

  test("does not depend on what files are called, nor on their order", () => {
    const moved = shipped.map((one, index) => ({ ...one, file: `${index}.json` })).reverse();
    expect(linkRulebook(moved, proof).trusted).toBe(true);
  });

  test("proves no file that differs by a byte: an example that is broken is found", () => {
    expect(() => timetableOf(edited(ACQUIRING, spoilt), proof)).toThrow(RulebookError);
    const spaced = edited(ACQUIRING, (text) => `${text} `);
    expect(linkRulebook(spaced, proof)).toMatchObject({ trusted: false, problems: [] });
  });

  test("does not cover a fault that leaves the version as it is", () => {
    const misnamed = edited(ACQUIRING, (text) => text.replace("channel.schema.json", "holds.schema.json"));
    expect(() => timetableOf(misnamed, proof)).toThrow(RulebookError);
  });

  test("proves no folder in which a file is missing, is there twice, or lies in a layer below", () => {
    const [first, ...others] = shipped;
    for (const given of [
      others,
      [...shipped, first as Document],
      shipped.map((one) => ({ ...one, layer: "x" })),
    ])
      expect(linkRulebook(given, proof).trusted).toBe(false);
  });

  test("holds for what a live timetable reads again, and for nothing else", () => {
    const loaded = { timetable: timetableOf(shipped, proof), loadedAt: undefined, rejected: undefined };
    const broken = stateAfter(loaded, edited(ACQUIRING, spoilt), undefined, proof);
    expect(broken.timetable).toBe(loaded.timetable);
    expect(broken.rejected?.problems[0]?.what).toContain("example");
    expect(stateAfter(broken, shipped, undefined, proof).rejected).toBeUndefined();
  });
});

describe("a proof file", () => {
  const written = (text: string): URL => {
    const file = join(folder, "some.json");
    writeFileSync(file, text);
    return pathToFileURL(file);
  };

  test("proves what it says", async () => {
    expect(await readPackStamp(written(JSON.stringify(proof)))).toEqual(proof);
  });

  test.each<[string, () => string]>([
    ["with the zone data of another year", () => JSON.stringify({ ...proof, zoneData: "1999a" })],
    ["with other lists of holidays", () => JSON.stringify({ ...proof, holidayData: "0.0.1" })],
    ["without a version", () => JSON.stringify({ ...proof, fingerprint: undefined })],
    ["that ends early", () => JSON.stringify(proof).slice(0, 40)],
    ["that is empty", () => ""],
    ["that says null", () => "null"],
  ])("%s proves nothing", async (_, text) => {
    expect(await readPackStamp(written(text()))).toBeUndefined();
  });

  test("that is not there proves nothing", async () => {
    expect(await readPackStamp(pathToFileURL(join(folder, "none.json")))).toBeUndefined();
  });
});

/** Opens what a package has and answers once, in a process of its own; tells which packages that took. */
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

interface Probed {
  readonly expected: string;
  readonly first: readonly string[];
  readonly projected: readonly string[];
}

function probed(options: object = {}): Probed {
  const index = pathToFileURL(join(folder, "dist/index.js")).href;
  const args = ["--input-type=module", "-e", PROBE, index, JSON.stringify(options)];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" }));
}

const prove = () => spawnSync(process.execPath, [join(folder, "dist/cli/prove.js")], { encoding: "utf8" });

describe("a package that was built", () => {
  const file = (): string => join(folder, "dist/proven.json");
  const EXPECTED = "2026-02-24T10:00:00+08:00";
  const EVERYTHING = ["ajv", "date-holidays"];

  test("is proven, and opens without the packages that only a check or a projection needs", () => {
    expect(prove()).toMatchObject({ status: 0, stderr: "" });
    expect(JSON.parse(readFileSync(file(), "utf8"))).toEqual(proof);
    expect(probed()).toEqual({ expected: EXPECTED, first: [], projected: ["date-holidays"] });
  });

  test("checks everything where that is asked for, or its proof is broken or gone", () => {
    expect(prove().status).toBe(0);
    const inFull = { expected: EXPECTED, first: EVERYTHING, projected: EVERYTHING };
    expect(probed({ checkAll: true })).toEqual(inFull);
    writeFileSync(file(), "{");
    expect(probed()).toEqual(inFull);
    rmSync(file());
    expect(probed()).toEqual(inFull);
  });

  test("cannot be built where its pack contradicts an example, and `check` still says why", () => {
    const path = join(folder, "rules", ACQUIRING);
    const text = readFileSync(path, "utf8");
    expect(prove().status).toBe(0);
    try {
      writeFileSync(path, spoilt(text));
      const main = [join(folder, "dist/cli/main.js"), "check", "--lang", "en"];
      const { status, stdout } = spawnSync(process.execPath, main, { encoding: "utf8" });
      expect([status, stdout]).toEqual([2, expect.stringContaining(ACQUIRING)]);
      const built = prove();
      expect([built.status, built.stderr]).toEqual([2, expect.stringContaining(ACQUIRING)]);
      expect(existsSync(file())).toBe(false);
    } finally {
      writeFileSync(path, text);
    }
  });
});
