import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { buildOnce, spawnCommand } from "./support/command-line.js";

/** Law 8: answers do not depend on the time zone of the process. */

const SCRIPT = fileURLToPath(new URL("support/print-answers.mjs", import.meta.url));

const OTHERS = ["UTC", "America/New_York", "Pacific/Apia"];

const answersIn = (zone: string): string =>
  execFileSync(process.execPath, [SCRIPT], {
    env: { ...process.env, TZ: zone },
    encoding: "utf8",
    maxBuffer: 1e9,
  });

beforeAll(buildOnce, 120_000);

test("every golden case has the same answers and texts in four zones", () => {
  const shanghai = answersIn("Asia/Shanghai");
  expect(shanghai.split("\n").length).toBeGreaterThan(40);
  expect(shanghai).toContain('"expected":"2026-02-24T10:00:00+08:00"');
  for (const zone of OTHERS) expect(answersIn(zone)).toBe(shanghai);
});

test("the calendar command prints the same in four zones, also for projected years", () => {
  const calendarIn = (zone: string) =>
    spawnCommand(["calendar", "hk.bank", "2029", "--lang", "en"], "", { TZ: zone });
  const shanghai = calendarIn("Asia/Shanghai");
  expect(shanghai.exitCode).toBe(0);
  for (const zone of OTHERS) expect(calendarIn(zone)).toEqual(shanghai);
});
