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

/** Threads that were sent what one timetable was compiled from answer as that one does. */

const THREADS = 3;
const PAYMENTS = 1000;
const RELOADS = 20;
/** On a busy machine there is little time for three threads. */
const PATIENCE_MS = 300_000;

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
  "thousands of payments over all channels get the same answers in every thread, which checks nothing again",
  async () => {
    const timetable = await shippedTimetable();
    const payments = paymentsOver(timetable, PAYMENTS);
    expect(new Set(payments.map(({ channel }) => channel)).size).toBe(17);
    const answered = started(timetable.share()).map(async (thread, place) => {
      // Each in another order, as what is remembered must not matter.
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
  PATIENCE_MS,
);

test(
  "threads that are sent every version while files are rewritten answer from one version at a time, whole",
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
      const told = Object.entries(seen as Record<string, string[]>).map(([one, expected]) => [
        one,
        expected.map((text) => (Date.parse(text) - sentAt) / 60_000),
      ]);
      expect(told).toEqual(told.map(([one]) => [one, [minutes.get(one as string)]]));
    }
    live.close();
    await folder.remove(".");
  },
  PATIENCE_MS,
);

describe("what is shared", () => {
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

  test("can be posted, which a timetable cannot", () => {
    const timetable = compileTimetable(parsed(3));
    expect(() => structuredClone(timetable)).toThrow("could not be cloned");
    const adopted = adoptTimetable(posted(timetable));
    expect([adopted.version, minutesOf(adopted)]).toEqual([timetable.version, 6]);
    expect(adopted.rulebook).toEqual(timetable.rulebook);
    expect(adoptTimetable(posted(adopted)).version).toBe(timetable.version);
  });

  test("is not taken for proved where the caller has changed his JSON since it was checked", () => {
    const given = parsed(3);
    const timetable = compileTimetable(given);
    (given.rules["channels/a.pay.json"] as { examples: unknown[] }).examples = [];
    expect(() => adoptTimetable(posted(timetable))).toThrow(RulebookError);
  });

  test("of a live timetable is the version that answers now", async () => {
    folder = await newFolder();
    await folder.putVersion(5);
    const live = await openTimetable({ ...folder.folders, watch: true, quietMs: 3 });
    const shared = posted(live);
    live.close();
    expect(adoptTimetable(shared).version).toBe(live.version);
  });

  test("keeps its layers, and the places of what they change", async () => {
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

  test("is checked in full where a byte of it is another, or it was proved with other data", async () => {
    folder = await newFolder();
    await folder.putVersion(4);
    const timetable = await openTimetable(folder.folders);
    const shared = posted(timetable);
    const spoilt = shared.documents.map((one) => ({
      ...one,
      text: one.text?.replace("a.pay.only", "a.pay.other"),
    }));
    expect(() => adoptTimetable({ ...shared, documents: spoilt } as SharedTimetable)).toThrow(RulebookError);
    for (const other of [{ zoneData: "1999a" }, { holidayData: "0.0.1" }, { proven: undefined }])
      expect(adoptTimetable({ ...shared, ...other }).version).toBe(timetable.version);
    const without = { ...shared, documents: shared.documents.slice(1) };
    expect(adoptTimetable(without).version).not.toBe(timetable.version);
  });
});
