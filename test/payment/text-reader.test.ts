import { afterEach, describe, expect, test, vi } from "vitest";
import { QuestionError } from "../../src/errors.js";
import type { JsonText } from "../../src/model/payment.js";
import {
  compileReader,
  compileTextReader,
  isJsonText,
  type ParsedPayment,
} from "../../src/payment/parsed-payment.js";
import { route, rulebookOf } from "../decide/fixture.js";
import { book, classifiers, of, priced } from "./payment-lines.js";

/** Payments read from objects and from JSON text. */

const read = compileReader(book, classifiers);
const readText = (json: JsonText): ParsedPayment => compileTextReader(book, classifiers, read)(json);
const encoder = new TextEncoder();
const asText = (json: string) => {
  const bytes = encoder.encode(json);
  return { bytes, from: 0, to: bytes.length };
};
const PAYMENT = { channel: "cn.test", amount: "1000.00", initiatedAt: "2026-02-13T23:00:00+08:00" };

const messageOf = (ask: () => unknown): string => {
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

describe("ParsedPayment.fact", () => {
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

describe("compileTextReader", () => {
  test("does not parse plain text until facts are needed", () => {
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

  test("isJsonText rejects payments with a fact named `bytes`", () => {
    expect(isJsonText(asText("{}"))).toBe(true);
    expect([{}, { bytes: "x" }, { bytes: undefined }].map(isJsonText)).toEqual([false, false, false]);
  });

  test("requires UTF-8 without a byte order mark, and valid JSON", () => {
    expect(messageOf(() => readText(asText(`\uFEFF${priced()}`)))).toContain("is not JSON");
    expect(messageOf(() => readText(asText(of('"amount":01'))))).toContain("is not JSON");
    const bytes = encoder.encode(priced('"payer.bank":"#"'));
    bytes[bytes.indexOf(0x23)] = 0xb5;
    expect(messageOf(() => readText({ bytes, from: 0, to: bytes.length }))).toContain("is not UTF-8");
    expect(messageOf(() => readText(asText(priced('"payer.bank":"建行"'))))).toBe("no error");
  });
});

describe("compileReader", () => {
  const refused = (more: object): string => messageOf(() => read({ ...PAYMENT, ...more }));

  test("accepts a key that is both a fact and a group, and ignores undefined values", () => {
    expect(refused({ card: "gold" })).toBe("no error");
    expect(refused({ card: "bronze" })).toContain("is not a value of `card`");
    expect(refused({ card: { kind: "credit" } })).toBe("no error");
    expect(refused({ payee: { bank: undefined, nothing: undefined } })).toBe("no error");
    expect(refused({ payee: { nothing: null } })).toMatch(/^payee.nothing: /);
  });

  test("does not require an amount that has a default", () => {
    const amount = { title: { zh: "名", en: "name" }, type: "number" as const, default: 5 };
    const ask = compileReader(rulebookOf({ facts: { amount }, rules: [route("any")] }));
    expect(ask({ channel: "cn.test", initiatedAt: 0 }).facts.amount).toBe(5);
    expect(ask({ channel: "cn.test", initiatedAt: 0, amount: "7" }).facts.amount).toBe(7);
  });

  test("shows empty keys in errors and suggests all keys", () => {
    expect(refused({ "": 5 })).toMatch(/^"": there is no fact/);
    expect(refused({ chanel: 5 })).toContain("did you mean `channel`?");
    expect(refused({ initiateAt: 5 })).toContain("did you mean `initiatedAt`?");
    expect(refused({ reference: 5 })).toContain("did you mean `references`?");
    expect(refused({ spee: 5 })).toContain("did you mean `speed`?");
  });

  test("keeps the text of `initiatedAt` if answers would format it identically", () => {
    const written = ({ initiatedAtText }: ParsedPayment): string | undefined => initiatedAtText;
    expect(written(read(PAYMENT))).toBe(PAYMENT.initiatedAt);
    expect(written(read({ ...PAYMENT, initiatedAt: "2026-02-13T15:00:00Z" }))).toBeUndefined();
    expect(written(read({ ...PAYMENT, initiatedAt: 0 }))).toBeUndefined();
  });
});
