import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import {
  adoptTimetable,
  compileTimetable,
  openTimetable,
  RulebookError,
  type SharedTimetable,
  type Timetable,
} from "../../src/index.js";
import { type Folder, filesOf, minutesOf, newFolder, PAYMENT, waitForMinutes } from "../live/folder.js";
import { buildOnce, shippedTimetable } from "../support/command-line.js";
import { answersTo } from "./answers.mjs";
import { paymentsOver } from "./payments.js";

/** Threads with a shared timetable answer like the original. */

const THREADS = 3;
const PAYMENTS = 1000;
const RELOADS = 20;
/** Long, because three threads are slow on a busy machine. */
const TIMEOUT_MS = 300_000;

let threads: Worker[] = [];
const started = (workerData: SharedTimetable): Worker[] => {
  threads = Array.from(
    { length: THREADS },
    () => new Worker(new URL("worker.mjs", import.meta.url), { workerData }),
  );
  return threads;
};

beforeAll(buildOnce, 120_000);
afterEach(async () => {
  await Promise.all(threads.map((thread) => thread.terminate()));
  threads = [];
});

test(
  "payments over all channels have the same answers in every thread, without validation",
  async () => {
    const timetable = await shippedTimetable();
    const payments = paymentsOver(timetable, PAYMENTS);
    expect(new Set(payments.map(({ channel }) => channel)).size).toBe(17);
    const answered = started(timetable.share()).map(async (thread, place) => {
      // Each thread has another order, because caches must not matter.
      const turned = [...payments.slice(place * 300), ...payments.slice(0, place * 300)];
      thread.postMessage({ payments: turned });
      const [{ answers, version, checked }] = await once(thread, "message");
      expect([version, checked]).toEqual([timetable.version, false]);
      return new Map(turned.map((payment, index) => [payment, answers[index] as string]));
    });
    const alone = payments.map((payment) => answersTo(timetable, payment));
    expect(alone.filter((text) => text.includes('"expected"')).length).toBeGreaterThan(PAYMENTS / 2);
    for (const answers of await Promise.all(answered))
      expect(payments.findIndex((payment, index) => answers.get(payment) !== alone[index])).toBe(-1);
  },
  TIMEOUT_MS,
);

test(
  "threads that receive every version during rewrites answer from one version at a time",
  async () => {
    const folder = await newFolder();
    await folder.putVersion(1);
    const live = await openTimetable({ ...folder.folders, watch: true, quietMs: 3, pollMs: 50 });
    const minutes = new Map([[live.version, minutesOf(live)]]);
    const asking = started(live.share());
    live.on("reloaded", ({ version }) => {
      minutes.set(version, minutesOf(live));
      for (const thread of asking) thread.postMessage({ shared: live.share() });
    });
    for (const thread of asking) {
      thread.postMessage({ payments: [] });
      await once(thread, "message");
      thread.postMessage({ payment: PAYMENT });
    }
    for (let n = 2; n <= RELOADS; n++) {
      await folder.putVersion(n);
      await waitForMinutes(live, 2 * n);
      await wait(n % 7);
    }
    for (const thread of asking) thread.postMessage({ end: true });
    for (const [{ seen, asked, version }] of await Promise.all(
      asking.map((thread) => once(thread, "message")),
    )) {
      expect(asked).toBeGreaterThan(RELOADS);
      expect(Object.keys(seen).length).toBeGreaterThan(2);
      expect(version).toBe(live.version);
      const sentAt = Date.parse(String(PAYMENT.initiatedAt));
      const minutesByVersion = Object.entries(seen as Record<string, string[]>).map(([one, expected]) => [
        one,
        expected.map((text) => (Date.parse(text) - sentAt) / 60_000),
      ]);
      expect(minutesByVersion).toEqual(minutesByVersion.map(([one]) => [one, [minutes.get(one as string)]]));
    }
    live.close();
    await folder.remove(".");
  },
  TIMEOUT_MS,
);

describe("a shared timetable", () => {
  const parsed = (n: number) => {
    const files = Object.entries(filesOf(n)).map(([path, text]) => [path.slice(6), JSON.parse(text)]);
    return { rules: Object.fromEntries(files), calendars: {} };
  };
  const posted = (timetable: Timetable): SharedTimetable => structuredClone(timetable.share());
  let folder: Folder | undefined;
  afterEach(async () => {
    await folder?.remove(".");
    folder = undefined;
  });

  test("can be posted, unlike a timetable", () => {
    const timetable = compileTimetable(parsed(3));
    expect(() => structuredClone(timetable)).toThrow("could not be cloned");
    const adopted = adoptTimetable(posted(timetable));
    expect([adopted.version, minutesOf(adopted)]).toEqual([timetable.version, 6]);
    expect(adopted.rulebook).toEqual(timetable.rulebook);
    expect(adoptTimetable(posted(adopted)).version).toBe(timetable.version);
  });

  test("is validated if the caller has changed the JSON since", () => {
    const given = parsed(3);
    const timetable = compileTimetable(given);
    (given.rules["channels/a.pay.json"] as { examples: unknown[] }).examples = [];
    expect(() => adoptTimetable(posted(timetable))).toThrow(RulebookError);
  });

  test("of a live timetable has the current version", async () => {
    folder = await newFolder();
    await folder.putVersion(5);
    const live = await openTimetable({ ...folder.folders, watch: true, quietMs: 3 });
    const shared = posted(live);
    live.close();
    expect(adoptTimetable(shared).version).toBe(live.version);
  });

  test("keeps its layers and the places of changes", async () => {
    folder = await newFolder();
    await folder.put(
      "rules/rulebook.json",
      '{ "$schema": "rulebook.schema.json", "extends": "daozhang",\n  "without": { "channels": ["cn.securities"] } }',
    );
    const timetable = await openTimetable({ rules: folder.folders.rules });
    const adopted = adoptTimetable(posted(timetable));
    expect(adopted.version).toBe(timetable.version);
    expect(adopted.layers()).toEqual(timetable.layers());
    expect(adopted.layers()[0]).toMatchObject({ name: "cn.securities", line: 2 });
  });

  test("is validated if a byte, or the zone or holiday data, differs", async () => {
    folder = await newFolder();
    await folder.putVersion(4);
    const timetable = await openTimetable(folder.folders);
    const shared = posted(timetable);
    const changed = shared.documents.map((one) => ({
      ...one,
      text: one.text?.replace("a.pay.only", "a.pay.other"),
    }));
    expect(() => adoptTimetable({ ...shared, documents: changed } as SharedTimetable)).toThrow(RulebookError);
    for (const other of [{ zoneData: "1999a" }, { holidayData: "0.0.1" }, { proven: undefined }])
      expect(adoptTimetable({ ...shared, ...other }).version).toBe(timetable.version);
    const without = { ...shared, documents: shared.documents.slice(1) };
    expect(adoptTimetable(without).version).not.toBe(timetable.version);
  });
});
