import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { openTimetable } from "../../src/index.js";
import { commandLine, shippedTimetable } from "../support/command-line.js";

const root = mkdtempSync(join(tmpdir(), "daozhang-init-"));
afterAll(() => rmSync(root, { recursive: true }));

const own = join(root, "own");
const rules = join(own, "rules");
const calendars = join(own, "calendars");
const FOLDERS = ["--rules", rules, "--calendars", calendars];

const jsonFiles = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".json"))
    .map((path) => join(folder, path));

describe("init", () => {
  test("lays out a rulebook that loads, and says what it changes and what to do next", async () => {
    const { exitCode, out, err } = await commandLine(["init", own]);
    expect([exitCode, err]).toEqual([0, ""]);
    expect(out).toMatch(/^6 files laid out in .*own, and they load\non top of daozhang, 4 changes:\n/);
    for (const change of [
      /adds +calendar our\.days +.*our\.days\.json:3:9\n/,
      /adds +rule cn\.acquiring\.d0\.our-acquirer +.*cn\.acquiring\.json:\d+:\d+\n/,
      /adds +rule our\.psbc-2026-12-20 +/,
      /replaces +system yeepay +.*own\/rules\/systems\.json:\d+:\d+ < .*rules\/systems\.json:\d+:\d+\n/,
    ]) {
      expect(out).toMatch(change);
    }
    expect(out).toContain(`daozhang check --rules ${rules} --calendars ${calendars}`);
  });

  test("the example acquirer, hours and window answer, and the rest is the shipped pack", async () => {
    const timetable = await openTimetable({ rules, calendars });
    const shipped = await openTimetable();
    const payout = { channel: "cn.acquiring", settlement: "d0", amount: "1000" };
    const at = "2026-12-01T22:30:00+08:00";
    const ours = timetable.when({ ...payout, acquirer: "our-acquirer", initiatedAt: at });
    expect(ours).toMatchObject({
      expected: "2026-12-01T22:40:00+08:00",
      latest: "2026-12-01T23:30:00+08:00",
    });
    expect(ours.rules[0]).toBe("cn.acquiring.d0.our-acquirer");
    const onSaturday = { ...payout, acquirer: "yeepay", initiatedAt: "2026-12-05T12:00:00+08:00" };
    expect(timetable.when(onSaturday).expected).toBe("2026-12-07T07:00:00+08:00");
    expect(shipped.when(onSaturday).expected).toBe("2026-12-05T12:00:00+08:00");
    const bank = { channel: "cn.ibps", amount: "1", initiatedAt: "2026-12-20T01:00:00+08:00" };
    const toPsbc = { ...bank, payee: { bank: "psbc" } };
    expect(timetable.when(toPsbc).expected).toBe("2026-12-20T06:00:00+08:00");
    expect(shipped.when(toPsbc).expected).toBe("2026-12-20T01:00:00+08:00");
    const { version: _, ...answer } = timetable.when(bank);
    expect(shipped.when(bank)).toMatchObject(answer);
    expect(timetable.version).not.toBe(shipped.version);
  });

  test("what it lays out is in canonical form and names schemas that are there", async () => {
    expect((await commandLine(["fmt", "--check", rules, calendars])).exitCode).toBe(0);
    for (const path of [...jsonFiles(rules), ...jsonFiles(calendars)]) {
      const { $schema } = JSON.parse(readFileSync(path, "utf8"));
      expect(existsSync(resolve(dirname(path), $schema)), `${path}: ${$schema}`).toBe(true);
    }
  });

  test("its README fits a screen, in both languages, and the commands in it work", async () => {
    const zh = join(root, "zh");
    expect((await commandLine(["init", zh, "--lang", "zh"])).out).toContain("加载成功");
    const [readme = "", other = ""] = [own, zh].map((folder) =>
      readFileSync(join(folder, "README.md"), "utf8"),
    );
    for (const text of [readme, other]) expect(text.split("\n").length).toBeLessThan(42);
    const commands = readme.match(/^daozhang .*$/gm) ?? [];
    expect(commands).toHaveLength(3);
    expect(other.match(/^daozhang .*$/gm)).toEqual(commands.map((command) => command.replaceAll(own, zh)));
    const [check = "", ...others] = commands;
    expect(check).toBe(`daozhang check ${FOLDERS.join(" ")}`);
    for (const command of others) {
      const { exitCode, err } = await commandLine(command.split(" ").slice(1));
      expect([command, exitCode, err]).toEqual([command, 0, ""]);
    }
  });

  test("links to the schemas of the package that a project around it has installed", async () => {
    const project = join(root, "project");
    mkdirSync(join(project, "node_modules/daozhang/src/model/schema"), { recursive: true });
    await commandLine(["init", join(project, "bank")]);
    const { $schema } = JSON.parse(readFileSync(join(project, "bank/rules/systems.json"), "utf8"));
    expect($schema).toBe("../../node_modules/daozhang/src/model/schema/systems.schema.json");
  });

  test("writes nothing into a folder that is not empty, nor where a file is", async () => {
    const filled = join(root, "filled");
    mkdirSync(filled);
    writeFileSync(join(filled, "notes.txt"), "mine");
    const { exitCode, err } = await commandLine(["init", filled]);
    expect(exitCode).toBe(2);
    expect(err).toContain("this folder is not empty: `notes.txt`");
    expect(readdirSync(filled)).toEqual(["notes.txt"]);
    const onFile = await commandLine(["init", join(filled, "notes.txt")]);
    expect(onFile.exitCode).toBe(2);
    expect(onFile.err).toContain("this is no folder that can be written to: ENOTDIR");
    expect((await commandLine(["init", own])).err).toContain("this folder is not empty");
  });

  test("gives an object with --json", async () => {
    const { out } = await commandLine(["init", join(root, "json"), "--json"]);
    const { files, layers, version, next } = JSON.parse(out);
    expect(files).toContain("rules/rulebook.json");
    expect(layers).toHaveLength(4);
    expect(version).toMatch(/^[0-9a-f]{12}\+tz/);
    expect(next).toHaveLength(2);
  });
});

