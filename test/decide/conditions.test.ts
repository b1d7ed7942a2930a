import { describe, expect, test } from "vitest";
import { candidatesOf } from "../../src/decide/candidate.js";
import { ALWAYS, conditionCompiler, NEVER } from "../../src/decide/conditions.js";
import { channelContextOf } from "../../src/decide/decider.js";
import { momentAt } from "../../src/decide/moment.js";
import type { ChannelFile, Condition, Leaf } from "../../src/model/rulebook.js";
import { at, calendars, route, rulebookOf } from "./fixture.js";

const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n));

const leaf = (fact: string, operator: string, value: unknown): Leaf => ({ fact, operator, value });

const own = leaf("channel", "equal", "cn.test");

const foreign = leaf("channel", "equal", "cn.other");

const small = leaf("amount", "lessThan", 5);

const book = rulebookOf({ rules: [route("any")] });

const context = channelContextOf(book.channels["cn.test"] as ChannelFile, calendars());

const NOON = momentAt(context, at("2026-03-10T12:00:00+08:00"));

describe("a compiled tree", () => {
  const compile = conditionCompiler({ big: { all: [leaf("amount", "greaterThan", 5)] } }, "cn.test");
  const big: Condition = { condition: "big" };
  const compiledBig = compile(big);

  test("omits comparisons of `channel` that do not affect the result", () => {
    expect(compile({ all: [own, big] })).toBe(compiledBig);
    expect(compile({ any: [foreign, big] })).toBe(compiledBig);
    expect(compile({ all: [{ any: [big] }, { not: foreign }] })).toBe(compiledBig);
  });

  test("is ALWAYS or NEVER if comparisons of `channel` decide it", () => {
    const always: Condition[] = [
      { all: [own] },
      { any: [big, own] },
      { all: [own, { any: [own, big] }] },
      { not: { all: [foreign] } },
    ];
    const never: Condition[] = [
      { all: [foreign] },
      { all: [big, foreign] },
      { any: [foreign, { all: [foreign, big] }] },
      { not: { all: [own] } },
    ];
    for (const tree of always) expect(compile(tree)).toBe(ALWAYS);
    for (const tree of never) expect(compile(tree)).toBe(NEVER);
    expect(compile(undefined)).toBe(ALWAYS);
    expect([ALWAYS({}, NOON), NEVER({}, NOON)]).toEqual([true, false]);
  });

  test("implements `all` and `any` for two, three and four comparisons", () => {
    for (const count of [2, 3, 4]) {
      const leaves = many(count, (n) => leaf(`flag${n}`, "equal", true));
      const [all, any] = [compile({ all: leaves }), compile({ any: leaves })];
      for (let bits = 0; bits < 2 ** count; bits++) {
        const facts = Object.fromEntries(leaves.map(({ fact }, n) => [fact, (bits & (1 << n)) !== 0]));
        expect([all(facts, NOON), any(facts, NOON)]).toEqual([bits === 2 ** count - 1, bits > 0]);
      }
    }
  });

  test("is no candidate on a channel where it never holds", () => {
    const rules = [{ conditions: { all: [foreign] } }, { conditions: { all: [own, small] } }, {}];
    expect(candidatesOf(rules, compile).map(({ rule }) => rule)).toEqual(rules.slice(1));
    const [dated] = candidatesOf([{ effective: { from: "1970-01-03", until: "1970-01-05" } }], compile);
    expect([dated?.from, dated?.until]).toEqual([2, 4]);
    expect(candidatesOf([{}], compile)[0]).toMatchObject({ from: -Infinity, until: Infinity });
  });
});
