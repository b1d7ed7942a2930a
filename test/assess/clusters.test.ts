import { describe, expect, test } from "vitest";
import { assessAll } from "../../src/assess/assess-all.js";
import { type ClusterLimits, clustersOf, countPayment, newTally } from "../../src/assess/clusters.js";
import type { Situation } from "../../src/assess/situation.js";
import type { Assessment, Payment } from "../../src/index.js";
import type { ChannelRule } from "../../src/model/rulebook.js";
import { compileReader } from "../../src/payment/parsed-payment.js";
import { compileSnapshots } from "../../src/pieces/snapshots.js";
import type { Instant } from "../../src/time/instant.js";
import { zoneNamed } from "../../src/time/zone.js";
import { is } from "../decide/fixture.js";
import {
  at,
  PAYMENT,
  parseEvents,
  routeOf,
  SMALL_RULEBOOK,
  STEPS,
  shortTime,
  smallRulebook,
} from "./small-rulebook.js";

/** Clusters of overdue payments, counted by hand. */

const ALL: Partial<ClusterLimits> = { count: 1, share: 0 };

interface Sent {
  readonly at: string;
  readonly events?: string;
  readonly channel?: string;
}

/** Assesses payments on the next day; one line per cluster. */
function clusters(
  sent: readonly Sent[],
  limits: Partial<ClusterLimits> = ALL,
  rulebook = SMALL_RULEBOOK,
  now = "+1 12:00",
): string[] {
  const payments = sent.map(
    ({ at: when, channel = "cn.test" }): Payment => ({ ...PAYMENT, channel, initiatedAt: at(when) }),
  );
  const all = assessAll(compileSnapshots(rulebook), compileReader(rulebook), payments, {
    now: at(now),
    known: (_, index) => ({ events: parseEvents(sent[index]?.events ?? "") }),
  });
  for (const { error } of all) if (error !== undefined) throw error;
  return all
    .clusters(limits)
    .map(
      ({ system, from, to, count: overdue, share, channels }) =>
        `${system} ${shortTime(from)} to ${shortTime(to)}: ${overdue}, ${share} of ${channels}`,
    );
}

const times = (number: number, one: Sent): Sent[] => Array.from({ length: number }, () => one);

describe("payments count in the hour of their deadline, eight hours after sending", () => {
  test("at the system where they are stuck: the first step, or the one after the last report", () => {
    expect(clusters([{ at: "00:00" }])).toEqual(["payer.bank 08:00 to 09:00: 1, 1 of cn.test"]);
    expect(clusters([{ at: "00:00", events: "01:00 sent" }])).toEqual([
      "rail 08:00 to 09:00: 1, 1 of cn.test",
    ]);
    expect(clusters([{ at: "00:59", events: "01:00 settled" }])).toEqual([
      "payee.bank 08:00 to 09:00: 1, 1 of cn.test",
    ]);
  });

  test("once for every system of their path", () => {
    const stuck = { at: "00:00", events: "01:00 accepted" };
    const done = { at: "00:30", events: "01:00 credited" };
    expect(clusters([stuck, done, done, done])).toEqual(["rail 08:00 to 09:00: 1, 0.25 of cn.test"]);
  });

  test("as due, but not as overdue, once they arrived", () => {
    const late = { at: "00:00", events: "+1 01:00 credited" };
    expect(clusters([late, late])).toEqual([]);
    expect(clusters([late, { at: "00:00" }])).toEqual(["payer.bank 08:00 to 09:00: 1, 0.5 of cn.test"]);
  });

  test("not before they are due", () => {
    expect(clusters([{ at: "00:00" }, { at: "+1 04:00" }, { at: "+1 06:00" }])).toEqual([
      "payer.bank 08:00 to 09:00: 1, 1 of cn.test",
    ]);
    // Both are due in one hour, but only one of them by 08:30.
    expect(clusters([{ at: "00:10" }, { at: "00:50" }], ALL, SMALL_RULEBOOK, "08:30")).toEqual([
      "payer.bank 08:00 to 09:00: 1, 1 of cn.test",
    ]);
  });
});

