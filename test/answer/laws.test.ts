import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arrive } from "../../src/answer/arrival.js";
import { arrivalColumns } from "../../src/answer/columns.js";
import { arrivalJson } from "../../src/answer/json.js";
import { latestSendOf } from "../../src/answer/latest-send.js";
import { profileOf } from "../../src/answer/profile.js";
import { QuestionError } from "../../src/errors.js";
import type { Piece, Segment } from "../../src/model/answers.js";
import { BOUNDS } from "../../src/model/bound.js";
import { arrivesAt } from "../../src/pieces/piece.js";
import { pieceAt } from "../../src/pieces/piece-lookup.js";
import type { Query } from "../../src/pieces/query.js";
import { travel } from "../../src/route/path.js";
import { DAY_MS } from "../../src/time/day.js";
import { formatInstant, type Instant } from "../../src/time/instant.js";
import { offsetAt } from "../../src/time/zone.js";
import { instant, worldWithChoices } from "../support/random-rulebook.js";
import {
  pieceArrival,
  randomQuery,
  referenceArrival,
  referenceRoute,
  skipUnanswerable,
} from "../support/reference-arrival.js";

/** Properties of answers under random rulebooks, checked against a reference that answers instant by instant. */

const MINUTE = 60_000;

describe("law 2: the profile is exact", () => {
  test("every piece agrees with the single answer at its start, inside, and one millisecond before its end", () => {
    fc.assert(
      fc.property(
        worldWithChoices,
        instant,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (random, from, share) => {
          const query = randomQuery(random);
          const to = (from + 6 * DAY_MS) as Instant;
          const pieces = skipUnanswerable(() => profileOf(query, from, to));
          expectToJoin(pieces, from, to);
          for (const piece of pieces) {
            const [start, end] = [Date.parse(piece.from), Date.parse(piece.to)];
            const inside = Math.floor(start + share * (end - 1 - start));
            for (const at of [start, inside, end - 1]) expectSame(query, piece, at);
          }
        },
      ),
      { numRuns: 120 },
    );
  });
});

test("the JSON text equals `JSON.stringify` of the answer", () => {
  fc.assert(
    fc.property(worldWithChoices, fc.array(instant, { minLength: 1, maxLength: 20 }), (random, instants) => {
      const query = randomQuery(random);
      for (const at of instants) {
        expect(skipUnanswerable(() => arrivalJson(query, at))).toBe(JSON.stringify(arrive(query, at)));
      }
    }),
    { numRuns: 300 },
  );
});

test("a timeline equals the reference on both sides of every change and midnight", () => {
  fc.assert(
    fc.property(worldWithChoices, instant, (random, from) => {
      const query = randomQuery(random);
      const to = (from + 2 * DAY_MS) as Instant;
      const changes = skipUnanswerable(() => profileOf(query, from, to)).map((piece) =>
        Date.parse(piece.from),
      );
      const midnights = [0, 1, 2, 3].map((days) => startOfDay(query, from) + days * DAY_MS);
      for (const change of [...changes, ...midnights]) {
        for (const at of [change - 1, change, change + 1, change + 1_234_567] as Instant[]) {
          const arrival = skipUnanswerable(() => arrive(query, at));
          if (arrival.outcome !== "refused") expect(arrival.timeline).toEqual(referenceTimeline(query, at));
        }
      }
    }),
    { numRuns: 200 },
  );
});

const startOfDay = ({ zone }: Query, at: Instant): number =>
  Math.floor((at + offsetAt(zone, at)) / DAY_MS) * DAY_MS - offsetAt(zone, at);

function referenceTimeline(query: Query, at: Instant): Segment[] {
  const { zone } = query;
  const decision = query.decider.decide({ amount: 1 }, at);
  const segments: Segment[] = [];
  travel(referenceRoute(query, decision).paths.expected, at, ({ rule = decision.rule.name, ...wait }) => {
    const [from, to] = [formatInstant(zone, wait.from), formatInstant(zone, wait.to)];
    segments.push({ ...wait, from, to, rule } as Segment);
  });
  return segments;
}

test("columns equal single answers", () => {
  fc.assert(
    fc.property(worldWithChoices, fc.array(instant, { minLength: 1, maxLength: 20 }), (random, instants) => {
      const query = randomQuery(random);
      const columns = skipUnanswerable(() => arrivalColumns(query, Float64Array.from(instants)));
      for (const [index, at] of instants.entries()) {
        const arrival = arrive(query, at);
        for (const bound of BOUNDS) expect(columns[bound][index]).toBe(Date.parse(arrival[bound]));
      }
    }),
    { numRuns: 120 },
  );
});

test("columns from a table equal single answers on both sides of every change", () => {
  fc.assert(
    fc.property(
      worldWithChoices,
      instant,
      fc.integer({ min: 1, max: 90_000 }),
      (random, from, strideSeconds) => {
        const query = randomQuery(random);
        const to = (from + 5 * DAY_MS) as Instant;
        const changes = skipUnanswerable(() => profileOf(query, from, to)).map((piece) =>
          Date.parse(piece.from),
        );
        const between = Array.from(
          { length: 60 },
          (_, n) => from + ((n * strideSeconds * 1000) % (5 * DAY_MS - 1000)),
        );
        const asked = [
          ...changes.flatMap((change) => [change, change + 1, change + 0.5]),
          ...changes.slice(1).map((change) => change - 1),
        ];
        const instants = Float64Array.from([...asked, ...between].reverse());
        for (const columns of [arrivalColumns(query, instants), arrivalColumns(query, instants)]) {
          for (const [index, at] of instants.entries()) {
            const slow = pieceAt(query, at as Instant);
            for (const bound of BOUNDS)
              expect(columns[bound][index]).toBe(arrivesAt(slow, bound, at as Instant));
          }
        }
      },
    ),
    { numRuns: 120 },
  );
});

