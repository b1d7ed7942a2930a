import { describe, expect, test } from "vitest";
import { conditionText } from "../../src/cli/render/condition-text.js";
import { commandLine } from "../support/command-line.js";

describe("rules", () => {
  test("lists the rules of a channel by priority, the highest first", async () => {
    const { out, exitCode } = await commandLine(["rules", "cn.acquiring", "--json"]);
    expect(exitCode).toBe(0);
    const listed = JSON.parse(out) as { priority: number; name: string }[];
    const priorities = listed.map(({ priority }) => priority);
    expect(priorities).toEqual(priorities.toSorted((one, other) => other - one));
    expect(listed).toContainEqual(
      expect.objectContaining({
        priority: 10,
        name: "cn.acquiring.t1",
        conditions: "settlement = t1",
        outcome: "credited",
      }),
    );
  });

  test.each([
    ["en", "10  cn.acquiring.t1 · published · credited"],
    ["zh", "10  cn.acquiring.t1 · "],
  ])("is readable in %s", async (lang, line) => {
    const { out } = await commandLine(["rules", "cn.acquiring", "--lang", lang]);
    expect(out).toContain(line);
    expect(out).toContain("settlement = t1");
  });

  test("names the channels where there is no such one", async () => {
    const { err, exitCode } = await commandLine(["rules", "cn.aquiring"]);
    expect(exitCode).toBe(2);
    expect(err).toContain("cn.acquiring");
  });
});

describe("a condition as text", () => {
  const leaf = (fact: string, operator: string, value: unknown) => ({ fact, operator, value });

  test.each([
    [leaf("amount", "lessThanInclusive", 50000), "amount ≤ 50000"],
    [leaf("initiated.time", "within", ["07:00", "23:00"]), "initiated.time within 07:00, 23:00"],
    [leaf("payer.bank", "equal", { fact: "payee.bank" }), "payer.bank = payee.bank"],
    [{ not: { condition: "small-value" } }, "not (small-value)"],
    [
      { all: [leaf("a", "equal", 1), { any: [leaf("b", "equal", 2), leaf("c", "notEqual", 3)] }] },
      "a = 1 and (b = 2 or c ≠ 3)",
    ],
    [{ all: [{ any: [leaf("b", "equal", 2), leaf("c", "notEqual", 3)] }] }, "b = 2 or c ≠ 3"],
  ])("%j", (condition, text) => {
    expect(conditionText(condition)).toBe(text);
  });
});
