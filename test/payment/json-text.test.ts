import { describe, expect, test } from "vitest";
import type { FactDefinition } from "../../src/model/rulebook.js";
import { compileClassifiers } from "../../src/payment/classifier.js";
import { compilePlainReader, type PlainPayment } from "../../src/payment/json-text.js";
import { route, rulebookOf } from "../decide/fixture.js";
import {
  book,
  classifiers,
  expectAgreement,
  of,
  plain,
  priced,
  readPlain,
  SENT,
  title,
} from "./payment-lines.js";

/** Compares the reader of plain JSON text with `JSON.parse` and the object reader. */

const encoder = new TextEncoder();

describe("plain text", () => {
  test.each([
    priced(),
    of('"amount":1000'),
    of('"amount":0'),
    of('"amount":0.5'),
    of('"amount":"0"'),
    of('"amount":"00.50"'),
    of('"amount":"01000"'),
    of('"amount":12.34'),
    of('"amount":"90.09"'),
    of('"amount":123456789012345'),
    of('"amount":"1234567890123.4"'),
    of('"amount":50001'),
    priced('"speed":"realtime"'),
    priced('"speed":"regular"'),
    priced('"mode":"next-day"'),
    priced('"sameBank":true'),
    priced('"sameBank":false'),
    priced('"sameBank": true'),
    priced('"sameName":true'),
    priced('"payee.bank":"icbc"'),
    priced('"payee":{"bank":"abc"}', '"payer":{"bank":"any bank at all"}'),
    priced('"payer.bank":""'),
    priced('"card":"gold"'),
    priced('"card":{"kind":"credit"}'),
    priced('"card":"silver"', '"card.kind":"debit"'),
    priced('"word":"liquid"', '"speed":"next-day"'),
    priced('"word":"declinate"'),
    priced('"other":"costarring"'),
    priced('"references":{"order":"42"}'),
    priced('"references":{"order":"4 2~","trace":""}', '"mode":"regular"'),
    '{"initiatedAt":"2026-02-13T23:00:00-05:30","channel":"cn.test","amount":"5"}',
    '{"channel":"cn.bare","initiatedAt":"2026-02-13T23:00:00+08:00","amount":"5","speed":"regular"}',
    `${priced()}\r`,
    `${priced()}  `,
    `${priced()}  \r`,
    '  { "channel" : "cn.test" , "amount" : 1000 , "payee" : { "bank" : "icbc" } , "references" : { "a" : "b" , "c" : "d" } , "initiatedAt" : "2026-02-13T23:00:00+08:00" } ',
  ])("%s", (json) => {
    const found = plain(json);
    expect(found).toBeDefined();
    expectAgreement(json, found as PlainPayment);
  });

  test("payments with different facts have different class ids", () => {
    const numbers = [
      priced(),
      of('"amount":0.5'),
      of('"amount":"90.09"'),
      of('"amount":60000'),
      priced('"speed":"realtime"'),
      priced('"sameBank":true'),
      priced('"sameBank":false'),
      priced('"payee":{"bank":"icbc"}'),
      priced('"card":"gold"'),
      priced('"card":{"kind":"credit"}'),
      priced('"word":"liquid"'),
      priced('"word":"declinate"'),
      priced('"other":"costarring"'),
    ].map((json) => plain(json)?.classId);
    expect(numbers).not.toContain(undefined);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(plain(priced('"speed":"regular"'))?.classId).toBe(plain(priced())?.classId);
  });
});

test("a new reader knows all keys and values", () => {
  const newReader = compilePlainReader(classifiers, Object.keys(book.channels));
  for (const json of [
    priced(
      '"payee":{"bank":"icbc"}',
      '"mode":"regular"',
      '"payer":{"bank":"any"}',
      '"card":{"kind":"debit"}',
    ),
    priced('"references":{"order":"42"}', '"card":"gold"').replace("cn.test", "cn.bare"),
    priced('"word":"declinate"'),
  ])
    expectAgreement(json, plain(json, newReader) as PlainPayment);
  for (const pair of [
    '"word":"macallums"',
    '"note":"x"',
    '"note":"S"',
    '"mode":"slow"',
    '"payee":{"kind":"x"}',
  ])
    expect(plain(priced(pair), newReader)).toBeUndefined();
});

