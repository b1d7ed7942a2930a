import { spawnSync } from "node:child_process";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type LiveTimetable, openTimetable, RulebookError } from "../../src/index.js";
import { newListeners } from "../../src/live/listeners.js";
import { buildOnce } from "../support/command-line.js";
import {
  anotherChannel,
  CHANNEL,
  contradictoryChannel,
  type Folder,
  filesOf,
  HOLDS,
  minutesOf,
  newFolder,
  nextEvent,
  PAYMENT,
  waitForMinutes,
} from "./folder.js";

let folder: Folder;
let live: LiveTimetable;
let events: string[];

/** Effectively disables polling, so that the tests rely on notifications. */
const NO_POLLING_MS = 600_000;

async function open(quietMs = 30): Promise<void> {
  live = await openTimetable({ ...folder.folders, watch: true, quietMs, pollMs: NO_POLLING_MS });
  live.on("reloaded", () => events.push("reloaded"));
  live.on("rejected", () => events.push("rejected"));
}

/** Long enough for a change to be noticed, read and compiled. */
const aWhile = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 600));

beforeEach(async () => {
  folder = await newFolder();
  events = [];
});

afterEach(async () => {
  live?.close();
  await folder.remove(".");
});

describe("a changing rulebook", () => {
  beforeEach(async () => {
    await folder.putVersion(5);
    await open();
  });

  test("reloads until closed, and each answer has its version", async () => {
    const before = live.current();
    expect(minutesOf(live)).toBe(10);
    const reloaded = nextEvent(live, "reloaded");
    await folder.replace(CHANNEL, filesOf(7)[CHANNEL] as string);
    expect(await reloaded).toEqual({ version: live.version, before: before.version });
    expect([minutesOf(live), live.when(PAYMENT).version]).toEqual([12, live.version]);
    expect([minutesOf(before), before.when(PAYMENT).version]).toEqual([10, before.version]);
    live.close();
    await folder.putVersion(8);
    await aWhile();
    expect([minutesOf(live), events]).toEqual([12, ["reloaded"]]);
    expect(live.status()).toEqual({ version: live.version, watching: false });
  });

  test("answers each query from one version, also whenAll", async () => {
    const answers = live.whenAll([PAYMENT, PAYMENT]);
    const versions = [answers.next().value];
    await folder.putVersion(6);
    await waitForMinutes(live, 12);
    versions.push(answers.next().value);
    const [first, second] = versions as { version: string }[];
    expect(first?.version).toBe(second?.version);
    expect(first?.version).not.toBe(live.version);
    expect(live.rulebook.version).toBe(live.version);
    expect(Object.keys(live)).toEqual(expect.arrayContaining(Object.keys(live.current())));
  });

  test("reloads after each save by rename", async () => {
    for (const n of [6, 7, 8]) {
      await folder.replace(CHANNEL, filesOf(n)[CHANNEL] as string);
      await folder.replace(HOLDS, filesOf(n)[HOLDS] as string);
      await waitForMinutes(live, 2 * n);
    }
  });

  test("reloads when files and folders appear and disappear", async () => {
    let reloaded = nextEvent(live, "reloaded");
    await folder.put("rules/channels/more/b.pay.json", anotherChannel());
    await reloaded;
    expect(Object.keys(live.rulebook.channels)).toEqual(["a.pay", "b.pay"]);
    reloaded = nextEvent(live, "reloaded");
    await folder.put("rules/channels/more/b.pay.json", anotherChannel().replace("PT1M", "PT2M"));
    await reloaded;
    reloaded = nextEvent(live, "reloaded");
    await folder.remove("rules/channels/more");
    await reloaded;
    expect(Object.keys(live.rulebook.channels)).toEqual(["a.pay"]);
  });

  test("reloads when its folder is deleted and recreated", async () => {
    const rejected = nextEvent(live, "rejected");
    await folder.remove("rules");
    const { problems } = await rejected;
    expect(problems[0]?.what).toBe("cannot be read: ENOENT");
    expect(minutesOf(live)).toBe(10);
    await folder.putVersion(6);
    await waitForMinutes(live, 12);
    await folder.put(HOLDS, filesOf(1)[HOLDS] as string);
    await waitForMinutes(live, 7);
  });

  test("emits nothing for other whitespace, key order or irrelevant files", async () => {
    const { version } = live;
    const facts = JSON.parse(filesOf(5)["rules/facts.json"] as string);
    await folder.put(CHANNEL, JSON.stringify(JSON.parse(filesOf(5)[CHANNEL] as string)));
    await folder.put("rules/facts.json", JSON.stringify(Object.fromEntries(Object.entries(facts).reverse())));
    await folder.put("rules/README.md", "not a rule");
    await folder.put("rules/.a.json.swp", "{");
    await folder.replace(HOLDS, filesOf(5)[HOLDS] as string);
    await aWhile();
    expect([events, live.version]).toEqual([[], version]);
  });
});

