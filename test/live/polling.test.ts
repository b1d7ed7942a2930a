import { expect, test, vi } from "vitest";
import { openTimetable } from "../../src/index.js";
import { filesOf, HOLDS, minutesOf, newFolder, nextEvent } from "./folder.js";

vi.mock("node:fs", async (original) => ({
  ...(await original<typeof import("node:fs")>()),
  watch: () => {
    throw Object.assign(new Error("no watch left"), { code: "ENOSPC" });
  },
}));

test("changes are found without watches", async () => {
  const folder = await newFolder();
  await folder.putVersion(5);
  const live = await openTimetable({ ...folder.folders, watch: true, quietMs: 20, pollMs: 50 });
  const reloaded = nextEvent(live, "reloaded");
  await folder.put(HOLDS, filesOf(6)[HOLDS] as string);
  await reloaded;
  expect(minutesOf(live)).toBe(11);
  live.close();
  await folder.remove(".");
});
