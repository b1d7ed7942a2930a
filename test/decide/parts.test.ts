import { describe, expect, test } from "vitest";
import { checkConditions } from "../../src/decide/check.js";
import { definitionFaults, domainViolation, statedFacts } from "../../src/decide/facts.js";
import { extentOf, findCycle, namedFacts } from "../../src/decide/named-conditions.js";
import { partsOf } from "../../src/decide/tree.js";
import type { Condition, FactDefinition, Leaf } from "../../src/model/rulebook.js";
import { fieldsOf } from "../../src/payment/fields.js";
import { byPath, FACTS, route, rulebookOf } from "./fixture.js";

/** Facts, and the parts of conditions, whatever shape they have. */

const title = { zh: "名", en: "name" };
const small: Leaf = { fact: "amount", operator: "lessThan", value: 5 };

describe("facts", () => {
  test("amount and currency are always stated, the channel never", () => {
    expect(Object.fromEntries(statedFacts(rulebookOf({ facts: {} })))).toEqual({
      amount: { type: "number", minimum: 0 },
      currency: { type: "string" },
    });
    const channel: FactDefinition = { title, type: "string" };
    expect([...statedFacts(rulebookOf({ facts: { channel } })).keys()]).toEqual(["amount", "currency"]);
  });

  test("of a name that means something else are refused, and those of a fixed type with another", () => {
    const faults = (name: string, type: FactDefinition["type"]) =>
      definitionFaults(name, { title, type }).map(({ path, sentence }) => `${path}: ${sentence.what}`);
    const names = ["initiatedAt", "references", "initiated.date", "initiated.day", "assessment.phase"];
    for (const name of names) expect(faults(name, "string")).toHaveLength(1);
    expect(faults("my.assessment.", "string")).toEqual([]);
    expect([
      ...faults("channel", "string"),
      ...faults("currency", "string"),
      ...faults("amount", "number"),
    ]).toEqual([]);
    for (const name of ["channel", "currency"]) expect(faults(name, "number")[0]).toMatch(/^type: .*text/);
    expect(faults("amount", "string")[0]).toMatch(/^type: .*number/);
  });

  test("of numbers are finite and in range", () => {
    const what = (value: unknown, domain = {}) =>
      domainViolation("x", { type: "number", ...domain }, value)?.what;
    expect(what(Infinity)).toBe("`Infinity` is not a number, which `x` is");
    expect([what(-1e300), what(1e300), what(5, { minimum: 5, maximum: 5 })]).toEqual(
      Array.from({ length: 3 }, () => undefined),
    );
    expect([what(4, { minimum: 5 }), what(6, { maximum: 5 })]).not.toContain(undefined);
    expect(domainViolation("x", { type: "boolean" }, true)).toBeUndefined();
  });
});

describe("fields", () => {
  const of = (name: string): FactDefinition => ({ title, type: name === ".x" ? "boolean" : "string" });
  const more = ["card.kind", "card.of", ".x"].map((name) => [name, of(name)] as const);
  const read = () => fieldsOf(rulebookOf({ facts: { ...FACTS, ...Object.fromEntries(more) } }));

  test("stand flat and in groups", () => {
    const { all, byKey } = read();
    const field = (name: string) => all.find((one) => one.name === name);
    const group = (name: string) =>
      [...(byKey.get(name)?.group?.entries() ?? [])].map(([key, one]) => [key, one.name]);
    const none = { group: undefined, outer: undefined, inner: undefined };
    expect(byKey.get("speed")).toEqual({ field: field("speed"), ...none });
    expect(byKey.get("payee.bank")).toEqual({
      ...{ field: field("payee.bank"), group: undefined },
      ...{ outer: "payee", inner: "bank" },
    });
    expect(byKey.get(".x")).toEqual({ field: field(".x"), ...none });
    expect(group("payee")).toEqual([["bank", "payee.bank"]]);
    expect(group("card")).toEqual([
      ["kind", "card.kind"],
      ["of", "card.of"],
    ]);
    expect(all.map(({ index }) => index)).toEqual(all.map((_, index) => index));
  });

  test("have a payer and a payee, even where neither is asked for anything", () => {
    const bare = fieldsOf(rulebookOf({ facts: {} })).byKey;
    expect([...bare.keys()]).toEqual(["amount", "currency", "payer", "payee"]);
    for (const name of ["payer", "payee"]) expect(bare.get(name)?.group).toEqual(new Map());
  });

  test("list their values only where there are no others", () => {
    const { all, defaults } = read();
    const field = (name: string) => all.find((one) => one.name === name);
    expect(field("speed")?.values).toEqual(new Set(["realtime", "regular", "next-day"]));
    expect([field("currency"), field("sameBank"), field("card.kind")].map((one) => one?.values)).toEqual(
      Array.from({ length: 3 }, () => undefined),
    );
    expect([defaults.currency, defaults.sameName, defaults.speed]).toEqual(["CNY", false, undefined]);
  });
});

