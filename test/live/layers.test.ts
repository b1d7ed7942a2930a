import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { openTimetable } from "../../src/index.js";
import { commandLine } from "../support/command-line.js";

test("a rulebook on top of the pack reloads, and the last good one stays while it conflicts with the pack", async () => {
  const root = await mkdtemp(join(tmpdir(), "daozhang-layers-"));
  const own = join(root, "own");
  await commandLine(["init", own]);
  const systems = join(own, "rules/systems.json");
  const before = await readFile(systems, "utf8");
  const folders = { rules: join(own, "rules"), calendars: join(own, "calendars") };
  const live = await openTimetable({ ...folders, watch: true, quietMs: 20, pollMs: 50 });
  const payment = {
    ...{ channel: "cn.acquiring", settlement: "d0", acquirer: "yeepay", amount: "1" },
    initiatedAt: "2026-12-05T12:00:00+08:00",
  };
  expect(live.when(payment).earliest < "2026-12-07T08:00").toBe(true);

  await writeFile(systems, before.replace('"06:00"', '"09:00"'));
  await vi.waitFor(() => expect(live.when(payment).earliest).toBe("2026-12-07T09:00:00+08:00"), 20_000);
  expect(live.layers().map(({ change }) => change)).toContain("replaces");

  const { version } = live;
  await writeFile(systems, before.replaceAll("yeepay", "lakala"));
  await vi.waitFor(() => expect(live.status().lastRejected).toBeDefined(), 20_000);
  expect(live.status().lastRejected?.problems[0]?.layer).toBe("daozhang");
  expect(live.version).toBe(version);

  live.close();
  await rm(root, { recursive: true });
});
