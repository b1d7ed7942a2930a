import { describe, expect, test } from "vitest";
import { definitionFaults, domainViolation, statedFacts } from "../../src/decide/facts.js";
import type { FactDefinition } from "../../src/model/rulebook.js";
import { rulebookOf } from "./fixture.js";

const title = { zh: "名", en: "name" };

describe("facts", () => {
  test("include amount and currency, but not the channel", () => {
    expect(Object.fromEntries(statedFacts(rulebookOf({ facts: {} })))).toEqual({
      amount: { type: "number", minimum: 0 },
      currency: { type: "string" },
    });
    const channel: FactDefinition = { title, type: "string" };
    expect([...statedFacts(rulebookOf({ facts: { channel } })).keys()]).toEqual(["amount", "currency"]);
  });

  test("must not use a reserved name or change a fixed type", () => {
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

  test("accept only finite numbers in range", () => {
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
