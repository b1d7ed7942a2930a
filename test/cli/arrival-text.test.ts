import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arrivalTextWithoutTimeline } from "../../src/cli/arrival-text.js";
import { type Arrival, QuestionError } from "../../src/index.js";
import { shippedTimetable } from "../support/command-line.js";

const instant = fc.constantFrom("2026-02-13T23:00:00+08:00", "2026-02-24T10:00:00.001+08:00");
const name = fc.oneof(fc.constantFrom("cn.hvps", "春节", "国庆节、中秋节"), fc.string({ unit: "binary" }));

const segment = fc
  .tuple(instant, instant, fc.option(name), fc.option(name), fc.option(name), name)
  .map(([from, to, system, named, calendar, rule]) => ({
    ...{ from, to },
    ...(system !== null && { system }),
    cause: "holiday" as const,
    ...(named !== null && { name: named }),
    ...(calendar !== null && { calendar }),
    rule,
  }));

const arrival: fc.Arbitrary<Arrival> = fc
  .tuple(fc.array(instant, { minLength: 5, maxLength: 5 }), fc.array(name), fc.array(segment), name)
  .chain(
    ([[earliest = "", expected = "", latest = "", sendAt = "", retryAt = ""], rules, timeline, version]) =>
      fc.tuple(fc.boolean(), fc.boolean()).map(([hasSooner, hasRetry]) => ({
        ...{ outcome: "credited" as const, earliest, expected, latest },
        ...{ certainty: "open-incident" as const, basis: "assumed" as const, rules, timeline, version },
        ...(hasSooner && { sooner: { sendAt, expected } }),
        ...(hasRetry && { retryAt }),
      })),
  );

describe("the text of an answer without its timeline", () => {
  test("is what JSON.stringify writes, whatever names there are", () => {
    fc.assert(
      fc.property(arrival, (one) => {
        const { timeline, ...rest } = one;
        expect(arrivalTextWithoutTimeline(one)).toBe(JSON.stringify(rest));
      }),
    );
  });

  test("is the same from the library, whichever way it is asked for, for every example of every channel", async () => {
    const timetable = await shippedTimetable();
    const payments = Object.values(timetable.rulebook.channels).flatMap(({ channel, examples }) =>
      examples.map(({ payment }) => ({ ...payment, channel })),
    );
    expect(payments.length).toBeGreaterThan(100);
    for (const payment of payments as never[]) {
      expect(answered(() => timetable.whenJson(payment))).toBe(
        answered(() => JSON.stringify(timetable.when(payment))),
      );
    }
  });
});

/** The text, or the error instead. */
function answered(ask: () => string): string {
  try {
    return ask();
  } catch (error) {
    if (error instanceof QuestionError) return error.message;
    throw error;
  }
}
