import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Payment, QuestionError } from "../../src/index.js";
import { shippedTimetable } from "../support/command-line.js";

/** All forms of an answer agree: object, text and bytes, for a payment as an object or as JSON text. */

const timetable = await shippedTimetable();
const examples = Object.values(timetable.rulebook.channels).flatMap(({ channel, examples: own }) =>
  own.map(({ payment }) => ({ ...payment, channel }) as unknown as Payment),
);

/** The answer, or the text of the error. */
function answerOrError(ask: () => string): string {
  try {
    return ask();
  } catch (error) {
    if (error instanceof QuestionError) return `${error.code} ${error.message}`;
    throw error;
  }
}

const buffer = new Uint8Array(1 << 16);
const decoder = new TextDecoder();
const encoder = new TextEncoder();

function bytesOf(payment: Parameters<typeof timetable.writeJson>[0], withTimeline: boolean): string {
  const end = timetable.writeJson(payment, buffer, 7, { timeline: withTimeline });
  return decoder.decode(buffer.subarray(7, end));
}

function textFrom(json: string): { bytes: Uint8Array; from: number; to: number } {
  const bytes = encoder.encode(`\n${json}\n{"channel":`);
  return { bytes, from: 1, to: 1 + encoder.encode(json).length };
}

function answerOfParsed(json: string): string {
  try {
    return JSON.stringify(timetable.when(JSON.parse(json)));
  } catch (error) {
    if (error instanceof SyntaxError) return "no JSON";
    throw error;
  }
}

const withoutTimeline = ({ timeline, ...rest }: { timeline: unknown }): object => rest;

describe("the JSON of an answer", () => {
  test("is the same in every form, for every example of every channel", () => {
    expect(examples.length).toBeGreaterThan(100);
    for (const payment of examples) {
      const whole = answerOrError(() => JSON.stringify(timetable.when(payment)));
      const short = answerOrError(() => JSON.stringify(withoutTimeline(timetable.when(payment))));
      expect(answerOrError(() => timetable.whenJson(payment))).toBe(whole);
      expect(answerOrError(() => bytesOf(payment, true))).toBe(whole);
      expect(answerOrError(() => bytesOf(payment, false))).toBe(short);
      expect(answerOrError(() => bytesOf(textFrom(JSON.stringify(payment)), true))).toBe(whole);
    }
  });

  test("is not written into a buffer that is too small", () => {
    const [payment] = examples as [Payment];
    const { length } = timetable.whenJson(payment);
    expect(timetable.writeJson(payment, new Uint8Array(length - 1), 0)).toBe(-1);
    expect(timetable.writeJson(payment, new Uint8Array(length + 2), 2)).toBe(length + 2);
  });
});

