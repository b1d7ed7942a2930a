import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cachedArrival } from "../../src/assess/arrival-cache.js";
import { exitTime, legCount, scheduleFor, sendOffset, waitAt } from "../../src/assess/leg-schedule.js";
import { type RemainingPath, remainingPathOf } from "../../src/assess/remaining-path.js";
import type { Rulebook, Step } from "../../src/model/rulebook.js";
import { compileReader } from "../../src/payment/parsed-payment.js";
import { subjectFor } from "../../src/pieces/query.js";
import { compileViews, viewAt } from "../../src/pieces/snapshots.js";
import { type Path, travel } from "../../src/route/path.js";
import type { Wait } from "../../src/route/wait.js";
import type { Instant } from "../../src/time/instant.js";
import { closing, type Given, instant, pathOf, shown } from "../route/world.js";
import { choosingRulebookOf, choosingWorld, instant as someInstant } from "../support/random-rulebook.js";
import { answerable } from "../support/slowly.js";

/** What is remembered of a way with the piece that it takes: it is gone once, and is what going it again would find. */

/** A way with one path, as taken by money that is sent from an instant on, and how often one of its legs was gone. */
function pathOnPiece(given: Given, from: string): { way: RemainingPath; gone: () => number } {
  let count = 0;
  const path: Path = {
    legs: pathOf(given).legs.map((leg) => ({
      ...leg,
      advance: (at, report) => {
        count++;
        return leg.advance(at, report);
      },
    })),
  };
  const at = instant(from);
  const paths = { earliest: path, expected: path, latest: path };
  const piece = { until: travel(path, at).until };
  const way = {
    entry: at,
    paths,
    piece: { taken: { at, route: { paths }, piece } },
  } as unknown as RemainingPath;
  count = 0;
  return { way, gone: () => count };
}

const later = (from: string, minutes: number): Instant => (instant(from) + minutes * 60_000) as Instant;

const RUN = { kind: "settle", calendar: "days", cutoff: "16:00", lag: "T+1", at: "10:00" } as Step;
const HOUR = { kind: "process", system: "rail", takes: "PT1H" } as Step;
const DOWN = closing({ interval: { from: "2026-03-06T16:30:00+08:00", until: "2026-03-06T18:00:00+08:00" } });

/** The ends of what is waited for, each with `+` where it moves with the sending. */
function endsOf(given: Given, from: string): string[] | undefined {
  const { way } = pathOnPiece(given, from);
  const { ends } = scheduleFor(way, "expected", 0, way.entry);
  return ends?.flatMap((number, place) =>
    place % 2 === 0 ? `${shown(number)}${ends[place + 1] === 1 ? "+" : ""}` : [],
  );
}

describe("the ends of what is waited for", () => {
  test("stay for all that wait together, also for those that come when some of it is over", () => {
    // Friday the 6th after the cutoff: to midnight, over the weekend, and to Monday's run.
    expect(endsOf({ steps: [RUN] }, "06T16:00")).toEqual(["07T00:00", "09T00:00", "09T10:00"]);
  });

  test("move with the sending where each takes its time, until they come to what stays", () => {
    expect(endsOf({ steps: [HOUR, HOUR], windows: [DOWN] }, "06T10:00")).toEqual(["06T11:00+", "06T12:00+"]);
    // From 15:30 on it is worked on until the rail is down, which is for all the same.
    expect(endsOf({ steps: [HOUR, HOUR], windows: [DOWN] }, "06T15:30")).toEqual([
      "06T16:30+",
      "06T18:00",
      "06T19:00",
    ]);
  });

  test("are not told where some of what is waited for further on is missed", () => {
    expect(endsOf({ steps: [HOUR, RUN] }, "06T15:00")).toBeUndefined();
    const { way } = pathOnPiece({ steps: [HOUR, RUN] }, "06T15:00");
    const cause = (minutes: number, now: string): string | undefined =>
      waitAt(
        { ...way, entry: later("06T15:00", minutes) },
        "expected",
        0,
        later("06T15:00", minutes),
        instant(now),
      )?.cause;
    // Friday's cutoff costs nothing: who made it left on Monday too.
    expect([cause(0, "06T15:59"), cause(0, "06T16:00")]).toEqual(["processing", "batch"]);
    expect([cause(30, "06T16:29"), cause(30, "06T16:30")]).toEqual(["processing", "batch"]);
    expect([cause(600, "07T01:59"), cause(600, "07T02:00")]).toEqual(["processing", "weekend"]);
  });
});