describe("an invalid rulebook", () => {
  beforeEach(async () => {
    await folder.putVersion(5);
    await open();
  });

  test("keeps the last good version, and is rejected once for each set of problems", async () => {
    const { version } = live;
    let rejected = nextEvent(live, "rejected");
    await folder.put(CHANNEL, contradictoryChannel(6));
    const { problems } = await rejected;
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ path: "examples[0].expect.expected" });
    expect(problems[0]?.file).toContain("channels/a.pay.json");
    expect([live.version, minutesOf(live)]).toEqual([version, 10]);
    expect(live.status()).toEqual({ version, lastRejected: { problems }, watching: true });

    await folder.put("rules/channels/b.pay.json", anotherChannel());
    await aWhile();
    expect(events).toEqual(["rejected"]);

    rejected = nextEvent(live, "rejected");
    await folder.put(HOLDS, '{ "$schema": "hold.schema.json" }');
    expect((await rejected).problems).not.toEqual(problems);

    await folder.remove("rules/channels/b.pay.json");
    await folder.putVersion(5);
    await aWhile();
    expect([events, live.version]).toEqual([["rejected", "rejected"], version]);
    expect(live.status()).toEqual({ version, watching: true });
  });

  test("with only a wrong `$schema` is rejected", async () => {
    const rejected = nextEvent(live, "rejected");
    await folder.put(HOLDS, (filesOf(5)[HOLDS] as string).replace("holds.schema", "hols.schema"));
    expect((await rejected).problems[0]?.path).toBe("$schema");
  });

  test("without channels is rejected", async () => {
    const rejected = nextEvent(live, "rejected");
    await folder.remove("rules/channels");
    expect((await rejected).problems[0]?.what).toBe("no channel is left in the rulebook");
    expect(minutesOf(live)).toBe(10);
  });

  test("that is half written is waited for", async () => {
    live.close();
    await open(200);
    const text = filesOf(6)[CHANNEL] as string;
    const reloaded = nextEvent(live, "reloaded");
    await folder.put(CHANNEL, text.slice(0, 100));
    await new Promise((resolve) => setTimeout(resolve, 60));
    await folder.put(CHANNEL, text);
    await reloaded;
    expect([events, minutesOf(live)]).toEqual([["reloaded"], 11]);
  });

  test("that stays half written is rejected, and reloads later", async () => {
    const rejected = nextEvent(live, "rejected");
    await folder.put(CHANNEL, (filesOf(6)[CHANNEL] as string).slice(0, 100));
    expect((await rejected).problems[0]?.file).toContain("a.pay.json");
    const reloaded = nextEvent(live, "reloaded");
    await folder.put(CHANNEL, filesOf(6)[CHANNEL] as string);
    await reloaded;
    expect([events, minutesOf(live)]).toEqual([["rejected", "reloaded"], 11]);
  });
});

