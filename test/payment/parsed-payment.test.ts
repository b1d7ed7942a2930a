import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { QuestionError } from "../../src/errors.js";
import { compileReader, type ParsedPayment } from "../../src/payment/parsed-payment.js";
import { FACTS, route, rulebookOf } from "../decide/fixture.js";

const read = compileReader(rulebookOf({ rules: [route("any")] }));

const PAYMENT = { channel: "cn.test", amount: "1000.00", initiatedAt: "2026-02-13T23:00:00+08:00" };

const asked = (more: object): ParsedPayment => read({ ...PAYMENT, ...more });

function error(payment: unknown): string {
  try {
    read(payment);
  } catch (thrown) {
    if (thrown instanceof QuestionError) return `${thrown.code} ${thrown.message}`;
    throw thrown;
  }
  return "no error";
}
const refused = (more: object): string => error({ ...PAYMENT, ...more });

describe("a payment", () => {
  test("has flat facts, a numeric amount and defaults", () => {
    const { channel, at, initiatedAtText, facts, references } = asked({
      speed: "realtime",
      payee: { bank: "srcb" },
      references: { order: "42" },
    });
    expect({ channel, at, text: initiatedAtText, facts, references }).toEqual({
      channel: "cn.test",
      at: Date.UTC(2026, 1, 13, 15),
      text: "2026-02-13T23:00:00+08:00",
      facts: { amount: 1000, currency: "CNY", sameName: false, speed: "realtime", "payee.bank": "srcb" },
      references: { order: "42" },
    });
  });

  test("may state a fact flat, in a group, or in both places with equal values", () => {
    expect(asked({ "payee.bank": "icbc" }).facts).toEqual(asked({ payee: { bank: "icbc" } }).facts);
    expect(refused({ "payee.bank": "icbc", payee: { bank: "icbc" } })).toBe("no error");
    expect(refused({ "payee.bank": "icbc", payee: { bank: "abc" } })).toMatchInlineSnapshot(
      `"bad-payment payee.bank: \`payee.bank\` is said twice: \`abc\` and \`icbc\`; say it once"`,
    );
    expect(refused({ payee: { bank: "icbc" }, "payee.bank": "abc" })).toContain("said twice");
  });

  test("does not state a fact whose value is undefined", () => {
    expect(asked({ speed: undefined, currency: undefined, payer: undefined }).facts).toEqual(asked({}).facts);
  });

  test("does not share its facts object with other payments", () => {
    const first = asked({});
    first.facts.currency = "HKD";
    expect(asked({}).facts.currency).toBe("CNY");
  });

  test.each([undefined, null, "payment", 5, [], new Date(0), () => 0])(
    "is an object and not %s",
    (payment) => {
      expect(error(payment)).toMatch(/^bad-payment payment: /);
    },
  );
});

describe("the channel", () => {
  test("must be one of the rulebook's channels", () => {
    expect(error({ ...PAYMENT, channel: undefined })).toMatchInlineSnapshot(
      `"bad-payment channel: \`channel\` is missing; choose one of \`cn.test\`"`,
    );
    expect(refused({ channel: 5 })).toMatchInlineSnapshot(
      `"bad-payment channel: \`5\` is not a text, which \`channel\` is; write a text in quotes"`,
    );
    expect(refused({ channel: "cn.tset" })).toMatchInlineSnapshot(
      `"unknown-channel channel: there is no channel \`cn.tset\` among the 1 of the rulebook; did you mean \`cn.test\`?"`,
    );
    expect(refused({ channel: "SEPA-instant-credit" })).toMatchInlineSnapshot(
      `"unknown-channel channel: there is no channel \`SEPA-instant-credit\` among the 1 of the rulebook; run \`daozhang channels\` for a list"`,
    );
    for (const channel of ["constructor", "__proto__", "toString", ""]) {
      expect(refused({ channel })).toMatch(/^unknown-channel channel: /);
    }
  });

  test("suggests the nearest names for an unknown channel", () => {
    const { channels } = rulebookOf({ rules: [route("any")] });
    const one = channels["cn.test"];
    const names = ["cn.hvps", "cn.beps", "cn.ibps", "cn.transfer", "cn.wechat.refund"];
    const book = {
      ...rulebookOf({}),
      channels: Object.fromEntries(names.map((channel) => [channel, { ...one, channel }])),
    };
    const ask = compileReader(book as Parameters<typeof compileReader>[0]);
    expect(() => ask({ ...PAYMENT, channel: "cn.hbps" })).toThrowErrorMatchingInlineSnapshot(
      `[QuestionError: channel: there is no channel \`cn.hbps\` among the 5 of the rulebook; did you mean \`cn.hvps\` or \`cn.ibps\` or \`cn.beps\`?]`,
    );
  });
});