test("what comes to a leg at another time, or to another leg, is not where the piece says", () => {
  const { way } = pathOnPiece({ steps: [RUN, HOUR] }, "05T15:00");
  const late = instant("05T16:00");
  const exits = (from: number, at: Instant): string[] => {
    const plan = scheduleFor(way, "expected", from, at);
    return Array.from({ length: legCount(plan) }, (_, place) =>
      shown(exitTime(plan, place, sendOffset(way, at))),
    );
  };
  expect(exits(0, way.entry)).toEqual(["06T10:00", "06T11:00"]);
  expect(exits(0, late)).toEqual(["09T10:00", "09T11:00"]);
  expect(exits(1, way.entry)).toEqual(["05T16:00"]);
  const cause = (from: number, at: Instant, now: string): string | undefined =>
    waitAt(way, "expected", from, at, instant(now))?.cause;
  expect([cause(0, way.entry, "06T09:00"), cause(0, way.entry, "07T12:00")]).toEqual(["batch", undefined]);
  expect(cause(0, late, "07T12:00")).toBe("weekend");
  expect([cause(1, way.entry, "05T15:30"), cause(1, way.entry, "05T16:30")]).toEqual([
    "processing",
    undefined,
  ]);
});

describe("a way is gone once", () => {
  test("to tell where its money is and what it waits for", () => {
    const { way, gone } = pathOnPiece({ steps: [HOUR, HOUR], windows: [DOWN] }, "06T15:30");
    const exits = (minutes: number): string[] => {
      const at = later("06T15:30", minutes);
      const plan = scheduleFor({ ...way, entry: at }, "expected", 0, at);
      return [0, 1].map((place) => shown(exitTime(plan, place, sendOffset(way, at))));
    };
    expect(exits(0)).toEqual(["06T18:00", "06T19:00"]);
    // Both legs to see when money leaves them, and again for what it waits for: the first of it, and the last.
    expect(gone()).toBe(6);
    expect(exits(20)).toEqual(["06T18:00", "06T19:00"]);
    const cause = (minutes: number, now: string): string | undefined => {
      const at = later("06T15:30", minutes);
      return waitAt({ ...way, entry: at }, "expected", 0, at, instant(now))?.cause;
    };
    expect([cause(0, "06T16:29"), cause(0, "06T16:30")]).toEqual(["processing", "maintenance"]);
    expect([cause(20, "06T16:49"), cause(20, "06T16:50")]).toEqual(["processing", "maintenance"]);
    expect([cause(20, "06T18:00"), cause(20, "06T18:59"), cause(20, "06T19:00")]).toEqual([
      "processing",
      "processing",
      undefined,
    ]);
    expect(gone()).toBe(6);
    scheduleFor(way, "latest", 0, way.entry);
    expect(gone()).toBe(12);
  });

  test("to tell when late money leaves it, until it would leave otherwise", () => {
    const { way, gone } = pathOnPiece({ steps: [HOUR, RUN] }, "02T09:00");
    const leaves = (from: number, at: string): string => {
      const before = gone();
      const to = shown(cachedArrival(way, "latest", from, instant(at)));
      return gone() === before ? to : `${to} (gone)`;
    };
    expect(leaves(0, "05T12:00")).toBe("06T10:00 (gone)");
    expect(leaves(0, "05T12:00")).toBe("06T10:00");
    expect(leaves(0, "05T14:59:59")).toBe("06T10:00");
    expect(leaves(0, "05T15:00")).toBe("09T10:00 (gone)");
    expect(leaves(0, "05T11:59:59")).toBe("06T10:00 (gone)");
    // Who comes to the run itself has an hour more.
    expect(leaves(1, "05T15:30")).toBe("06T10:00 (gone)");
    expect(leaves(1, "05T15:45")).toBe("06T10:00");
    expect(leaves(0, "05T15:45")).toBe("09T10:00");
    expect(shown(cachedArrival(way, "expected", 0, instant("05T12:00")))).toBe("06T10:00");
    expect(leaves(0, "05T12:00")).toBe("06T10:00");
  });

  test("and as much later where each takes its time", () => {
    const { way, gone } = pathOnPiece({ steps: [HOUR, HOUR] }, "02T09:00");
    const leaves = (at: string): string => shown(cachedArrival(way, "latest", 0, instant(at)));
    expect([leaves("05T12:00"), leaves("05T12:01"), leaves("06T00:00")]).toEqual([
      "05T14:00",
      "05T14:01",
      "06T02:00",
    ]);
    expect(gone()).toBe(2);
  });

  test("for the last eight that are unlike", () => {
    const { way, gone } = pathOnPiece({ steps: [RUN] }, "02T09:00");
    const days = ["09", "10", "11", "12", "13", "16", "17", "18", "19"];
    const ask = (day: string): unknown => cachedArrival(way, "latest", 0, instant(`${day}T12:00`));
    days.slice(0, 8).forEach(ask);
    expect(gone()).toBe(8);
    days.slice(0, 8).forEach(ask);
    expect(gone()).toBe(8);
    days.forEach(ask);
    days.slice(1).forEach(ask);
    expect(gone()).toBe(9);
    ask("09");
    expect(gone()).toBe(10);
  });
});