describe("a payment as JSON text", () => {
  const spaces = fc.constantFrom("", " ", "  ", "\t");
  const instant = fc.oneof(
    fc.constantFrom(
      "2026-02-13T23:00:00+08:00",
      "2026-02-13T15:00:00-00:00",
      "2026-02-13T15:00:00Z",
      "2026-02-29T15:00:00+08:00",
      "2026-03-31T15:00:00+08:00",
      "2026-02-13T24:00:00+08:00",
      "1800-02-13T12:00:00+08:00",
      "2026-02-13T23:00:00.001+08:00",
      "2026-13-13T23:00:00+08:00",
      "2026-02-13T23:00:00+19:00",
      "2026-02-13 23:00:00+08:00",
      "2026-02-1aT23:00:00+08:00",
    ),
    fc
      .tuple(fc.integer({ min: 1_735_660_800, max: 1_782_000_000 }), fc.constantFrom(0, 8, 8, 9))
      .map(([s, hours]) =>
        new Date((s + hours * 3600) * 1000).toISOString().replace(".000Z", `+0${hours}:00`),
      ),
  );
  const amount = fc.constantFrom(
    ...[
      '"1000.00"',
      "1000",
      "0.5",
      '"00.50"',
      "01",
      "1.",
      '".5"',
      "1e3",
      '"1,000"',
      "-1",
      '"123456789012345.6"',
    ],
    ...['"99999999999999999"', "null", "{}", '"50000"', "50000.01", '""', "0", '"0"'],
  );
  const value = fc.constantFrom(
    ...[
      '"t1"',
      '"d1"',
      '"realtime"',
      '"regular"',
      "true",
      "false",
      '"icbc"',
      '"boc"',
      '"nobody"',
      "5",
      "null",
    ],
    ...[
      '"caf\\u00e9"',
      '"建行"',
      '"a\\"b"',
      '"credit"',
      '"person"',
      '"card"',
      '{"bank":"icbc"}',
      '{"kind":"person","bank":"boc"}',
    ],
    ...["{}", '{"bank":"icbc","bank":"boc"}', '{"nothing":1}', "[]"],
  );
  const key = fc.constantFrom(
    ...[
      "settlement",
      "speed",
      "sameBank",
      "payee",
      "payer",
      "payee.bank",
      "payer.bank",
      "card",
      "to",
      "currency",
    ],
    ...["references", "unknown", "__proto__", "channel", "initiatedAt", "amount", "sett\\u006cement"],
  );
  const references = fc.constantFrom('{"order":"42"}', '{"order":42}', '{"订单":"42"}', "{}");
  const channel = fc.constantFrom(
    "cn.acquiring",
    "cn.hvps",
    "cn.transfer",
    "cn.atm",
    "cn.nowhere",
    "cn.wechat.refund",
  );

  test("is answered like the object that JSON.parse returns, valid or not", () => {
    const parts = fc.record({
      channel,
      instant,
      amount,
      space: spaces,
      more: fc.array(fc.tuple(key, fc.oneof({ weight: 4, arbitrary: value }, references)), { maxLength: 3 }),
      first: fc.boolean(),
      end: fc.constantFrom("", " ", "\r", "}", ",", "\t"),
    });
    fc.assert(
      fc.property(parts, ({ channel: name, instant: at, amount: sum, space, more, first, end }) => {
        const pairs = [
          `"channel"${space}:${space}"${name}"`,
          ...more.map(([one, of]) => `"${one}":${space}${of}`),
          `"amount":${space}${sum}`,
          `"initiatedAt":"${at}"`,
        ];
        const json = `{${(first ? pairs : pairs.toReversed()).join(`${space},`)}}${end}`;
        const parsed = answerOrError(() => answerOfParsed(json));
        const asked = answerOrError(() => bytesOf(textFrom(json), true));
        if (parsed === "no JSON") expect(asked).toMatch(/^bad-payment JSON: .* is not JSON/);
        else expect(asked).toBe(parsed);
      }),
      { numRuns: 20_000 },
    );
  });

  test("is never misread if it is cut off or corrupted at any byte", () => {
    const whole =
      '{"channel":"cn.acquiring","settlement":"t1","amount":"1000.00","initiatedAt":"2026-02-13T23:00:00+08:00"}';
    for (let place = 0; place < whole.length; place++) {
      for (const json of [
        whole.slice(0, place),
        `${whole.slice(0, place)}\\${whole.slice(place)}`,
        `${whole.slice(0, place)} ${whole.slice(place)}`,
      ]) {
        const parsed = answerOrError(() => answerOfParsed(json));
        const asked = answerOrError(() => bytesOf(textFrom(json), true));
        if (parsed === "no JSON") expect(asked).toMatch(/^bad-payment JSON: .* is not JSON/);
        else expect(asked).toBe(parsed);
      }
    }
  });

  test("that is not UTF-8 is an error", () => {
    const bytes = Uint8Array.from([0x7b, 0xb5, 0xbd, 0x7d]);
    expect(() =>
      timetable.writeJson({ bytes, from: 0, to: 4 }, buffer, 0),
    ).toThrowErrorMatchingInlineSnapshot(
      `[QuestionError: JSON: the text of the payment is not UTF-8; give its JSON in UTF-8]`,
    );
  });
});
