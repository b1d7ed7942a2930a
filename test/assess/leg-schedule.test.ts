import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cachedArrival } from "../../src/assess/arrival-cache.js";
import { exitTime, legCount, scheduleFor, sendOffset, waitAt } from "../../src/assess/leg-schedule.js";
import { type RemainingPath, remainingPathOf } from "../../src/assess/remaining-path.js";
import type { Rulebook, Step } from "../../src/model/rulebook.js";
import { compileReader } from "../../src/payment/parsed-payment.js";
import { queryFor } from "../../src/pieces/query.js";
import { compileSnapshots, snapshotAt } from "../../src/pieces/snapshots.js";
import { type Path, travel } from "../../src/route/path.js";
import type { Wait } from "../../src/route/wait.js";
import type { Instant } from "../../src/time/instant.js";
import { instant, pathOf, type Scenario, timeText, windowRule } from "../route/fixture.js";
import { rulebookWithChoices, instant as someInstant, worldWithChoices } from "../support/random-rulebook.js";
import { skipUnanswerable } from "../support/reference-arrival.js";

/** Schedules and arrivals cached with a piece: each path is travelled once, and results equal those without a cache. */

/** A path as taken by money sent from an instant on, and a count of how often one of its legs was travelled. */
function pathOnPiece(given: Scenario, from: string): { path: RemainingPath; travelled: () => number } {
  let count = 0;
  const counting: Path = {
    legs: pathOf(given).legs.map((leg) => ({
      ...leg,
      advance: (at, report) => {
        count++;
        return leg.advance(at, report);
      },
    })),
  };
  const at = instant(from);
  const paths = { earliest: counting, expected: counting, latest: counting };
  const piece = { until: travel(counting, at).until };
  const path = {
    entry: at,
    paths,
    piece: { routeAnswer: { at, route: { paths }, piece } },
  } as unknown as RemainingPath;
  count = 0;
  return { path, travelled: () => count };
}

const later = (from: string, minutes: number): Instant => (instant(from) + minutes * 60_000) as Instant;

const RUN = { kind: "settle", calendar: "days", cutoff: "16:00", lag: "T+1", at: "10:00" } as Step;
const HOUR = { kind: "process", system: "rail", takes: "PT1H" } as Step;
const DOWN = windowRule({
  interval: { from: "2026-03-06T16:30:00+08:00", until: "2026-03-06T18:00:00+08:00" },
});

/** The ends of the waits, with `+` where the end moves with the sending time. */
function endsOf(given: Scenario, from: string): string[] | undefined {
  const { path } = pathOnPiece(given, from);
  const { ends } = scheduleFor(path, "expected", 0, path.entry);
  return ends?.flatMap((number, index) =>
    index % 2 === 0 ? `${timeText(number)}${ends[index + 1] === 1 ? "+" : ""}` : [],
  );
}

describe("the ends of waits", () => {
  test("are constant for a batch, also for payments that skip the first waits", () => {
    // Friday the 6th after the cutoff: until midnight, over the weekend, and until the run of Monday.
    expect(endsOf({ steps: [RUN] }, "06T16:00")).toEqual(["07T00:00", "09T00:00", "09T10:00"]);
  });

  test("move with the sending time, except after a closure", () => {
    expect(endsOf({ steps: [HOUR, HOUR], windows: [DOWN] }, "06T10:00")).toEqual(["06T11:00+", "06T12:00+"]);
    // Payments from 15:30 on are in process when the rail goes down, and wait for the same end.
    expect(endsOf({ steps: [HOUR, HOUR], windows: [DOWN] }, "06T15:30")).toEqual([
      "06T16:30+",
      "06T18:00",
      "06T19:00",
    ]);
  });

  test("are undefined if the waits differ within the piece", () => {
    expect(endsOf({ steps: [HOUR, RUN] }, "06T15:00")).toBeUndefined();
    const { path } = pathOnPiece({ steps: [HOUR, RUN] }, "06T15:00");
    const cause = (minutes: number, now: string): string | undefined =>
      waitAt(
        { ...path, entry: later("06T15:00", minutes) },
        "expected",
        0,
        later("06T15:00", minutes),
        instant(now),
      )?.cause;
    // Missing the cutoff of Friday costs nothing: payments before it leave on Monday too.
    expect([cause(0, "06T15:59"), cause(0, "06T16:00")]).toEqual(["processing", "batch"]);
    expect([cause(30, "06T16:29"), cause(30, "06T16:30")]).toEqual(["processing", "batch"]);
    expect([cause(600, "07T01:59"), cause(600, "07T02:00")]).toEqual(["processing", "weekend"]);
  });
});

