import { describe, expect, test } from "vitest";
import { arrive } from "../../src/answer/arrival.js";
import { compileTimetable } from "../../src/index.js";
import type { Arrival } from "../../src/model/answers.js";
import type { Rulebook } from "../../src/model/rulebook.js";
import { queryOf } from "../../src/pieces/query.js";
import { compileSnapshot } from "../../src/pieces/snapshot.js";
import { at, hold, is, route, rulebookOf } from "../decide/fixture.js";
import { openPack, readFolders } from "./pack.js";

/** Faults of the engine that the oracle found, each with one payment. */

const { timetable } = openPack();

describe("`retryAt` of a refused payment", () => {
  test("may be years ahead, if a date in a rule ends the refusal", () => {
    const connect = { channel: "cn.payment-connect", direction: "south", amount: 1000, currency: "CNY" };
    const early = timetable.when({ ...connect, initiatedAt: "2020-06-18T12:00:00+08:00" });
    expect(early.retryAt).toBe("2025-06-22T12:00:00+08:00");
    expect(early.expected).toBe("2025-06-22T12:00:00+08:00");
    const ibps = { channel: "cn.ibps", amount: 60_000, initiatedAt: "2013-06-08T12:00:00+08:00" };
    expect(timetable.when(ibps).retryAt).toBe("2020-01-01T00:00:00+08:00");
  });

  test("is undefined if no date ends the refusal", () => {
    const far = { channel: "cn.ibps", amount: 2_000_000, initiatedAt: "2013-06-08T12:00:00+08:00" };
    expect(timetable.when(far).retryAt).toBeUndefined();
  });
});

/** The shipped pack with changed files. */
function changedPack(
  change: (rules: Record<string, never>) => void,
): ReturnType<typeof openPack>["timetable"] {
  const folders = structuredClone(readFolders());
  change(folders.rules as Record<string, never>);
  return compileTimetable(folders);
}

// biome-ignore lint/suspicious/noExplicitAny: the files are unchecked JSON; the engine validates them
type Json = any;

test("a lag in calendar days does not depend on the calendar of its step", () => {
  const sent = {
    channel: "cn.acquiring",
    settlement: "d1",
    amount: 1000,
    initiatedAt: "2027-01-05T12:00:00+08:00",
  };
  const withCalendar = changedPack((rules: Json) => {
    for (const { name, event } of rules["channels/cn.acquiring.json"].rules)
      if (name === "cn.acquiring.d1") event.params.steps[0].calendar = "cn.hvps";
  });
  expect(withCalendar.when(sent)).toMatchObject({
    certainty: "official",
    expected: "2027-01-06T10:00:00+08:00",
  });
});

test("an answer is assumed if a system on its path is assumed", () => {
  const sent = {
    channel: "cn.unionpay",
    clearing: "rmb",
    amount: 1000,
    initiatedAt: "2026-03-10T12:00:00+08:00",
  };
  expect(timetable.when(sent).basis).toBe("published");
  const assumed = changedPack((rules: Json) => {
    rules["systems.json"].systems.cups.basis = "assumed";
  });
  expect(assumed.when(sent).basis).toBe("assumed");
});

test("a window is listed only if it delays the payment, not if the system is closed anyway", () => {
  const window = {
    name: "friday-night",
    title: { zh: "周五夜间维护", en: "Friday night" },
    event: {
      type: "maintenance",
      params: {
        systems: ["hvps"],
        effect: "closed",
        cause: "maintenance",
        interval: { from: "2026-03-13T16:00:00+08:00", until: "2026-03-14T06:00:00+08:00" },
      },
    },
  };
  const closing = changedPack((rules: Json) => {
    rules["maintenance/pboc-2024.json"].rules.push(window);
  });
  const large = { channel: "cn.transfer", speed: "realtime", amount: 2_000_000 };
  const sent = (time: string) => closing.when({ ...large, initiatedAt: `2026-03-13T${time}:00+08:00` });
  expect(sent("16:30").rules).toEqual(["cn.transfer.realtime.hvps", "friday-night"]);
  // HVPS is closed from 17:15 until Sunday evening, so that the end of the window on Saturday has no effect.
  expect(sent("18:00").timeline.map(({ cause }) => cause)).toEqual(["closed", "weekend"]);
  expect(sent("18:00").rules).toEqual(["cn.transfer.realtime.hvps"]);
});