describe("check of a rulebook that extends the shipped one", () => {
  test("lists which file changes what", async () => {
    const { exitCode, out } = await commandLine(["check", "--today", "2026-06-01", ...FOLDERS]);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^on top of daozhang, 4 changes:\n/);
    expect(out).toMatch(/replaces +system yeepay/);
    const { layers } = JSON.parse((await commandLine(["check", "--json", ...FOLDERS])).out);
    expect(layers).toContainEqual(
      expect.objectContaining({
        change: "replaces",
        kind: "system",
        name: "yeepay",
        file: `${rules}/systems.json`,
        line: expect.any(Number),
        below: expect.objectContaining({ layer: "daozhang", line: expect.any(Number) }),
      }),
    );
    expect((await shippedTimetable()).layers()).toEqual([]);
  });

  test("tells an example of the pack that an override makes false, and how to say that it is meant", async () => {
    const path = join(rules, "systems.json");
    const before = readFileSync(path, "utf8");
    writeFileSync(path, before.replaceAll("yeepay", "lakala"));
    const { exitCode, out } = await commandLine(["check", ...FOLDERS]);
    expect(exitCode).toBe(2);
    expect(out).toMatch(/rules\/channels\/cn\.acquiring\.json:\d+:\d+ {2}examples\[\d+\]\.expect/);
    expect(out).toContain("an example of daozhang wants");
    const meant = out.match(/name `([^`]+)` or `cn\.acquiring` in `without\.examples`/)?.[1];
    expect(meant).toMatch(/^cn\.acquiring\./);
    writeFileSync(path, before);
  });

  test("a folder without rulebook.json stands alone", async () => {
    rmSync(join(rules, "rulebook.json"));
    const { exitCode, out } = await commandLine(["check", ...FOLDERS]);
    expect(exitCode).toBe(2);
    expect(out).toContain("there is no system `yeepay` in a layer below");
    expect(out).toContain("channel `cn.acquiring` is declared nowhere");
    expect(out).not.toContain("an example of daozhang");
  });
});