describe("text that is not plain", () => {
  test.each([
    // Missing and repeated keys.
    of(),
    `{"channel":"cn.test","amount":"5"}`,
    `{"amount":"5",${SENT}}`,
    `{"amount":"5","channel":"cn.test",${SENT}}`,
    `{"speed":"regular",${SENT}}`,
    `{${SENT}}`,
    "{}",
    priced('"amount":"1000.00"'),
    priced('"speed":"regular"', '"speed":"regular"'),
    priced('"speed":"regular"', '"speed":'),
    priced('"payee.bank":"icbc"', '"payee":{"bank":"icbc"}'),
    priced('"channel":"cn.test"'),
    priced('"channel":"cn.bare"'),
    priced(SENT),
    // Channels that are unknown or have no weights.
    priced().replace("cn.test", "cn.none"),
    priced().replace("cn.test", "cn.pair"),
    priced().replace('"cn.test"', "5"),
    // Unknown facts and wrong values.
    priced('"nothing":"x"'),
    priced('"payee":{"nothing":"x"}'),
    priced('"payee":{"channel":"cn.test"}'),
    priced('"payee":"icbc"'),
    priced('"payee":{}'),
    priced('"speed":"slow"'),
    priced('"speed":true'),
    priced('"speed":5'),
    priced('"speed":{"x":"y"}'),
    priced('"mode":"slow"'),
    priced('"mode":true'),
    priced('"sameBank":"true"'),
    priced('"sameName":"true"'),
    priced('"sameBank":null'),
    priced('"sameName":'),
    priced('"sameBank":truf'),
    priced('"sameBank":truee'),
    priced('"count":5'),
    priced('"count":"5"'),
    priced('"payee.bank":"boc"'),
    priced('"note":"x"'),
    priced('"note":"S"'),
    // Texts with the hash of a known text.
    priced('"word":"costarring"'),
    priced('"word":"macallums"'),
    priced('"word":"word"'),
    priced('"other":"liquid"'),
    // Amounts.
    ...[
      '""',
      '"."',
      '".5"',
      '"5."',
      "5.",
      ".5",
      "01",
      "00",
      "00.5",
      '"1.2.3"',
      '"1,000"',
      "1e3",
      '"1:"',
      '"/1"',
      '"1000',
      '"1000x"',
      "1000x",
      "999999999999999",
      "x",
      "",
      "-1",
      "null",
      '"1234567890123456"',
      "1234567890123456",
      '"123456789012.456"',
      "true",
      '"1 "',
      '" 1"',
    ].map((amount) => of(`"amount":${amount}`)),
    // Instants.
    ...['"2026-02-13T23:00:00Z"', '"2026-02-31T23:00:00+08:00"', '"2026-02-13"', "1770994800000", "null"].map(
      (at) => `{"channel":"cn.test","amount":"5","initiatedAt":${at}}`,
    ),
    // References.
    ...[
      '"x"',
      "{}",
      "5",
      '{"order":5}',
      '{"order":42}',
      '{"order" "42"}',
      '{"order";"42"}',
      '{"order":"42";}',
      '{"order":"42",}',
      '{"order":"42"]',
      '["order":"42"}',
      '{order:"42"}',
      '{"order":"4\\"2"}',
      '{"or\\u0064er":"42"}',
      '{"order":"4\u00002"}',
      '{"order":"4\u001f2"}',
      '{"订单":"42"}',
      '{"order":"\u0080"}',
    ].map((given) => priced(`"references":${given}`)),
    // Unusual JSON.
    priced('"payer.bank":"speed",x:"regular"'),
    `{"channel":"cn.test","amount":"5",${SENT},"speed":"slow"`,
    priced('"initiatedAt":"2026-02-31T23:00:00+08:00"'),
    priced('"sp\\u0065ed":"regular"'),
    priced('"speed":"re\\u0067ular"'),
    priced('"speed":\t"regular"'),
    `\t${priced()}`,
    `${priced()}\r\r`,
    `${priced()}\t`,
    `${priced()}}`,
    `${priced()},`,
    `[${priced()}]`,
    `(${priced().slice(1)}`,
    `${priced().slice(0, -1)}]`,
    priced().replaceAll(":", ";"),
    priced().replaceAll(",", ";"),
    priced().replaceAll('"', "'"),
    `${priced().slice(0, -1)},}`,
    "",
    " ",
    "null",
  ])("%s", (json) => {
    expect(plain(json)).toBeUndefined();
  });

  test("truncated text, with and without bytes behind it", () => {
    const json = priced('"references":{"order":"42"}');
    const bytes = encoder.encode(json);
    for (let to = 0; to < bytes.length; to++) {
      expect(readPlain({ bytes, from: 0, to })).toBeUndefined();
      expect(readPlain({ bytes: bytes.subarray(0, to), from: 0, to })).toBeUndefined();
    }
    expect(readPlain({ bytes, from: 0, to: bytes.length })).toBeDefined();
  });

  test("a string that is not terminated inside the text", () => {
    const json = `{"channel":"cn.test","amount":"5",${SENT},"payer.bank":"sameName",":true}`;
    const bytes = encoder.encode(`${json}é"`);
    expect(readPlain({ bytes, from: 0, to: encoder.encode(json).length })).toBeUndefined();
  });

  test("bytes that are not ASCII", () => {
    for (const [byte, isPlain] of [
      [0x7f, true],
      [0x80, false],
      [0xff, false],
    ] as const) {
      const bytes = encoder.encode(priced('"references":{"order":"#"}'));
      bytes[bytes.indexOf(0x23)] = byte;
      expect(readPlain({ bytes, from: 0, to: bytes.length }) !== undefined).toBe(isPlain);
    }
  });

  test("any payment, if there are more than 31 facts or the amount has a default", () => {
    const flags = (count: number): Record<string, FactDefinition> =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`flag${n}`, { title, type: "boolean" }]));
    const reads = (declared: Record<string, FactDefinition>, ...pairs: string[]): boolean => {
      const compiled = compileClassifiers(rulebookOf({ facts: declared, rules: [route("rule")] }));
      return plain(priced(...pairs), compilePlainReader(compiled, ["cn.test"])) !== undefined;
    };
    expect(reads(flags(29), '"flag28":true')).toBe(true);
    expect(reads(flags(29), '"flag28":true', '"flag28":true')).toBe(false);
    expect(reads(flags(30), '"flag29":true')).toBe(false);
    expect(reads(flags(30))).toBe(false);
    expect(reads({ amount: { title, type: "number", default: 5 } })).toBe(false);
  });
});

test("the plain reader agrees with the object reader after any byte is inserted, removed or replaced", () => {
  const whole = [
    priced('"payee":{"bank":"icbc"}', '"sameBank":true', '"references":{"order":"42"}'),
    of('"amount":0.5', '"word":"liquid"', '"card":"gold"'),
  ];
  let plainly = 0;
  for (const json of whole) {
    for (let place = 0; place <= json.length; place++) {
      for (const put of ["", ...'{}[]":,;\\ \t\r/01.9:-eé\u0001']) {
        for (const taken of [0, 1]) {
          const spoilt = json.slice(0, place) + put + json.slice(place + taken);
          const found = plain(spoilt);
          if (found === undefined) continue;
          expectAgreement(spoilt, found);
          plainly++;
        }
      }
    }
  }
  expect(plainly).toBeGreaterThan(whole.length * 100);
});