test("the schedule of the piece is not used for other entry times or legs", () => {
  const { path } = pathOnPiece({ steps: [RUN, HOUR] }, "05T15:00");
  const late = instant("05T16:00");
  const exits = (from: number, at: Instant): string[] => {
    const schedule = scheduleFor(path, "expected", from, at);
    return Array.from({ length: legCount(schedule) }, (_, index) =>
      timeText(exitTime(schedule, index, sendOffset(path, at))),
    );
  };
  expect(exits(0, path.entry)).toEqual(["06T10:00", "06T11:00"]);
  expect(exits(0, late)).toEqual(["09T10:00", "09T11:00"]);
  expect(exits(1, path.entry)).toEqual(["05T16:00"]);
  const cause = (from: number, at: Instant, now: string): string | undefined =>
    waitAt(path, "expected", from, at, instant(now))?.cause;
  expect([cause(0, path.entry, "06T09:00"), cause(0, path.entry, "07T12:00")]).toEqual(["batch", undefined]);
  expect(cause(0, late, "07T12:00")).toBe("weekend");
  expect([cause(1, path.entry, "05T15:30"), cause(1, path.entry, "05T16:30")]).toEqual([
    "processing",
    undefined,
  ]);
});

describe("a path is travelled once", () => {
  test("for exits and waits", () => {
    const { path, travelled } = pathOnPiece({ steps: [HOUR, HOUR], windows: [DOWN] }, "06T15:30");
    const exits = (minutes: number): string[] => {
      const at = later("06T15:30", minutes);
      const schedule = scheduleFor({ ...path, entry: at }, "expected", 0, at);
      return [0, 1].map((index) => timeText(exitTime(schedule, index, sendOffset(path, at))));
    };
    expect(exits(0)).toEqual(["06T18:00", "06T19:00"]);
    // Two legs, three times: for the exits, for the waits of the first money, and for those of the last.
    expect(travelled()).toBe(6);
    expect(exits(20)).toEqual(["06T18:00", "06T19:00"]);
    const cause = (minutes: number, now: string): string | undefined => {
      const at = later("06T15:30", minutes);
      return waitAt({ ...path, entry: at }, "expected", 0, at, instant(now))?.cause;
    };
    expect([cause(0, "06T16:29"), cause(0, "06T16:30")]).toEqual(["processing", "maintenance"]);
    expect([cause(20, "06T16:49"), cause(20, "06T16:50")]).toEqual(["processing", "maintenance"]);
    expect([cause(20, "06T18:00"), cause(20, "06T18:59"), cause(20, "06T19:00")]).toEqual([
      "processing",
      "processing",
      undefined,
    ]);
    expect(travelled()).toBe(6);
    scheduleFor(path, "latest", 0, path.entry);
    expect(travelled()).toBe(12);
  });

  test("for the arrival of late money, up to the end of the move", () => {
    const { path, travelled } = pathOnPiece({ steps: [HOUR, RUN] }, "02T09:00");
    const arrival = (from: number, at: string): string => {
      const before = travelled();
      const to = timeText(cachedArrival(path, "latest", from, instant(at)));
      return travelled() === before ? to : `${to} (travelled)`;
    };
    expect(arrival(0, "05T12:00")).toBe("06T10:00 (travelled)");
    expect(arrival(0, "05T12:00")).toBe("06T10:00");
    expect(arrival(0, "05T14:59:59")).toBe("06T10:00");
    expect(arrival(0, "05T15:00")).toBe("09T10:00 (travelled)");
    expect(arrival(0, "05T11:59:59")).toBe("06T10:00 (travelled)");
    // Money that enters the run directly has an hour more.
    expect(arrival(1, "05T15:30")).toBe("06T10:00 (travelled)");
    expect(arrival(1, "05T15:45")).toBe("06T10:00");
    expect(arrival(0, "05T15:45")).toBe("09T10:00");
    expect(timeText(cachedArrival(path, "expected", 0, instant("05T12:00")))).toBe("06T10:00");
    expect(arrival(0, "05T12:00")).toBe("06T10:00");
  });

  test("for arrivals that move with the entry", () => {
    const { path, travelled } = pathOnPiece({ steps: [HOUR, HOUR] }, "02T09:00");
    const arrival = (at: string): string => timeText(cachedArrival(path, "latest", 0, instant(at)));
    expect([arrival("05T12:00"), arrival("05T12:01"), arrival("06T00:00")]).toEqual([
      "05T14:00",
      "05T14:01",
      "06T02:00",
    ]);
    expect(travelled()).toBe(2);
  });

  test("for the last eight different moves", () => {
    const { path, travelled } = pathOnPiece({ steps: [RUN] }, "02T09:00");
    const days = ["09", "10", "11", "12", "13", "16", "17", "18", "19"];
    const ask = (day: string): unknown => cachedArrival(path, "latest", 0, instant(`${day}T12:00`));
    days.slice(0, 8).forEach(ask);
    expect(travelled()).toBe(8);
    days.slice(0, 8).forEach(ask);
    expect(travelled()).toBe(8);
    days.forEach(ask);
    days.slice(1).forEach(ask);
    expect(travelled()).toBe(9);
    ask("09");
    expect(travelled()).toBe(10);
  });
});