function expectToJoin(pieces: readonly Piece[], from: number, to: number): void {
  expect(Date.parse(pieces[0]?.from ?? "")).toBe(from);
  expect(Date.parse(pieces.at(-1)?.to ?? "")).toBe(to);
  for (const [index, piece] of pieces.slice(1).entries()) expect(piece.from).toBe(pieces[index]?.to);
}

function expectSame(query: Query, piece: Piece, at: number): void {
  const arrival = arrive(query, at as Instant);
  for (const bound of BOUNDS) {
    expect(pieceArrival(piece[bound], at)).toBe(Date.parse(arrival[bound]));
    if (piece.outcome === undefined)
      expect(pieceArrival(piece[bound], at)).toBe(referenceArrival(query, bound, at));
  }
  expect(piece.outcome === "refused").toBe(referenceArrival(query, "expected", at) === undefined);
}

describe("law 3: the latest send", () => {
  test("arrives in time, and no later minute does", () => {
    const bounds = fc.constantFrom("expected" as const, "latest" as const);
    fc.assert(
      fc.property(
        worldWithChoices,
        instant,
        fc.integer({ min: 0, max: 8 * 24 * 60 }),
        bounds,
        (random, from, wait, bound) => {
          const query = randomQuery(random);
          const by = from + wait * MINUTE;
          const found = skipUnanswerable(() => latestSendOf(query, from, by as Instant, bound));
          const makes = (at: number): boolean =>
            (referenceArrival(query, bound, at) ?? Number.POSITIVE_INFINITY) <= by;
          if (found === undefined) {
            for (let at: number = from; at <= by; at += 7 * MINUTE) expect(makes(at)).toBe(false);
            return;
          }
          const sendBy = Date.parse(found.sendBy);
          expect(sendBy).toBeGreaterThanOrEqual(from);
          expect(makes(found.inclusive ? sendBy : sendBy - 1)).toBe(true);
          expect(makes(found.inclusive ? sendBy + 1 : sendBy)).toBe(false);
          for (let at = sendBy + 1; at <= by; at += 7 * MINUTE) expect(makes(at)).toBe(false);
          expect(Date.parse(found.arrives[bound])).toBeLessThanOrEqual(by);
        },
      ),
      { numRuns: 120 },
    );
  });

  test("every send time of its interval arrives at the same instant", () => {
    fc.assert(
      fc.property(
        worldWithChoices,
        instant,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (random, from, share) => {
          const query = randomQuery(random);
          const by = from + 5 * DAY_MS;
          const found = skipUnanswerable(() => latestSendOf(query, from, by as Instant, "expected"));
          fc.pre(found !== undefined && !found.inclusive);
          const [first, end] = [Date.parse(found?.from ?? ""), Date.parse(found?.sendBy ?? "")];
          const inside = Math.floor(first + share * (end - 1 - first));
          expect(referenceArrival(query, "expected", inside)).toBe(Date.parse(found?.arrives.expected ?? ""));
        },
      ),
      { numRuns: 120 },
    );
  });
});

describe("sooner and retryAt", () => {
  test("sending at `sooner` arrives sooner, and without it no later time does", () => {
    fc.assert(
      fc.property(worldWithChoices, instant, (random, at) => {
        const query = randomQuery(random);
        const arrival = skipUnanswerable(() => arrive(query, at));
        fc.pre(arrival.outcome === "credited");
        const expected = Date.parse(arrival.expected);
        if (arrival.sooner !== undefined) {
          const { sendAt } = arrival.sooner;
          expect(referenceArrival(query, "expected", Date.parse(sendAt))).toBe(
            Date.parse(arrival.sooner.expected),
          );
          expect(Date.parse(arrival.sooner.expected)).toBeLessThan(expected);
          return;
        }
        for (let later = at + 1; later < Math.min(expected, at + 20 * DAY_MS); later += 31 * MINUTE) {
          expect(referenceArrival(query, "expected", later) ?? expected).toBeGreaterThanOrEqual(expected);
        }
      }),
      { numRuns: 120 },
    );
  });

  test("a refused payment is accepted at `retryAt`, and not before", () => {
    fc.assert(
      fc.property(worldWithChoices, instant, (random, at) => {
        const query = randomQuery(random);
        const arrival = skipUnanswerable(() => arrive(query, at));
        fc.pre(arrival.outcome === "refused" && arrival.retryAt !== undefined);
        const retryAt = Date.parse(arrival.retryAt ?? "");
        const then = BOUNDS.map((bound) => Date.parse(arrival[bound]));
        expect(referenceArrivals(query, retryAt)).toEqual(then);
        for (let before: number = at; before < retryAt; before += 11 * MINUTE) {
          expect(referenceArrivals(query, before)).toBeUndefined();
        }
      }),
      { numRuns: 120 },
    );
  });
});

/** The arrivals at all bounds; undefined if the payment is refused or a bound has no answer. */
function referenceArrivals(query: Query, at: number): (number | undefined)[] | undefined {
  try {
    const arrivals = BOUNDS.map((bound) => referenceArrival(query, bound, at));
    return arrivals.includes(undefined) ? undefined : arrivals;
  } catch (error) {
    if (error instanceof QuestionError) return undefined;
    throw error;
  }
}