describe("links", () => {
  test("of a mounted Kubernetes volume are swapped atomically", async () => {
    await folder.putVersion(5, "rules/..v5");
    await folder.link("rules/..data", "..v5");
    for (const path of [CHANNEL, HOLDS, "rules/facts.json"]) {
      await folder.link(`rules/${path.split("/").at(-1)}`, `..data/${path}`);
    }
    await open();
    expect(minutesOf(live)).toBe(10);
    for (const n of [6, 7, 8, 9]) {
      const reloaded = nextEvent(live, "reloaded");
      await folder.putVersion(n, `rules/..v${n}`);
      await folder.relink("rules/..data", `..v${n}`);
      await folder.remove(`rules/..v${n - 1}`);
      await reloaded;
      expect(minutesOf(live)).toBe(2 * n);
    }
    expect(events).toEqual(Array(4).fill("reloaded"));
  });

  test("to a file inside the folder are followed", async () => {
    await folder.putVersion(5);
    await folder.put("rules/.hidden/holds.json", filesOf(5)[HOLDS] as string);
    await folder.remove(HOLDS);
    await folder.link(HOLDS, ".hidden/holds.json");
    await open();
    const reloaded = nextEvent(live, "reloaded");
    await folder.put("rules/.hidden/holds.json", filesOf(6)[HOLDS] as string);
    await reloaded;
    expect(minutesOf(live)).toBe(11);
  });

  test("above the folder are followed when a release is switched", async () => {
    for (const n of [5, 6]) await folder.putVersion(n, `releases/${n}`);
    await folder.link("current", "releases/5");
    const rules = `${folder.root}/current/rules`;
    live = await openTimetable({ ...folder.folders, rules, watch: true, quietMs: 30, pollMs: NO_POLLING_MS });
    for (const n of [6, 5]) {
      const reloaded = nextEvent(live, "reloaded");
      await folder.relink("current", `releases/${n}`);
      await reloaded;
      expect(minutesOf(live)).toBe(2 * n);
    }
  });

  test("out of the folder are neither read nor watched", async () => {
    await folder.putVersion(5);
    await open();
    const rejected = nextEvent(live, "rejected");
    await folder.link("rules/out", "/");
    expect((await rejected).problems[0]?.what).toBe("this link leads out of the folder");
    expect(minutesOf(live)).toBe(10);
  });
});

describe("opening", () => {
  test("throws if the first version is invalid", async () => {
    await folder.putVersion(5);
    await folder.put(CHANNEL, contradictoryChannel(5));
    await expect(openTimetable({ ...folder.folders, watch: true })).rejects.toThrow(RulebookError);
  });

  test("without watch returns a fixed timetable", async () => {
    await folder.putVersion(5);
    const still = await openTimetable(folder.folders);
    expect(Object.keys(still)).not.toContain("close");
  });

  test("with a clock, status has the times", async () => {
    await folder.putVersion(5);
    let now = Date.parse("2026-03-01T00:00:00Z");
    live = await openTimetable({ ...folder.folders, watch: true, quietMs: 30, clock: () => now });
    expect(live.status()).toMatchObject({ loadedAt: "2026-03-01T00:00:00.000Z", watching: true });
    now += 60_000;
    const rejected = nextEvent(live, "rejected");
    await folder.put(CHANNEL, contradictoryChannel(6));
    await rejected;
    expect(live.status().loadedAt).toBe("2026-03-01T00:00:00.000Z");
    expect(live.status().lastRejected?.at).toBe("2026-03-01T00:01:00.000Z");
  });
});

describe("listeners", () => {
  test("are called until they are removed, each on its own", async () => {
    await folder.putVersion(5);
    await open();
    const calls: string[] = [];
    const same = (): void => void calls.push("same");
    const ends = [live.on("reloaded", same), live.on("reloaded", same)];
    ends[0]?.();
    ends[0]?.();
    let reloaded = nextEvent(live, "reloaded");
    await folder.replace(CHANNEL, filesOf(6)[CHANNEL] as string);
    await reloaded;
    expect(calls).toEqual(["same"]);
    ends[1]?.();
    reloaded = nextEvent(live, "reloaded");
    await folder.replace(CHANNEL, filesOf(7)[CHANNEL] as string);
    await reloaded;
    expect(calls).toEqual(["same"]);
  });

  test("that throw cause an uncaught exception after the others were called", () => {
    const { on, emit } = newListeners();
    const calls: string[] = [];
    on("reloaded", () => {
      throw new Error("a listener's fault");
    });
    on("reloaded", ({ version }) => void calls.push(version));
    const later = vi.spyOn(process, "nextTick").mockImplementation(() => {});
    emit("reloaded", { version: "b", before: "a" });
    const [[thrown] = []] = later.mock.calls;
    later.mockRestore();
    expect(calls).toEqual(["b"]);
    expect(thrown).toThrow("a listener's fault");
  });
});

test("an open timetable does not keep the process alive", { timeout: 120_000 }, async () => {
  await folder.putVersion(5);
  buildOnce();
  const index = JSON.stringify(new URL("../../dist/index.js", import.meta.url).href);
  const script = `import { openTimetable } from ${index};
    const live = await openTimetable(${JSON.stringify({ ...folder.folders, watch: true })});
    process.stdout.write(String(live.status().watching));`;
  const { status, stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
    encoding: "utf8",
    timeout: 60_000,
  });
  expect([status, stdout]).toEqual([0, "true"]);
});
