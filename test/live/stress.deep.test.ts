import { createHook } from "node:async_hooks";
import { setImmediate as turn, setTimeout as wait } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test, vi } from "vitest";
import { openTimetable } from "../../src/index.js";
import {
  CHANNEL,
  contradictoryChannel,
  type Folder,
  filesOf,
  HOLDS,
  minutesOf,
  newFolder,
  PAYMENT,
  SENT,
  waitForMinutes,
} from "./folder.js";

/** Hundreds of valid and invalid rewrites during continuous queries. */

const ROUNDS = 200;
/** Long, because on a busy machine the queries leave little time for reloads. */
const TIMEOUT_MS = 300_000;

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** A folder whose files are behind one link, as on a mounted volume, so that versions are swapped atomically. */
async function mountedFolder(n: number): Promise<Folder> {
  const folder = await newFolder();
  await folder.putVersion(n, `rules/..v${n}`);
  await folder.link("rules/..data", `..v${n}`);
  for (const path of Object.keys(filesOf(n))) {
    await folder.link(`rules/${path.split("/").at(-1)}`, `..data/${path}`);
  }
  return folder;
}

type Break = (folder: Folder, version: string, n: number) => Promise<void>;

/** Ways to break a version. The first breaks nothing. */
const BREAKS: readonly Break[] = [
  async () => {},
  (folder, version, n) => folder.put(`${version}/${CHANNEL}`, contradictoryChannel(n)),
  (folder, version, n) => folder.put(`${version}/${HOLDS}`, (filesOf(n)[HOLDS] as string).slice(0, 40)),
  (folder, version) => folder.remove(`${version}/${CHANNEL}`),
  (folder, version) => folder.put(`${version}/${HOLDS}`, '{ "$schema": "holds.schema.json" }'),
];

test(
  "every answer comes from one good version while files are rewritten",
  async () => {
    const folder = await mountedFolder(1);
    const live = await openTimetable({ ...folder.folders, watch: true, quietMs: 3, pollMs: 50 });
    const counts = { reloaded: 0, rejected: 0 };
    live.on("reloaded", () => counts.reloaded++);
    live.on("rejected", () => counts.rejected++);
    const seen = new Map([[live.version, minutesOf(live)]]);
    let asking = true;
    let asked = 0;

    const ask = async (): Promise<void> => {
      for (; asking; asked++) {
        const { version, expected } = live.when(PAYMENT);
        const minutes = (Date.parse(expected) - Date.parse(SENT)) / 60_000;
        if (minutes % 2 !== 0 || minutes !== (seen.get(version) ?? minutes))
          throw new Error(`a mixture of versions: ${version} took ${minutes} minutes`);
        seen.set(version, minutes);
        await turn();
      }
    };
    const rewrite = async (): Promise<void> => {
      for (let n = 2; n <= ROUNDS; n++) {
        const version = `rules/..v${n}`;
        await folder.putVersion(n, version);
        await BREAKS[n % 3 === 0 ? 1 + (n % 4) : 0]?.(folder, version, n);
        await folder.relink("rules/..data", `..v${n}`);
        await folder.remove(`rules/..v${n - 1}`);
        await wait(n % 20);
      }
      await folder.putVersion(1000, "rules/..last");
      await folder.relink("rules/..data", "..last");
      await waitForMinutes(live, 2000);
      asking = false;
    };
    const questions = ask();
    await Promise.race([questions, rewrite()]);
    asking = false;
    await questions;

    expect(asked).toBeGreaterThan(ROUNDS);
    expect(counts.reloaded).toBeGreaterThan(ROUNDS / 20);
    expect(counts.rejected).toBeGreaterThan(0);
    expect(new Set(seen.values()).size).toBe(seen.size);
    expect(live.status()).toEqual({ version: live.version, watching: true });
    live.close();
    await folder.remove(".");
  },
  TIMEOUT_MS,
);

/** Counts open watches and timers, including unreferenced ones. */
function countHandles(): {
  readonly now: () => { watches: number; timers: number };
  readonly end: () => void;
} {
  const kinds = new Map<number, string>();
  const hook = createHook({
    init: (id, type) => void (/^(FSEVENTWRAP|Timeout)$/.test(type) && kinds.set(id, type)),
    destroy: (id) => void kinds.delete(id),
  }).enable();
  const count = (wanted: string): number => [...kinds.values()].filter((kind) => kind === wanted).length;
  return {
    now: () => ({ watches: count("FSEVENTWRAP"), timers: count("Timeout") }),
    end: () => void hook.disable(),
  };
}

const heapAfterCollection = (): number => {
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().heapUsed;
};

test(
  "hundreds of reloads leak no watches, timers or memory",
  async () => {
    const folder = await mountedFolder(1);
    const handles = countHandles();
    const live = await openTimetable({ ...folder.folders, watch: true, quietMs: 1, pollMs: 600_000 });
    const reload = async (from: number, to: number): Promise<void> => {
      for (let n = from; n < to; n++) {
        await folder.putVersion(n, `rules/..v${n}`);
        await folder.relink("rules/..data", `..v${n}`);
        await folder.remove(`rules/..v${n - 1}`);
        await waitForMinutes(live, 2 * n);
      }
      await wait(50);
    };

    await reload(2, 60);
    const before = { ...handles.now(), heap: heapAfterCollection() };
    await reload(60, 260);
    const after = { ...handles.now(), heap: heapAfterCollection() };
    expect(before.watches).toBeGreaterThan(0);
    expect(after.watches).toBeLessThanOrEqual(before.watches);
    // Other code has timers too.
    expect(after.timers).toBeLessThanOrEqual(before.timers + 5);
    // A timetable of these files takes about 14 kB, so 200 leaked ones would be twice this limit.
    expect(after.heap - before.heap).toBeLessThan(1_500_000);
    live.close();
    await vi.waitFor(() => expect(handles.now().watches).toBe(0), { timeout: 10_000 });
    handles.end();
    await folder.remove(".");
  },
  TIMEOUT_MS,
);