describe("the amount", () => {
  test.each([
    ["0", 0],
    ["0.01", 0.01],
    ["000123.4500", 123.45],
    ["123456789012.345", 123456789012.345],
    ["10000000000000000000", 1e19],
    [0, 0],
    [-0, 0],
    [1000.01, 1000.01],
    [1e15, 1e15],
    [0.125, 0.125],
  ])("parses %s", (amount, expected) => {
    expect(Object.is(asked({ amount }).facts.amount, expected)).toBe(true);
  });

  test("must be finite, not negative, decimal and exact", () => {
    expect(error({ ...PAYMENT, amount: undefined })).toMatchInlineSnapshot(
      `"bad-payment amount: \`amount\` is missing; add it, as in "amount": "1000.00""`,
    );
    expect(refused({ amount: "1,000.00" })).toMatchInlineSnapshot(
      `"bad-payment amount: \`1,000.00\` has commas in it; leave the commas out: \`1000.00\`"`,
    );
    expect(refused({ amount: "-5" })).toMatchInlineSnapshot(
      `"bad-payment amount: \`-5\` is negative; write how much is paid; a refund is a payment of its own"`,
    );
    expect(refused({ amount: -5 })).toMatchInlineSnapshot(
      `"bad-payment amount: \`-5\` is negative; write how much is paid; a refund is a payment of its own"`,
    );
    expect(refused({ amount: Number.NaN })).toMatchInlineSnapshot(
      `"bad-payment amount: \`NaN\` is not a finite amount; write a decimal text such as "1000.00""`,
    );
    expect(refused({ amount: Infinity })).toContain("`Infinity` is not a finite amount");
    expect(refused({ amount: "1e3" })).toMatchInlineSnapshot(
      `"bad-payment amount: \`1e3\` is not a decimal amount; write digits and at most one point, as in \`1000.00\`, without sign, unit or exponent"`,
    );
    expect(refused({ amount: "1234567890123.456" })).toMatchInlineSnapshot(
      `"bad-payment amount: \`1234567890123.456\` has more than 15 significant digits and would be rounded; round it to 15 digits yourself"`,
    );
    expect(refused({ amount: 0.1 + 0.2 })).toContain("more than 15 significant digits");
    expect(refused({ amount: null })).toMatchInlineSnapshot(
      `"bad-payment amount: \`null\` is not an amount; write a decimal text such as "1000.00", or a number"`,
    );
    expect(refused({ amount: 10n })).toMatchInlineSnapshot(
      `"bad-payment amount: a bigint is not an amount; write a decimal text such as "1000.00", or a number"`,
    );
    expect(refused({ amount: `1${"0".repeat(400)}` })).toContain("is not a finite amount");
  });

  test.each([
    "",
    " ",
    "1000 ",
    "¥1000",
    "1000元",
    "１０００",
    "1.",
    ".5",
    "1.2.3",
    "+5",
    "0x10",
    "1_000",
    "NaN",
  ])("rejects `%s`", (amount) => {
    expect(refused({ amount })).toMatch(/^bad-payment amount: /);
  });

  test("is exact with two decimals", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e13 }), (cents) => {
        const text = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}`;
        expect(asked({ amount: text }).facts.amount).toBe(Number.parseFloat(text));
        expect(asked({ amount: Number.parseFloat(text) }).facts.amount).toBe(Number.parseFloat(text));
      }),
    );
  });
});

describe("the initiation instant", () => {
  test("is ISO 8601 with an offset, epoch milliseconds, or a Date", () => {
    const at = Date.UTC(2026, 1, 13, 15);
    expect(asked({ initiatedAt: at }).at).toBe(at);
    expect(asked({ initiatedAt: new Date(at) }).at).toBe(at);
    expect(asked({ initiatedAt: "2026-02-13T15:00Z" }).at).toBe(at);
    expect(asked({ initiatedAt: "2026-02-13T15:00:00.5Z" }).at).toBe(at + 500);
  });

  test("is parsed like `Date.parse` does", () => {
    const two = (from: number, to: number) =>
      fc.integer({ min: from, max: to }).map((count) => String(count).padStart(2, "0"));
    const offset = fc.oneof(
      fc.constant("Z"),
      fc.tuple(fc.constantFrom("+", "-"), two(0, 14), two(0, 59)).map(([sign, h, m]) => `${sign}${h}:${m}`),
    );
    const time = fc.tuple(two(0, 23), two(0, 59), two(0, 59), fc.integer({ min: 0, max: 999 }));
    const date = fc.tuple(fc.integer({ min: 1901, max: 2198 }), two(1, 12), two(1, 31));
    fc.assert(
      fc.property(date, time, offset, ([year, month, day], [h, m, s, ms], zone) => {
        const text = `${year}-${month}-${day}T${h}:${m}:${s}.${String(ms).padStart(3, "0")}${zone}`;
        const exists = new Date(Date.parse(`${year}-${month}-${day}T00:00Z`)).getUTCDate() === Number(day);
        if (exists) expect(asked({ initiatedAt: text }).at).toBe(Date.parse(text));
        else expect(refused({ initiatedAt: text })).toContain("names a date that does not exist");
      }),
      { numRuns: 2_000 },
    );
  });

  test("must have an offset and exist", () => {
    const when = (initiatedAt: unknown): string => refused({ initiatedAt });
    expect(when(undefined)).toMatchInlineSnapshot(
      `"bad-time initiatedAt: \`initiatedAt\` is missing; add it: write ISO 8601 with an offset, as in \`2026-02-13T23:00:00+08:00\`"`,
    );
    expect(when("2026-02-13T23:00:00")).toMatchInlineSnapshot(
      `"bad-time initiatedAt: \`2026-02-13T23:00:00\` has no offset, so it does not say when; say where: \`2026-02-13T23:00:00+08:00\` is that time in Shanghai"`,
    );
    expect(when("2026-02-30T23:00:00+08:00")).toMatchInlineSnapshot(
      `"bad-time initiatedAt: \`2026-02-30T23:00:00+08:00\` names a date that does not exist, or lies outside 1900 to 2199; look at the month's length and at leap years"`,
    );
    expect(when("2026-02-13T25:00:00+08:00")).toMatchInlineSnapshot(
      `"bad-time initiatedAt: \`2026-02-13T25:00:00+08:00\` names a time or an offset that does not exist; times are 00:00:00 to 23:59:59.999, offsets at most 18:00"`,
    );
    expect(when("2026-02-13T23:00:00+19:00")).toContain("names a time or an offset that does not exist");
    expect(when("yesterday")).toMatchInlineSnapshot(
      `"bad-time initiatedAt: \`yesterday\` is not an instant; write ISO 8601 with an offset, as in \`2026-02-13T23:00:00+08:00\`"`,
    );
    expect(when("2026-02-13")).toContain("is not an instant");
    expect(when("2026-13-13T23:00:00")).toContain("names a date that does not exist");
    expect(when("1899-12-31T00:00:00Z")).toContain("1900 to 2199");
    expect(when(1770994800)).toBe("no error");
    expect(when(1.5)).toMatchInlineSnapshot(
      `"bad-time initiatedAt: \`1.5\` is not a whole number of milliseconds; write ISO 8601 with an offset, as in \`2026-02-13T23:00:00+08:00\`, or whole epoch milliseconds"`,
    );
    expect(when(Number.NaN)).toMatchInlineSnapshot(
      `"bad-time initiatedAt: this is an invalid date; write ISO 8601 with an offset, as in \`2026-02-13T23:00:00+08:00\`, or whole epoch milliseconds"`,
    );
    expect(when(1770994800000000)).toMatchInlineSnapshot(
      `"bad-time initiatedAt: \`1770994800000000\` lies outside 1900-01-02 to 2199-12-30, the days (UTC) that may be asked about; epoch times are in milliseconds, not in seconds or microseconds"`,
    );
    expect(when(new Date("nonsense"))).toMatchInlineSnapshot(
      `"bad-time initiatedAt: this is an invalid date; write ISO 8601 with an offset, as in \`2026-02-13T23:00:00+08:00\`, or whole epoch milliseconds"`,
    );
    expect(when(true)).toMatchInlineSnapshot(
      `"bad-time initiatedAt: \`true\` is not an instant; write ISO 8601 with an offset, as in \`2026-02-13T23:00:00+08:00\`, or epoch milliseconds, or a Date"`,
    );
    expect(when({})).toContain("an object is not an instant");
  });
});

describe("a fact", () => {
  test("must be declared", () => {
    expect(refused({ sped: "realtime" })).toMatchInlineSnapshot(
      `"bad-payment sped: there is no fact \`sped\`; did you mean \`speed\`?"`,
    );
    expect(refused({ payee: { bnk: "icbc" } })).toMatchInlineSnapshot(
      `"bad-payment payee.bnk: there is no fact \`payee.bnk\`; did you mean \`payee.bank\`?"`,
    );
    expect(refused({ payee: "icbc" })).toMatchInlineSnapshot(
      `"bad-payment payee: \`icbc\` is not an object, which \`payee\` is; write an object with \`bank\`"`,
    );
    expect(refused({ "initiated.day": "holiday" })).toMatch(/^bad-payment initiated.day: there is no fact/);
  });

  test("must be of its type and in its domain", () => {
    expect(refused({ speed: "realtme" })).toMatchInlineSnapshot(
      `"bad-payment speed: \`realtme\` is not a value of \`speed\`; did you mean \`realtime\`?"`,
    );
    expect(refused({ speed: 5 })).toMatchInlineSnapshot(
      `"bad-payment speed: \`5\` is not a text, which \`speed\` is; write a text in quotes"`,
    );
    expect(refused({ speed: null })).toMatchInlineSnapshot(
      `"bad-payment speed: \`null\` is not a text, which \`speed\` is; write a text in quotes"`,
    );
    expect(refused({ sameBank: "true" })).toMatchInlineSnapshot(
      `"bad-payment sameBank: \`"true"\` is not true or false, which \`sameBank\` is; write true or false, without quotes"`,
    );
    expect(refused({ count: 11 })).toMatchInlineSnapshot(
      `"bad-payment count: \`11\` is out of range for \`count\`; write a number from 0 to 10"`,
    );
    expect(refused({ count: "5" })).toMatchInlineSnapshot(
      `"bad-payment count: \`"5"\` is not a number, which \`count\` is; write a number, without quotes"`,
    );
    expect(refused({ count: Infinity })).toMatch(/^bad-payment count: `Infinity` is not a number/);
    expect(refused({ count: Number.NaN })).toMatch(/^bad-payment count: `NaN` is not a number/);
    expect(refused({ payee: { bank: "any other bank" }, count: 10 })).toBe("no error");
  });

  test("is read from own properties only; names of inherited properties are unknown facts", () => {
    const inherited = Object.assign(Object.create({ speed: "realtime" }), PAYMENT);
    expect(read(inherited).facts.speed).toBeUndefined();
    expect(error(Object.create(PAYMENT))).toMatch(/^bad-payment channel: `channel` is missing/);
    for (const key of ["__proto__", "constructor", "hasOwnProperty", "toString"]) {
      const payment = JSON.parse(`{"${key}": "x"}`);
      for (const [name, value] of Object.entries(PAYMENT)) payment[name] = value;
      expect(error(payment)).toMatch(new RegExp(`^bad-payment ${key}: there is no fact`));
      const nested = JSON.parse(`{"${key}": "x"}`);
      expect(refused({ payer: nested })).toMatch(new RegExp(`^bad-payment payer.${key}: there is no fact`));
    }
  });

  test("may have the name of an inherited property", () => {
    const facts = { ...FACTS, constructor: { title: { zh: "名", en: "name" }, type: "string" as const } };
    const ask = compileReader(rulebookOf({ rules: [route("any")], facts }));
    expect(ask(PAYMENT).facts.constructor).toBeUndefined();
    expect(ask({ ...PAYMENT, constructor: "x" }).facts.constructor).toBe("x");
  });

  test("references are texts and not facts", () => {
    expect(asked({ references: { uetr: "x", speed: "no value" } }).facts.speed).toBeUndefined();
    expect(refused({ references: "4200001" })).toMatchInlineSnapshot(
      `"bad-payment references: \`4200001\` is not an object of references; write texts by name, as in { "order": "4200001" }"`,
    );
    expect(refused({ references: { order: 4200001 } })).toMatchInlineSnapshot(
      `"bad-payment references.order: \`4200001\` is not a text, which \`order\` is; write a text in quotes"`,
    );
  });
});

test("any input is read or refused without a crash", () => {
  const keys = [
    ...Object.keys(PAYMENT),
    "speed",
    "payer",
    "payee",
    "payee.bank",
    "references",
    "__proto__",
    "x",
  ];
  const value = fc.oneof(
    fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true, maxDepth: 2 }),
    fc.constantFrom("realtime", { bank: "icbc" }, 5),
  );
  const entries = fc.array(fc.tuple(fc.constantFrom(...keys), value), { maxLength: 4 });
  fc.assert(
    fc.property(entries, (more) => {
      expect(error({ ...PAYMENT, ...Object.fromEntries(more) })).toMatch(/^(no error|bad-|unknown-)/);
    }),
    { numRuns: 5_000 },
  );
});
