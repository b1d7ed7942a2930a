import { beforeAll, describe, expect, test } from "vitest";
import type { Timetable } from "../../src/index.js";
import { CAUSE_CATEGORIES } from "../../src/model/causes.js";
import { flatten, GOLDEN_FILES, optionsOf, timetableWith } from "./golden-cases.js";

const asInstant = (value: unknown): unknown =>
  typeof value === "string" && /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : value;

describe.each(GOLDEN_FILES)("%s", (_, cases) => {
  describe.each(cases.map((golden) => [golden.note, golden] as const))(
    "%s",
    (_, { payment, incidents, asks }) => {
      let timetable: Timetable;
      beforeAll(async () => {
        timetable = await timetableWith(incidents);
      });

      test.each(asks.map((ask) => [ask.note, ask] as const))("%s", (_, ask) => {
        const found = flatten(timetable.assess(payment, optionsOf(ask)));
        for (const [key, wanted] of Object.entries(ask.expect))
          expect([key, asInstant(found[key])]).toEqual([key, asInstant(wanted)]);
      });
    },
  );
});

describe("the golden cases cover verdicts.json", () => {
  test("every rule decides a case", async () => {
    const { rulebook } = await timetableWith();
    const decided = new Set(
      GOLDEN_FILES.flatMap(([, cases]) => cases).flatMap(({ asks }) =>
        asks.map(({ expect: { rule } }) => rule),
      ),
    );
    expect(rulebook.verdicts.map(({ name }) => name).filter((name) => !decided.has(name))).toEqual([]);
  });

  test("every cause occurs", async () => {
    const asks = GOLDEN_FILES.flatMap(([, cases]) => cases).flatMap((golden) => golden.asks);
    const found = new Set(asks.map(({ expect: { cause } }) => cause));
    for (const cause of CAUSE_CATEGORIES) expect([cause, found.has(cause)]).toEqual([cause, true]);
  });
});