function pathsOf(rulebook: Rulebook, channel: string): (at: Instant) => RemainingPath {
  const views = compileViews(rulebook);
  const read = compileReader(rulebook);
  return (at) => {
    const payment = read({ channel, amount: "1000.00", initiatedAt: at });
    return remainingPathOf(subjectFor(viewAt(views, payment.at), payment), payment.at);
  };
}

/** When money that comes to leg `from` leaves each leg, and what it waits for. */
function travelPlainly(way: RemainingPath, bound: "expected" | "latest", from: number, at: Instant) {
  const waits: Wait[] = [];
  const exits: Instant[] = [];
  for (const leg of way.paths[bound].legs.slice(from))
    exits.push(leg.advance(exits.at(-1) ?? at, (wait) => waits.push(wait)).to);
  return { exits, waits };
}

function checkExits(way: RemainingPath, bound: "expected" | "latest"): void {
  const { exits } = travelPlainly(way, bound, 0, way.entry);
  const plan = scheduleFor(way, bound, 0, way.entry);
  const shift = sendOffset(way, way.entry);
  expect(exits.map((_, place) => exitTime(plan, place, shift))).toEqual(exits);
  expect(legCount(plan)).toBe(exits.length);
}

function checkWaits(way: RemainingPath, bound: "expected" | "latest"): void {
  const { waits } = travelPlainly(way, bound, 0, way.entry);
  for (const now of [way.entry, ...waits.flatMap(({ to }) => [to - 1, to])] as Instant[]) {
    const wait = waits.find(({ to }) => now < to);
    const found = waitAt(way, bound, 0, way.entry, now);
    expect([found?.cause, found?.rule]).toEqual([wait?.cause, wait?.rule]);
  }
}

test("in any world money leaves each leg, waits, and goes on late, as if nothing were remembered", () => {
  fc.assert(
    fc.property(
      choosingWorld,
      fc.array(someInstant, { minLength: 1, maxLength: 12 }),
      fc.array(fc.integer({ min: 0, max: 20 * 86_400_000 }), { minLength: 1, maxLength: 4 }),
      (random, sends, delays) => {
        const wayAt = pathsOf(choosingRulebookOf(random), "random");
        // Where a system never opens, no payment has a way.
        const ways = answerable(() => sends.map(wayAt));
        for (const way of ways)
          for (const bound of ["expected", "latest"] as const) {
            checkExits(way, bound);
            checkWaits(way, bound);
            for (const [from] of way.paths[bound].legs.entries())
              for (const delay of delays) {
                const late = (way.entry + delay) as Instant;
                expect(cachedArrival(way, bound, from, late)).toBe(
                  travelPlainly(way, bound, from, late).exits.at(-1),
                );
              }
          }
      },
    ),
    { numRuns: 200 },
  );
});