function pathsOf(rulebook: Rulebook, channel: string): (at: Instant) => RemainingPath {
  const snapshots = compileSnapshots(rulebook);
  const read = compileReader(rulebook);
  return (at) => {
    const payment = read({ channel, amount: "1000.00", initiatedAt: at });
    return remainingPathOf(queryFor(snapshotAt(snapshots, payment.at), payment), payment.at);
  };
}

/** Exits and waits of money that enters leg `from`, without a cache. */
function travelPlainly(path: RemainingPath, bound: "expected" | "latest", from: number, at: Instant) {
  const waits: Wait[] = [];
  const exits: Instant[] = [];
  for (const leg of path.paths[bound].legs.slice(from))
    exits.push(leg.advance(exits.at(-1) ?? at, (wait) => waits.push(wait)).to);
  return { exits, waits };
}

function checkExits(path: RemainingPath, bound: "expected" | "latest"): void {
  const { exits } = travelPlainly(path, bound, 0, path.entry);
  const schedule = scheduleFor(path, bound, 0, path.entry);
  const offset = sendOffset(path, path.entry);
  expect(exits.map((_, index) => exitTime(schedule, index, offset))).toEqual(exits);
  expect(legCount(schedule)).toBe(exits.length);
}

function checkWaits(path: RemainingPath, bound: "expected" | "latest"): void {
  const { waits } = travelPlainly(path, bound, 0, path.entry);
  for (const now of [path.entry, ...waits.flatMap(({ to }) => [to - 1, to])] as Instant[]) {
    const wait = waits.find(({ to }) => now < to);
    const found = waitAt(path, bound, 0, path.entry, now);
    expect([found?.cause, found?.rule]).toEqual([wait?.cause, wait?.rule]);
  }
}

test("in random worlds, exits, waits and arrivals equal those without a cache", () => {
  fc.assert(
    fc.property(
      worldWithChoices,
      fc.array(someInstant, { minLength: 1, maxLength: 12 }),
      fc.array(fc.integer({ min: 0, max: 20 * 86_400_000 }), { minLength: 1, maxLength: 4 }),
      (random, sends, delays) => {
        const pathAt = pathsOf(rulebookWithChoices(random), "random");
        // If a system never opens, no payment has a path.
        const paths = skipUnanswerable(() => sends.map(pathAt));
        for (const path of paths)
          for (const bound of ["expected", "latest"] as const) {
            checkExits(path, bound);
            checkWaits(path, bound);
            for (const [from] of path.paths[bound].legs.entries())
              for (const delay of delays) {
                const late = (path.entry + delay) as Instant;
                expect(cachedArrival(path, bound, from, late)).toBe(
                  travelPlainly(path, bound, from, late).exits.at(-1),
                );
              }
          }
      },
    ),
    { numRuns: 200 },
  );
});
