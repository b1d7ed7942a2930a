import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arrive } from "../../src/answer/arrival.js";
import { arrivalJson } from "../../src/answer/json.js";
import { latestSendOf } from "../../src/answer/latest-send.js";
import { profileOf } from "../../src/answer/profile.js";
import { BOUNDS } from "../../src/model/bound.js";
import { travel } from "../../src/route/path.js";
import type { Wait } from "../../src/route/wait.js";
import { DAY_MS, type Day, formatDay, parseDay } from "../../src/time/day.js";
import type { Instant } from "../../src/time/instant.js";
import { FIRST, LAST, type WorldWithChoices, worldWithChoices } from "../support/random-rulebook.js";
import {
  pieceArrival,
  randomQuery,
  referenceArrival,
  referenceRoute,
  skipUnanswerable,
} from "../support/reference-arrival.js";

/** The laws once more where the clocks of a zone did what few clocks do: random worlds, moved to those days. */

const CHANGES: readonly [zone: string, date: string, what: string][] = [
  [
    "America/St_Johns",
    "2010-11-07",
    "put back to 23:01 a minute after the day began: the day before returns",
  ],
  ["America/St_Johns", "2010-03-14", "put forward a minute after the day began"],
  ["Antarctica/Casey", "2010-03-05", "put back three hours, to 23:00 of the day before"],
  ["Pacific/Apia", "2011-12-30", "a day that never was"],
  ["Pacific/Kwajalein", "1969-10-01", "put back 23 hours: a day that was twice"],
  ["Pacific/Kwajalein", "1993-08-21", "a day that never was"],
  ["America/Sao_Paulo", "2018-11-04", "a day without a midnight"],
  ["America/Sao_Paulo", "2018-02-18", "put back to 23:00 as the day was to begin"],
  ["Asia/Shanghai", "1986-05-04", "the first summer time of China"],
  ["Asia/Shanghai", "1991-09-15", "the end of the last summer time of China"],
  ["Africa/Monrovia", "1972-01-07", "44 minutes and 30 seconds left out"],
  ["Australia/Lord_Howe", "2026-04-05", "put back half an hour"],
];

const RUNS = 30;
const MIDDLE = (FIRST + LAST) >> 1;

/**
 * The world with all its dates moved by so many days, and its rules turning on `date`. Years of a calendar keep their
 * names, which are only an order.
 */
function moved(random: WorldWithChoices, zone: string, date: string, days: number): WorldWithChoices {
  const later = (one: string): string => formatDay(((parseDay(one) as Day) + days) as Day);
  const text = JSON.stringify(random).replace(/\d{4}-\d\d-\d\d/g, later);
  return { ...JSON.parse(text.replace(/(?<="onOrAfter","value":")[^"]+/g, date)), zone };
}

/** From the midnight of the date in UTC: on a half hour of that day or near it, or a minute or millisecond off. */
const offset = fc
  .tuple(
    fc.oneof(fc.integer({ min: -32, max: 32 }), fc.integer({ min: -4 * 48, max: 4 * 48 })),
    fc.constantFrom(-60_000, -1, 0, 0, 1, 30_000, 60_000),
  )
  .map(([half, off]) => half * 1_800_000 + off);

describe.each(CHANGES)("%s %s, %s", (zone, date) => {
  const day = parseDay(date) as Day;
  const worlds = fc.tuple(worldWithChoices, offset).map(([random, off]) => ({
    random: moved(random, zone, date, day - MIDDLE),
    at: (day * DAY_MS + off) as Instant,
  }));

  test("every piece of a profile agrees with asking anew, and they join up", () => {
    fc.assert(
      fc.property(worlds, fc.double({ min: 0, max: 1, noNaN: true }), ({ random, at }, share) => {
        const subject = randomQuery(random);
        const to = (at + 2 * DAY_MS) as Instant;
        let now: number = at;
        for (const piece of skipUnanswerable(() => profileOf(subject, at, to))) {
          const [start, end] = [Date.parse(piece.from), Date.parse(piece.to)];
          expect(start).toBe(now);
          now = end;
          const inside = Math.floor(start + share * (end - 1 - start));
          for (const sentAt of [start, inside, end - 1])
            for (const bound of BOUNDS) {
              const slow = referenceArrival(subject, bound, sentAt);
              expect(piece.outcome === "refused").toBe(slow === undefined);
              if (slow !== undefined) expect(pieceArrival(piece[bound], sentAt)).toBe(slow);
            }
        }
        expect(now).toBe(to);
      }),
      { numRuns: RUNS },
    );
  });

  test("an answer says the instants that it means, its timeline joins up, and its JSON says the same", () => {
    fc.assert(
      fc.property(worlds, ({ random, at }) => {
        const subject = randomQuery(random);
        const arrival = skipUnanswerable(() => arrive(subject, at));
        expect(skipUnanswerable(() => arrivalJson(subject, at))).toBe(JSON.stringify(arrival));
        fc.pre(arrival.outcome === "credited");
        for (const bound of BOUNDS)
          expect(Date.parse(arrival[bound])).toBe(referenceArrival(subject, bound, at));
        const ends = arrival.timeline.flatMap(({ from, to }) => [Date.parse(from), Date.parse(to)]);
        expect([at, ...ends, Date.parse(arrival.expected)]).toEqual(
          [at, ...ends, Date.parse(arrival.expected)].toSorted((one, other) => one - other),
        );
        expect(ends.filter((end, index) => index % 2 === 1 && end !== (ends[index + 1] ?? end))).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  test("no step lets a later payment overtake, and its waits join up", () => {
    fc.assert(
      fc.property(worlds, offset, fc.constantFrom(...BOUNDS), ({ random, at }, off, bound) => {
        const subject = randomQuery(random);
        const decision = skipUnanswerable(() => subject.decider.decide({ amount: 1 }, at));
        fc.pre(decision.rule.event.type === "route");
        const path = referenceRoute(subject, decision).paths[bound];
        const [first, second] = [at, (day * DAY_MS + off) as Instant].sort((one, other) => one - other);
        const waits: Wait[] = [];
        const { to } = skipUnanswerable(() => travel(path, first as Instant, (wait) => waits.push(wait)));
        expect(skipUnanswerable(() => travel(path, second as Instant)).to).toBeGreaterThanOrEqual(to);
        const ends = [first, ...waits.map((wait) => wait.to)];
        expect(waits.map((wait) => wait.from)).toEqual(ends.slice(0, -1));
        expect(ends.at(-1)).toBe(to);
      }),
      { numRuns: RUNS },
    );
  });

  test("what is sent in time for a deadline makes it, and nothing later does", () => {
    fc.assert(
      fc.property(worlds, fc.integer({ min: 0, max: 3 * 48 }), ({ random, at }, wait) => {
        const subject = randomQuery(random);
        const by = at + wait * 1_800_000;
        const found = skipUnanswerable(() => latestSendOf(subject, at, by as Instant, "expected"));
        const makes = (sentAt: number): boolean =>
          (referenceArrival(subject, "expected", sentAt) ?? by + 1) <= by;
        const sendBy = found === undefined ? at - 1 : Date.parse(found.sendBy);
        if (found !== undefined) expect(makes(found.inclusive ? sendBy : sendBy - 1)).toBe(true);
        for (let later = found?.inclusive === false ? sendBy : sendBy + 1; later <= by; later += 420_000)
          expect(makes(later)).toBe(false);
      }),
      { numRuns: RUNS },
    );
  });
});
