import { expect } from "vitest";
import type { JsonText } from "../../src/model/payment.js";
import type { Condition, FactDefinition, Leaf, Rulebook } from "../../src/model/rulebook.js";
import { compileClassifiers } from "../../src/payment/classifier.js";
import { compilePlainReader, type PlainPayment } from "../../src/payment/json-text.js";
import { compileReader } from "../../src/payment/parsed-payment.js";
import { FACTS, route, rulebookOf } from "../decide/fixture.js";

/** Payments as JSON text, for a rulebook with many kinds of facts. */

export const title = { zh: "名", en: "name" };
const text = (values?: string[]): FactDefinition => ({ title, type: "string", ...(values && { values }) });
const facts: Readonly<Record<string, FactDefinition>> = {
  ...FACTS,
  amount: { title, type: "number", minimum: 0, maximum: 500_000_000_000_000 },
  card: text(["gold", "silver"]),
  "card.kind": text(["credit", "debit"]),
  note: text(),
  // FNV-1a collisions: `liquid` and `costarring`, `declinate` and `macallums`, `word` and `wordipeqioy`.
  word: text(["liquid", "declinate", "macallums", "wordipeqioy"]),
  other: { ...text(["costarring"]), open: true },
};

const equal = (fact: string, ...values: unknown[]): Leaf[] =>
  values.map((value) => ({ fact, operator: "equal", value }));
const distinguishing: Condition = {
  any: [
    ...equal("amount", 0, 0.5, 12.34, 90.09, 1000, 123456789012345),
    { fact: "amount", operator: "greaterThan", value: 50_000 },
    ...equal("speed", "realtime"),
    ...equal("sameBank", true, false),
    ...equal("payee.bank", "icbc"),
    ...equal("card", "gold"),
    ...equal("card.kind", "credit"),
    ...equal("note", "x"),
    ...equal("word", "liquid", "declinate"),
    ...equal("other", "costarring"),
    { fact: "count", operator: "lessThan", value: 5 },
  ],
};

function bookOf(declared: Readonly<Record<string, FactDefinition>>): Rulebook {
  const book = rulebookOf({ facts: declared, rules: [route("rule", { conditions: distinguishing })] });
  const one = book.channels["cn.test"] as Rulebook["channels"][string];
  const channel = (name: string, ...conditions: Condition[]) => ({
    [name]: { ...one, channel: name, rules: conditions.map((tree) => route("rule", { conditions: tree })) },
  });
  const paired: Condition = { all: [{ fact: "speed", operator: "equal", value: { fact: "mode" } }] };
  return {
    ...book,
    channels: {
      ...book.channels,
      ...channel("cn.bare"),
      ...channel("cn.pair", paired),
      ...channel("undefined"),
    },
  };
}

export const book = bookOf(facts);
export const classifiers = compileClassifiers(book);
const read = compileReader(book, classifiers);
let reader: typeof readPlain | undefined;
export const readPlain = (json: JsonText): PlainPayment | undefined => {
  reader ??= compilePlainReader(classifiers, Object.keys(book.channels));
  return reader(json);
};
const encoder = new TextEncoder();

/** Reads a text that other bytes surround, like a line of a file. */
export function plain(json: string, of = readPlain): PlainPayment | undefined {
  const bytes = encoder.encode(`{"\n${json}\n"channel":"cn.bare"}`);
  return of({ bytes, from: 3, to: 3 + encoder.encode(json).length });
}

/** Expects the object reader to give the same result. */
export function expectAgreement(json: string, found: PlainPayment): void {
  const payment = read(JSON.parse(json));
  const actual = [found.classifier.channel, found.at, found.classId].join(" ");
  expect(`${json} ${actual}`).toBe(`${json} ${[payment.channel, payment.at, payment.classId].join(" ")}`);
}

export const SENT = '"initiatedAt":"2026-02-13T23:00:00+08:00"';
export const of = (...pairs: string[]): string => `{${['"channel":"cn.test"', ...pairs, SENT].join(",")}}`;
export const priced = (...pairs: string[]): string => of('"amount":"1000.00"', ...pairs);
