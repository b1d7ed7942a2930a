import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileCalendars } from "../../src/calendar/compile.js";
import { QuestionError } from "../../src/errors.js";
import { BOUNDS, type Bound } from "../../src/model/bound.js";
import type { ChannelRule, Rulebook } from "../../src/model/rulebook.js";
import { type Path, type RouteContext, travel } from "../../src/route/path.js";
import { compileRoute, leavesAt, pieceFrom, type Route, type RoutePiece } from "../../src/route/route.js";
import type { Wait } from "../../src/route/wait.js";
import type { Instant } from "../../src/time/instant.js";
import { type Zone, zoneNamed } from "../../src/time/zone.js";
import { instant, type RandomWorld, rulebookOf, world } from "../support/random-rulebook.js";

/**
 * The laws of routes, tested on random routes with all kinds of steps, hours that begin the day before, all forms of
 * windows, and zones with clock changes.
 */

const contextOf = (rulebook: Rulebook, zone: string): RouteContext => ({
  zone: zoneNamed(zone) as Zone,
  calendars: compileCalendars(rulebook.calendars),
  systems: rulebook.systems,
  windows: rulebook.windows,
  resolve: (system) => system,
});

function routeOf(random: RandomWorld): Route {
  const rulebook = rulebookOf(random);
  const rule = rulebook.channels.random?.rules[0] as ChannelRule;
  return compileRoute(rule, [], contextOf(rulebook, random.zone));
}

/** Skips worlds without an arrival, such as those with a system that never opens. */
function skipUnanswerable<T>(ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    fc.pre(!(error instanceof QuestionError));
    throw error;
  }
}

const leaveTime = (path: Path, at: number): number => skipUnanswerable(() => travel(path, at as Instant).to);
const pieceAt = (route: Route, at: number): RoutePiece =>
  skipUnanswerable(() => pieceFrom(route, at as Instant));
const anyBound = fc.constantFrom<Bound>(...BOUNDS);
const RUNS = { numRuns: 400 };

describe("law 1: a payment arrives after it is sent, and never overtakes an earlier one", () => {
  test("at any two instants, at every bound", () => {
    fc.assert(
      fc.property(world, anyBound, instant, instant, (random, bound, one, other) => {
        const path = routeOf(random).paths[bound];
        const [first, second] = one < other ? [one, other] : [other, one];
        expect(leaveTime(path, first)).toBeGreaterThanOrEqual(first);
        expect(leaveTime(path, second)).toBeGreaterThanOrEqual(leaveTime(path, first));
      }),
      RUNS,
    );
  });

  test("the three bounds are in order", () => {
    fc.assert(
      fc.property(world, instant, (random, at) => {
        const { paths } = routeOf(random);
        expect(leaveTime(paths.earliest, at)).toBeLessThanOrEqual(leaveTime(paths.expected, at));
        expect(leaveTime(paths.expected, at)).toBeLessThanOrEqual(leaveTime(paths.latest, at));
      }),
      RUNS,
    );
  });
});

describe("law 2: every piece is exact", () => {
  test("at its ends and inside, and so is the next piece", () => {
    fc.assert(
      fc.property(world, instant, fc.double({ min: 0, max: 1, noNaN: true }), (random, at, share) => {
        const route = routeOf(random);
        const first = pieceAt(route, at);
        expect(first.until).toBeGreaterThan(at);
        const end = Math.min(first.until, at + 90 * 86_400_000);
        const inside = Math.floor(at + share * (end - 1 - at));
        for (const bound of BOUNDS) {
          for (const entry of [at, at + 1, inside, end - 1].filter((one) => one < end)) {
            expect(leavesAt(first, bound, entry as Instant)).toBe(leaveTime(route.paths[bound], entry));
          }
        }
        const following = pieceAt(route, end);
        for (const bound of BOUNDS) {
          for (const entry of [end, end + 1].filter((one) => one < following.until)) {
            expect(leavesAt(following, bound, entry as Instant)).toBe(leaveTime(route.paths[bound], entry));
          }
        }
      }),
      RUNS,
    );
  });
});