test("refused payments do not count, unless a report shows that they were accepted", () => {
  const no: ChannelRule = {
    name: "no",
    priority: 5,
    conditions: is("initiated.time", "before", "06:00"),
    event: { type: "refuse", params: { reason: { zh: "停", en: "closed" } } },
  };
  const night = smallRulebook({ rules: [routeOf(STEPS), no] });
  const taken = { at: "05:30", events: "05:40 accepted" };
  expect(clusters([{ at: "05:00" }, { at: "06:00" }], ALL, night)).toEqual([
    "payer.bank 14:00 to 15:00: 1, 1 of cn.test",
  ]);
  expect(clusters([{ at: "05:00" }, taken, { at: "06:00" }], ALL, night)).toEqual([
    "payer.bank 14:00 to 15:00: 1, 0.5 of cn.test",
    "rail 14:00 to 15:00: 1, 0.5 of cn.test",
  ]);
});

describe("consecutive hours at one system are one cluster", () => {
  test("separate hours are separate clusters, the largest first", () => {
    const rail = (when: string): Sent => ({ at: when, events: `${when.slice(0, 3)}59 sent` });
    expect(
      clusters([
        ...times(2, { at: "00:00" }),
        ...times(1, { at: "01:30" }),
        ...times(4, { at: "03:00" }),
        ...times(2, rail("01:00")),
        ...times(3, rail("02:00")),
      ]),
    ).toEqual([
      // One more payment that passes the rail was due at 09:00.
      `rail 09:00 to 11:00: 5, ${5 / 6} of cn.test`,
      "payer.bank 11:00 to 12:00: 4, 1 of cn.test",
      `payer.bank 08:00 to 10:00: 3, ${3 / 5} of cn.test`,
    ]);
  });

  test("other systems are separate clusters", () => {
    expect(clusters([{ at: "00:00", events: "00:30 settled" }, { at: "01:00" }])).toEqual([
      "payee.bank 08:00 to 09:00: 1, 1 of cn.test",
      "payer.bank 09:00 to 10:00: 1, 1 of cn.test",
    ]);
  });

  test("in any order of payments", () => {
    const sent = [...times(2, { at: "02:00" }), ...times(1, { at: "00:00" }), ...times(3, { at: "01:00" })];
    expect(clusters(sent)).toEqual(["payer.bank 08:00 to 11:00: 6, 1 of cn.test"]);
    expect(clusters(sent.toReversed())).toEqual(["payer.bank 08:00 to 11:00: 6, 1 of cn.test"]);
  });

  test("channels are listed in order, each once", () => {
    const one = SMALL_RULEBOOK.channels["cn.test"];
    if (one === undefined) throw new Error("no channel");
    const rulebook = smallRulebook({
      channels: { "cn.test": one, "cn.more": { ...one, channel: "cn.more" } },
    });
    const sent = [
      ...times(2, { at: "00:00" }),
      ...times(2, { at: "00:00", channel: "cn.more" }),
      { at: "01:00" },
    ];
    expect(clusters(sent, ALL, rulebook)).toEqual(["payer.bank 08:00 to 10:00: 5, 1 of cn.more,cn.test"]);
  });
});

