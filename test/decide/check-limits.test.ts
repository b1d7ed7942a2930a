import { describe, expect, test } from "vitest";
import { checkConditions } from "../../src/decide/check.js";
import type { Condition, Leaf, Rulebook } from "../../src/model/rulebook.js";
import { byPath, closing, hold, route, rulebookOf } from "./fixture.js";

/** Tests each limit with the last number that is allowed and the first that is not. */

const problems = (book: Rulebook): string[] =>
  checkConditions(book, byPath).map(({ path, name, what }) => `${path} ${name}: ${what}`);
const withRule = (conditions: Condition, named: Record<string, Condition> = {}): Rulebook =>
  rulebookOf({ rules: [route("rule", { conditions })], conditions: named });
const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n));

describe("times of day", () => {
  const time = (index: number): string =>
    `${String(Math.floor(index / 60)).padStart(2, "0")}:${String(index % 60).padStart(2, "0")}`;
  const times = (count: number): Condition => ({
    any: many(count, (index) => ({ fact: "initiated.time", operator: "before", value: time(index + 1) })),
  });

  test("up to 500 distinct times are allowed", () => {
    expect(problems(withRule(times(500)))).toEqual([]);
    expect(problems(withRule({ all: [times(500), times(500)] }))).toEqual([]);
    expect(problems(withRule(times(501)))).toEqual([
      " cn.test: the conditions of this channel turn at 501 times of day, more than 500",
    ]);
  });

  test("times in windows, holds and named conditions count too", () => {
    const shared = rulebookOf({
      rules: [route("rule", { conditions: { all: [{ condition: "named" }, { condition: "named" }] } })],
      windows: [closing("window", { any: [{ fact: "initiated.time", operator: "before", value: "23:00" }] })],
      conditions: { named: times(500) },
    });
    expect(problems(shared)).toHaveLength(1);
    expect(problems({ ...shared, windows: [] })).toEqual([]);
    const conditions: Condition = { any: [{ fact: "initiated.time", operator: "before", value: "23:00" }] };
    expect(problems({ ...shared, windows: [], holds: [hold("hold", { conditions })] })).toHaveLength(1);
  });
});

describe("comparisons of one fact", () => {
  const banks = (from: number, count: number): string[] => many(count, (index) => `bank${from + index}`);
  const oneOf = (values: string[], fact = "payee.bank"): Leaf => ({ fact, operator: "in", value: values });
  const tooMany = (comparisons: number, values: number): string[] => [
    ` cn.test: this channel makes ${comparisons} comparisons of \`payee.bank\` with ${values} values, too many to tell payments apart by`,
  ];

  test("one list may have 7,066 values: (7,066 + 10) * 7,066 is just below 50 million", () => {
    expect(problems(withRule({ all: [oneOf(banks(0, 7066))] }))).toEqual([]);
    expect(problems(withRule({ all: [oneOf(banks(0, 7067))] }))).toEqual(tooMany(1, 7067));
    expect(problems(withRule({ all: [oneOf(banks(0, 7066)), oneOf(banks(0, 7066), "payer.bank")] }))).toEqual(
      [],
    );
    expect(problems(withRule({ all: [oneOf(banks(0, 7066)), oneOf(banks(0, 7066))] }))).toEqual([]);
  });

  test("500 lists of ten banks each are exactly at the limit", () => {
    const lists = many(500, (index) => oneOf(banks(index * 10, 10)));
    expect(problems(withRule({ any: lists }))).toEqual([]);
    expect(problems(withRule({ any: [...lists, oneOf(banks(5, 10))] }))).toEqual(tooMany(501, 5000));
  });
});

describe("conditions", () => {
  const leaf: Leaf = { fact: "amount", operator: "lessThan", value: 5 };
  /** `big` has 9,999 conditions; a reference to it adds one. */
  const named = { big: { all: many(9998, () => leaf) } };
  const refers = (name: string) => route(name, { conditions: { condition: "big" } });
  const small = { all: [leaf] };

  test("up to 10,000 are allowed in one tree, with references resolved", () => {
    expect(problems(withRule({ condition: "big" }, named))).toEqual([]);
    expect(problems(withRule({ all: [{ condition: "big" }] }, named))).toEqual([
      expect.stringMatching(/^conditions rule: more than 10000 conditions in one/),
    ]);
  });

  test("up to 50,000 are allowed in one channel, including windows and holds", () => {
    const five = many(5, (index) => refers(`r${index}`));
    const expected = [expect.stringMatching(/^ cn.test: this channel tests 50002 conditions/)];
    expect(problems(rulebookOf({ rules: five, conditions: named }))).toEqual([]);
    expect(
      problems(rulebookOf({ rules: [...five, route("s", { conditions: small })], conditions: named })),
    ).toEqual(expected);
    expect(problems(rulebookOf({ rules: five, conditions: named, windows: [closing("w", small)] }))).toEqual(
      expected,
    );
    expect(
      problems(rulebookOf({ rules: five, conditions: named, holds: [hold("h", { conditions: small })] })),
    ).toEqual(expected);
  });

  test("up to a million are allowed in all channels", () => {
    const book = rulebookOf({ rules: many(5, (index) => refers(`r${index}`)), conditions: named });
    const one = book.channels["cn.test"] as Rulebook["channels"][string];
    const channels = (count: number) =>
      Object.fromEntries(many(count, (index) => [`c${index}`, { ...one, channel: `c${index}` }]));
    expect(problems({ ...book, channels: channels(20) })).toEqual([]);
    expect(problems({ ...book, channels: channels(21) })).toEqual([
      " c20: with this channel all channels together test more than 1000000 conditions",
    ]);
  });
});