describe("law 4: the waits are contiguous", () => {
  test("from entry to arrival, without gap or overlap", () => {
    fc.assert(
      fc.property(world, anyBound, instant, (random, bound, at) => {
        const path = routeOf(random).paths[bound];
        const waits: Wait[] = [];
        const move = skipUnanswerable(() => travel(path, at, (wait) => waits.push(wait)));
        let now: number = at;
        for (const wait of waits) {
          expect(wait.from).toBe(now);
          expect(wait.to).toBeGreaterThan(wait.from);
          now = wait.to;
        }
        expect(now).toBe(move.to);
        const total = waits.reduce((sum, wait) => sum + (wait.to - wait.from), 0);
        expect(total).toBe(move.to - at);
      }),
      RUNS,
    );
  });
});

/** Changes that must not make any payment arrive earlier. */
const restrictions: readonly {
  name: string;
  change: (random: RandomWorld, at: number) => RandomWorld | undefined;
}[] = [
  { name: "closing one more day", change: closeOneDay },
  { name: "lengthening a duration", change: lengthen },
  { name: "moving a cutoff earlier", change: cutEarlier },
  { name: "adding a window", change: addWindow },
];

describe("law 5: a restriction never makes a payment arrive earlier", () => {
  test.each(restrictions)("$name", ({ change }) => {
    fc.assert(
      fc.property(world, anyBound, instant, fc.nat(1000), (random, bound, at, choice) => {
        const restricted = change(random, choice);
        fc.pre(restricted !== undefined);
        const before = leaveTime(routeOf(random).paths[bound], at);
        const after = leaveTime(routeOf(restricted as RandomWorld).paths[bound], at);
        expect(after).toBeGreaterThanOrEqual(before);
      }),
      RUNS,
    );
  });
});

function closeOneDay(random: RandomWorld, choice: number): RandomWorld | undefined {
  const date = new Date(Date.UTC(2026, 1, 15 + (choice % 90))).toISOString().slice(0, 10);
  const years = structuredClone(random.calendar.years ?? {});
  const year = years["2026"];
  if (year === undefined || year.holidays.some(({ from }) => from === date)) return undefined;
  year.holidays.push({ name: "one more", from: date, to: date });
  return { ...random, calendar: { ...random.calendar, years } };
}

function lengthen(random: RandomWorld, choice: number): RandomWorld | undefined {
  const longer = structuredClone(random.steps);
  const step = longer.find(({ kind }) => kind === "process");
  if (step?.kind !== "process" || typeof step.takes === "string") return undefined;
  const grow = (text: string): string => `PT${Number(/\d+/.exec(text)?.[0]) + choice}M`;
  const { earliest, expected, latest } = step.takes;
  step.takes = { earliest: grow(earliest), expected: grow(expected), latest: grow(latest) };
  return { ...random, steps: longer };
}

function cutEarlier(random: RandomWorld): RandomWorld | undefined {
  const stricter = structuredClone(random.steps);
  const step = stricter.find((one) => one.kind === "settle" && one.cutoff !== undefined);
  if (step?.kind !== "settle" || typeof step.cutoff !== "object") return undefined;
  const { latest } = step.cutoff;
  step.cutoff = { earliest: latest, expected: latest, latest };
  return { ...random, steps: stricter };
}

function addWindow(random: RandomWorld, choice: number): RandomWorld {
  const from = Date.UTC(2026, 1, 20) + choice * 3_600_000;
  const text = (at: number): string => new Date(at).toISOString();
  const interval = { from: text(from), until: text(from + 9 * 3_600_000) };
  const params = { systems: ["one", "free"], effect: "closed" as const, interval };
  return {
    ...random,
    windows: [...random.windows, { name: "one-more", event: { type: "maintenance", params } }],
  };
}