describe("the parts of a tree", () => {
  test("are comparisons and references, and nothing that is neither", () => {
    const tree = {
      all: [small, { not: { condition: "a" } }, { any: [{ ...small, fact: "count" }] }, 5, null],
    };
    expect([...partsOf(tree)]).toEqual([
      { ...small, path: "all[0]" },
      { condition: "a", path: "all[1].not" },
      { ...small, fact: "count", path: "all[2].any[0]" },
    ]);
    for (const one of [
      { fact: "x" },
      { operator: "x" },
      { fact: 5, operator: "x" },
      { fact: "x", operator: 5 },
      { condition: 5 },
      [small],
      "x",
      undefined,
    ])
      expect([...partsOf(one)]).toEqual([]);
  });

  test("have an extent with all that is named", () => {
    const named = { a: { all: [small, small] }, b: { not: { condition: "a" } } } as Record<string, Condition>;
    for (const none of [5, undefined, null, [small]])
      expect(extentOf(none, named)).toEqual({ depth: 0, size: 0 });
    expect(extentOf(small, named)).toEqual({ depth: 1, size: 1 });
    expect(extentOf({ all: [] }, named)).toEqual({ depth: 1, size: 1 });
    expect(extentOf({ all: [5, small] }, named)).toEqual({ depth: 2, size: 2 });
    expect(extentOf({ condition: "a" }, named)).toEqual({ depth: 3, size: 4 });
    expect(extentOf({ any: [{ condition: "b" }, { condition: "a" }, small] }, named)).toEqual({
      depth: 6,
      size: 12,
    });
    expect(extentOf({ condition: "c" }, named)).toEqual({ depth: 1, size: 1 });
  });

  test("lead into a circle by the names that go round, and no others", () => {
    const to = (condition: string): Condition => ({ condition });
    const named = {
      a: { all: [small, to("b")] },
      b: { not: to("c") },
      c: { any: [to("b")] },
      d: { all: [small] },
    };
    expect(findCycle(to("a"), named)).toEqual({ path: "condition", names: ["b", "c", "b"] });
    expect(findCycle({ all: [small, to("d"), to("d"), to("c")] }, named)).toEqual({
      path: "all[3].condition",
      names: ["c", "b", "c"],
    });
    expect(findCycle({ all: [small, to("d"), to("nowhere"), to("constructor")] }, named)).toBeUndefined();
  });

  test("test facts through names, each name followed once", () => {
    const net: Record<string, Condition> = { c0: { all: [small] } };
    for (let level = 1; level <= 60; level++) {
      const below = { condition: `c${level - 1}` };
      net[`c${level}`] = { any: [below, { ...small, fact: `fact${level}` }, below] };
    }
    expect(namedFacts("c2", net)).toEqual(new Set(["amount", "fact1", "fact2"]));
    expect(namedFacts("c60", net).size).toBe(61);
    expect(namedFacts("nowhere", net)).toEqual(new Set());
  });
});

describe("what is wrong with a tree", () => {
  const told = (tree: unknown, conditions: Record<string, Condition> = {}): string[] =>
    checkConditions(
      rulebookOf({ rules: [route("rule", { conditions: tree as Condition })], conditions }),
      byPath,
    ).map(({ path, name }) => `${path} ${name}`);

  test("is told where it stands, though it is a comparison alone or lies very deep", () => {
    expect(told({ ...small, nte: 5 })).toEqual(["conditions.nte rule", "conditions rule"]);
    const deep = (levels: number): unknown => (levels === 1 ? small : { all: [deep(levels - 1)] });
    expect(told(deep(64))).toEqual([]);
    expect(told(deep(65))).toEqual([`conditions${".all[0]".repeat(64)} rule`]);
  });

  test("is told at the condition that goes round, and not at a rule of its name", () => {
    expect(told({ condition: "rule" }, { rule: { condition: "rule" } })).toEqual(["condition rule"]);
  });
});

describe("what json-rules-engine itself refuses", () => {
  const told = (note: object): string[] => {
    const tree = { all: [Object.defineProperties({ ...small }, { note: { enumerable: true, ...note } })] };
    const book = rulebookOf({ rules: [route("rule", { conditions: tree as Condition })] });
    return checkConditions(book, byPath).map(({ path, name, what }) => `${path} ${name}: ${what}`);
  };

  test("is told in its words, whatever it throws", () => {
    const throwing = (thrown: unknown) => ({
      get() {
        throw thrown;
      },
    });
    expect(told({ value: "a text" })).toEqual([]);
    expect(told(throwing(new Error("this is broken")))).toEqual([
      expect.stringMatching(/^conditions rule: .*this is broken/),
    ]);
    expect(told(throwing("just a text"))).toEqual([expect.stringMatching(/^conditions rule: .*just a text/)]);
  });
});
