import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { type PaymentOptions, paymentOf } from "../../src/cli/payment-options.js";
import type { FactDefinition } from "../../src/model/rulebook.js";

const fact = (type: FactDefinition["type"]): FactDefinition => ({ title: { zh: "事实", en: "fact" }, type });
const FACTS = {
  amount: fact("number"),
  weight: fact("number"),
  sameBank: fact("boolean"),
  card: fact("string"),
};

const folder = mkdtempSync(join(tmpdir(), "daozhang-payment-"));
afterAll(() => rmSync(folder, { recursive: true }));

const asked = (options: PaymentOptions, stdin = ""): Promise<unknown> =>
  paymentOf(options, { facts: FACTS }, { stdin: async () => stdin });

function fileWith(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe("facts of options", () => {
  test.each([
    ["card=debit", { card: "debit" }],
    ["card=007", { card: "007" }],
    ["weight=12.50", { weight: 12.5 }],
    ["weight=0x10", { weight: "0x10" }],
    ["weight=", { weight: "" }],
    ["sameBank=true", { sameBank: true }],
    ["sameBank=false", { sameBank: false }],
    ["sameBank=yes", { sameBank: "yes" }],
    ["amount=1000.00", { amount: "1000.00" }],
    ["payer.bank=icbc", { payer: { bank: "icbc" } }],
    ["references.order=a=b", { references: { order: "a=b" } }],
    ["unheard=1", { unheard: "1" }],
  ])("%s is read by the type that the rulebook gives it", async (text, payment) => {
    expect(await asked({ fact: [text] })).toEqual(payment);
  });

  test("of one group stand together", async () => {
    const fact = ["payer.bank=icbc", "payer.kind=person", "payee.bank=abc"];
    const groups = { payer: { bank: "icbc", kind: "person" }, payee: { bank: "abc" } };
    expect(await asked({ fact })).toEqual(groups);
  });

  test("may repeat, but not contradict themselves or another option", async () => {
    expect(await asked({ fact: ["card=debit", "card=debit"] })).toEqual({ card: "debit" });
    const said = { code: "bad-payment", help: "say it once" };
    await expect(asked({ fact: ["card=debit", "card=credit"] })).rejects.toMatchObject({
      where: "card",
      ...said,
    });
    await expect(asked({ amount: "1", fact: ["amount=2"] })).rejects.toMatchObject({
      where: "amount",
      ...said,
    });
  });

  test.each(["settlement", "=t1", ""])("%j is not a fact", async (text) => {
    await expect(asked({ fact: [text] })).rejects.toMatchObject({ code: "bad-payment", where: "--fact" });
  });

  test("cannot reach the prototype of an object", async () => {
    await asked({ fact: ["__proto__.polluted=1", "constructor.prototype=1"] });
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });
});

describe("a payment of a file", () => {
  const file = { channel: "cn.atm", amount: 5, payer: { bank: "abc", kind: "person" }, "payee.bank": "boc" };

  test("is overridden by what options say, field by field, however the file says it", async () => {
    const payment = fileWith("good.json", JSON.stringify(file));
    expect(await asked({ payment, amount: "6", fact: ["payer.bank=icbc", "payee.bank=ccb"] })).toEqual({
      channel: "cn.atm",
      amount: "6",
      payer: { bank: "icbc", kind: "person" },
      payee: { bank: "ccb" },
    });
  });

  test("may come from standard input", async () => {
    expect(await asked({ payment: "-" }, JSON.stringify(file))).toEqual(file);
  });

  test("that is not JSON is an error with line and column", async () => {
    const payment = fileWith("bad.json", '{\n  "channel": cn.atm\n}');
    await expect(asked({ payment })).rejects.toMatchObject({ code: "bad-payment", where: `${payment}:2:14` });
    await expect(asked({ payment: "-" }, "")).rejects.toMatchObject({ where: "stdin:1:1" });
  });

  test("that says a key twice is an error and not a choice", async () => {
    const payment = fileWith("twice.json", '{"amount": 1, "amount": 2}');
    await expect(asked({ payment })).rejects.toMatchObject({ what: "`amount` stands twice in this object" });
  });

  test.each(["[]", "null", "7"])("that holds %s is no payment", async (text) => {
    await expect(asked({ payment: "-" }, text)).rejects.toMatchObject({
      code: "bad-payment",
      where: "stdin",
    });
  });

  test("that is not there is an error that names it", async () => {
    await expect(asked({ payment: "nowhere.json" })).rejects.toMatchObject({ where: "nowhere.json" });
  });
});
