import { afterEach, describe, expect, test, vi } from "vitest";
import { QuestionError } from "../../src/errors.js";
import type { JsonText } from "../../src/model/payment.js";
import {
  compileReader,
  compileTextReader,
  isJsonText,
  type ParsedPayment,
} from "../../src/payment/parsed-payment.js";
import { route, rulebookOf } from "./fixture.js";
import { book, of, priced, sorters } from "./lines.js";

/** What is known of a payment that was read, from an object and from text. */

const read = compileReader(book, sorters);
const readText = (json: JsonText): ParsedPayment => compileTextReader(book, sorters, read)(json);
const encoder = new TextEncoder();
const asText = (json: string) => {
  const bytes = encoder.encode(json);
  return { bytes, from: 0, to: bytes.length };
};
const PAYMENT = { channel: "cn.test", amount: "1000.00", initiatedAt: "2026-02-13T23:00:00+08:00" };

const said = (ask: () => unknown): string => {
  try {
    ask();
    return "no error";
  } catch (error) {
    if (error instanceof QuestionError) return error.message;
    throw error;
  }
};

afterEach(() => {
  vi.restoreAllMocks();
});

describe("one fact of a payment", () => {
  test.each([
    [{}, "speed", undefined],
    [{ speed: "regular" }, "speed", "regular"],
    [{}, "currency", "CNY"],
    [{ currency: "HKD" }, "currency", "HKD"],
    [{ sameName: true }, "sameName", true],
    [{}, "sameName", false],
    [{ payee: { bank: "icbc" } }, "payee.bank", "icbc"],
    [{ "payee.bank": "abc" }, "payee.bank", "abc"],
    [{ payee: { bank: "icbc" }, payer: { bank: "abc" } }, "payer.bank", "abc"],
    [{ payee: {}, "payee.bank": "abc" }, "payee.bank", "abc"],
    [{ card: "gold" }, "card.kind", undefined],
    [{ card: { kind: "credit" } }, "card.kind", "credit"],
    [{}, "payee.bank", undefined],
    [{}, "nothing", undefined],
  ])("%j has %s: %s", (more, fact, value) => {
    const json = JSON.stringify({ ...PAYMENT, ...more });
    for (const payment of [read({ ...PAYMENT, ...more }), readText(asText(json))]) {
      expect(payment.fact(fact)).toBe(value);
      if (fact !== "nothing") expect(payment.facts[fact]).toBe(value);
    }
  });
});

describe("a payment as text", () => {
  test("is not parsed where it is plain, until its facts are asked for", () => {
    const parse = vi.spyOn(JSON, "parse");
    const payment = readText(asText(priced('"speed":"regular"', '"references":{"order":"42"}')));
    expect(parse).not.toHaveBeenCalled();
    expect([payment.channel, payment.initiatedAtText, payment.references]).toEqual([
      "cn.test",
      undefined,
      undefined,
    ]);
    expect(payment.facts).toMatchObject({ amount: 1000, speed: "regular", currency: "CNY" });
    expect(parse).toHaveBeenCalledTimes(1);
    expect(payment.facts).toBe(payment.facts);
    readText(asText(priced('"references":{"订单":"42"}')));
    expect(parse).toHaveBeenCalledTimes(2);
  });

  test("is told from a payment that has a fact of the name of its bytes", () => {
    expect(isJsonText(asText("{}"))).toBe(true);
    expect([{}, { bytes: "x" }, { bytes: undefined }].map(isJsonText)).toEqual([false, false, false]);
  });

  test("is UTF-8 without a mark in front, and JSON", () => {
    expect(said(() => readText(asText(`\uFEFF${priced()}`)))).toContain("is not JSON");
    expect(said(() => readText(asText(of('"amount":01'))))).toContain("is not JSON");
    const bytes = encoder.encode(priced('"payer.bank":"#"'));
    bytes[bytes.indexOf(0x23)] = 0xb5;
    expect(said(() => readText({ bytes, from: 0, to: bytes.length }))).toContain("is not UTF-8");
    expect(said(() => readText(asText(priced('"payer.bank":"建行"'))))).toBe("no error");
  });
});

describe("what a payment says", () => {
  const refused = (more: object): string => said(() => read({ ...PAYMENT, ...more }));

  test("may be a fact that is also a group, and nothing where it is undefined", () => {
    expect(refused({ card: "gold" })).toBe("no error");
    expect(refused({ card: "bronze" })).toContain("is not a value of `card`");
    expect(refused({ card: { kind: "credit" } })).toBe("no error");
    expect(refused({ payee: { bank: undefined, nothing: undefined } })).toBe("no error");
    expect(refused({ payee: { nothing: null } })).toMatch(/^payee.nothing: /);
  });

  test("need not be an amount where that has a default", () => {
    const amount = { title: { zh: "名", en: "name" }, type: "number" as const, default: 5 };
    const ask = compileReader(rulebookOf({ facts: { amount }, rules: [route("any")] }));
    expect(ask({ channel: "cn.test", initiatedAt: 0 }).facts.amount).toBe(5);
    expect(ask({ channel: "cn.test", initiatedAt: 0, amount: "7" }).facts.amount).toBe(7);
  });

  test("has a place even where its key is empty, and the names of all keys are known", () => {
    expect(refused({ "": 5 })).toMatch(/^"": there is no fact/);
    expect(refused({ chanel: 5 })).toContain("did you mean `channel`?");
    expect(refused({ initiateAt: 5 })).toContain("did you mean `initiatedAt`?");
    expect(refused({ reference: 5 })).toContain("did you mean `references`?");
    expect(refused({ spee: 5 })).toContain("did you mean `speed`?");
  });

  test("is written as it was given, where answers would write it so", () => {
    const written = ({ initiatedAtText }: ParsedPayment): string | undefined => initiatedAtText;
    expect(written(read(PAYMENT))).toBe(PAYMENT.initiatedAt);
    expect(written(read({ ...PAYMENT, initiatedAt: "2026-02-13T15:00:00Z" }))).toBeUndefined();
    expect(written(read({ ...PAYMENT, initiatedAt: 0 }))).toBeUndefined();
  });
});