describe("a cluster has at least five payments, and a fifth of the payments due", () => {
  const overdue = (number: number, of: number): Sent[] => [
    ...times(number, { at: "00:00" }),
    ...times(of - number, { at: "00:00", events: "01:00 credited" }),
  ];
  const number = (sent: readonly Sent[], limits: Partial<ClusterLimits>): number =>
    clusters(sent, limits).length;

  test.each([
    [4, 4, 0],
    [5, 5, 1],
    [5, 25, 1],
    [5, 26, 0],
    [6, 26, 1],
  ])("%d of %d", (some, of, found) => {
    expect(number(overdue(some, of), {})).toBe(found);
  });

  test("or the limits of the caller", () => {
    expect(number(overdue(2, 10), { count: 2 })).toBe(1);
    expect(number(overdue(2, 10), { count: 3 })).toBe(0);
    expect(number(overdue(2, 11), { count: 2 })).toBe(0);
    expect(number(overdue(5, 100), { share: 0.05 })).toBe(1);
    expect(number(overdue(5, 100), { share: 0.06 })).toBe(0);
  });

  test("without payments there is no cluster", () => {
    expect(clusters([])).toEqual([]);
  });
});

describe("assessAll", () => {
  const snapshots = compileSnapshots(SMALL_RULEBOOK);
  const read = compileReader(SMALL_RULEBOOK);

  test("yields an assessment or an error for each payment, in order", () => {
    const payments = [PAYMENT, { ...PAYMENT, amount: "-1" }, PAYMENT];
    const found = [...assessAll(snapshots, read, payments, { now: at("09:00") })];
    expect(found.map(({ index, assessment, error }) => [index, assessment?.rule, error?.code])).toEqual([
      [0, "late", undefined],
      [1, undefined, "bad-payment"],
      [2, "late", undefined],
    ]);
    const early = [...assessAll(snapshots, read, [PAYMENT], { now: "2026-03-09T23:59:59.999+08:00" })];
    expect(early.map(({ error }) => [error?.code, error?.where])).toEqual([["bad-time", "now"]]);
  });

  test("rethrows errors that are no QuestionError", () => {
    const broken = Object.defineProperty({ ...PAYMENT }, "amount", {
      enumerable: true,
      get: () => {
        throw new RangeError("broken");
      },
    });
    expect(() => [...assessAll(snapshots, read, [broken], { now: at("09:00") })]).toThrow(/broken/);
  });

  test("throws at once if now is no instant", () => {
    expect(() => assessAll(snapshots, read, [], { now: "soon" })).toThrow(
      expect.objectContaining({ where: "now" }),
    );
  });
});

describe("memory is bounded", () => {
  const HOUR = 3_600_000;
  const zone = zoneNamed("Asia/Shanghai");
  const current = {
    query: { zone },
    paths: { expected: { legs: [{ system: "rail" }, {}, { system: "rail" }] } },
  };
  const counted = (tally: ReturnType<typeof newTally>, hour: number, phase: "overdue" | "arrived"): void =>
    countPayment(
      tally,
      { current, deadline: (hour * HOUR) as Instant } as unknown as Situation,
      { phase, stuckAt: { system: "rail" } } as unknown as Assessment,
      "cn.test",
    );

  test("past ten thousand cells the half with the fewest overdue payments is evicted", () => {
    const tally = newTally();
    for (let hour = 0; hour < 10_000; hour++) counted(tally, hour, hour % 100 === 7 ? "overdue" : "arrived");
    expect(tally.cells.size).toBe(10_000);
    counted(tally, 9_999, "arrived");
    expect(tally.cells.size).toBe(10_000);
    counted(tally, 10_000, "arrived");
    expect(tally.cells.size).toBe(5_001);
    const found = clustersOf(tally, { count: 1, share: 0 });
    expect(found).toHaveLength(100);
    expect(found.every(({ count: overdue, share }) => overdue === 1 && share === 1)).toBe(true);
  });

  test("a cell counts due and overdue payments; a step without a system counts nothing", () => {
    const tally = newTally();
    counted(tally, 3, "overdue");
    counted(tally, 3, "arrived");
    counted(tally, 4, "overdue");
    expect(
      [...tally.cells.values()].map(({ system, hour, due, overdue }) => [system, hour, due, overdue]),
    ).toEqual([
      ["rail", 3, 2, 1],
      ["rail", 4, 1, 1],
    ]);
  });
});