test("`retryAt` is the opening of a channel at noon 400 days later", () => {
  const southbound = {
    channel: "cn.payment-connect",
    direction: "south",
    speed: "realtime",
    currency: "HKD",
    amount: 1000,
  };
  for (const sent of ["2024-05-18T11:59:59.999", "2024-05-18T12:00:00.000", "2024-05-18T12:00:00.001"])
    expect(timetable.when({ ...southbound, initiatedAt: `${sent}+08:00` }).retryAt).toBe(
      "2025-06-22T12:00:00+08:00",
    );
});

describe("a small rulebook", () => {
  const answerAt = (parts: Parameters<typeof rulebookOf>[0], systems: Rulebook["systems"], time: string) => {
    const view = compileSnapshot({ ...rulebookOf(parts), systems });
    return arrive(queryOf(view, "cn.test", { amount: 1 }), at(`2026-03-10T${time}+08:00`));
  };

  test("accepts a payment one millisecond after an inclusive cutoff, if it is refused until then", () => {
    const systems = {
      evening: {
        title: { zh: "晚", en: "evening" },
        hours: [{ calendar: "week", opens: "17:00", closes: "18:00" }],
      },
    };
    const runs = [
      { cutoff: "12:00", lag: "D+0", at: "16:00" },
      { cutoff: "23:00", lag: "D+0", at: "17:30" },
    ];
    const rule = route("evening-only", {
      event: {
        type: "route",
        params: {
          steps: [
            { kind: "settle", cutoffInclusive: true, runs, milestone: "settled" },
            { kind: "process", system: "evening", onClosed: "refuse", takes: "PT0S", milestone: "credited" },
          ],
        },
      },
    });
    const sent = (time: string): Arrival => answerAt({ rules: [rule] }, systems, time);
    expect(sent("11:00:00")).toMatchObject({
      outcome: "refused",
      retryAt: "2026-03-10T12:00:00.001+08:00",
      expected: "2026-03-10T17:30:00+08:00",
    });
    expect(sent("12:00:00").outcome).toBe("refused");
    expect(sent("12:00:00.001").outcome).toBe("credited");
  });

  test("finds `sooner` at the opening of a system that refuses while closed", () => {
    const systems = {
      day: { title: { zh: "日", en: "day" }, hours: [{ calendar: "week", opens: "09:00", closes: "17:00" }] },
    };
    const slow = route("slow-in-the-evening", {
      priority: 2,
      conditions: is("initiated.time", "atOrAfter", "20:00"),
      event: {
        type: "route",
        params: { steps: [{ kind: "process", takes: "P3D", milestone: "credited" }] },
      },
    });
    const quick = route("by-day", {
      event: {
        type: "route",
        params: {
          steps: [
            { kind: "process", system: "day", onClosed: "refuse", takes: "PT1H", milestone: "credited" },
          ],
        },
      },
    });
    // The slow rule ends at midnight, when the system of the quick rule is closed.
    expect(answerAt({ rules: [slow, quick] }, systems, "21:00:00")).toMatchObject({
      expected: "2026-03-13T21:00:00+08:00",
      sooner: { sendAt: "2026-03-11T09:00:00+08:00", expected: "2026-03-11T10:00:00+08:00" },
    });
  });

  test("lists a hold only if it takes time on the expected path", () => {
    const review = hold("review");
    const lasting = (expected: string): Arrival => {
      const params = { ...review.event.params, for: { earliest: "PT0S", expected, latest: "PT24H" } };
      const event = { ...review.event, params };
      return answerAt({ rules: [route("way")], holds: [{ ...review, event }] }, {}, "12:00:00");
    };
    expect(lasting("PT1M")).toMatchObject({
      rules: ["way", "review"],
      expected: "2026-03-10T12:01:00+08:00",
      latest: "2026-03-11T12:00:00+08:00",
    });
    expect(lasting("PT0S")).toMatchObject({
      rules: ["way"],
      expected: "2026-03-10T12:00:00+08:00",
      latest: "2026-03-11T12:00:00+08:00",
    });
  });
});
