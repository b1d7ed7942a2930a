import { describe, expect, test } from "vitest";
import type { FactDefinition } from "../../src/model/rulebook.js";
import { fieldsOf } from "../../src/payment/fields.js";
import { FACTS, rulebookOf } from "../decide/fixture.js";

const title = { zh: "名", en: "name" };

describe("fields", () => {
  const of = (name: string): FactDefinition => ({ title, type: name === ".x" ? "boolean" : "string" });
  const more = ["card.kind", "card.of", ".x"].map((name) => [name, of(name)] as const);
  const read = () => fieldsOf(rulebookOf({ facts: { ...FACTS, ...Object.fromEntries(more) } }));

  test("are indexed flat and in groups", () => {
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

  test("include the groups payer and payee, even if no fact is in them", () => {
    const bare = fieldsOf(rulebookOf({ facts: {} })).byKey;
    expect([...bare.keys()]).toEqual(["amount", "currency", "payer", "payee"]);
    for (const name of ["payer", "payee"]) expect(bare.get(name)?.group).toEqual(new Map());
  });

  test("list their values only for closed domains", () => {
    const { all, defaults } = read();
    const field = (name: string) => all.find((one) => one.name === name);
    expect(field("speed")?.values).toEqual(new Set(["realtime", "regular", "next-day"]));
    expect([field("currency"), field("sameBank"), field("card.kind")].map((one) => one?.values)).toEqual(
      Array.from({ length: 3 }, () => undefined),
    );
    expect([defaults.currency, defaults.sameName, defaults.speed]).toEqual(["CNY", false, undefined]);
  });
});
