import { expect } from "vitest";
import type { JsonText } from "../../src/model/payment.js";
import type { Condition, FactDefinition, Leaf, Rulebook } from "../../src/model/rulebook.js";
import { compileClassifiers } from "../../src/payment/classifier.js";
import { compilePlainReader, type PlainPayment } from "../../src/payment/json-text.js";
import { compileReader } from "../../src/payment/parsed-payment.js";
import { FACTS, route, rulebookOf } from "./fixture.js";

/** Payments as JSON text, for a rulebook of many kinds of facts. */

export const title = { zh: "名", en: "name" };
const text = (values?: string[]): FactDefinition => ({ title, type: "string", ...(values && { values }) });
const facts: Readonly<Record<string, FactDefinition>> = {
  ...FACTS,
  amount: { title, type: "number", minimum: 0, maximum: 500_000_000_000_000 },
  card: text(["gold", "silver"]),
  "card.kind": text(["credit", "debit"]),
  note: text(),
  // `liquid` and `costarring`, `declinate` and `macallums`, `word` and `wordipeqioy` have one hash each (FNV-1a).
  word: text(["liquid", "declinate", "macallums", "wordipeqioy"]),
  other: { ...text(["costarring"]), open: true },
};

const equal = (fact: string, ...values: unknown[]): Leaf[] =>
  values.map((value) => ({ fact, operator: "equal", value }));
const asked: Condition = {
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
  const book = rulebookOf({ facts: declared, rules: [route("rule", { conditions: asked })] });
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
export const sorters = compileClassifiers(book);
const read = compileReader(book, sorters);
let reader: typeof plainIn | undefined;
export const plainIn = (json: JsonText): PlainPayment | undefined => {
  reader ??= compilePlainReader(sorters, Object.keys(book.channels));
  return reader(json);
};
const encoder = new TextEncoder();

/** The text stands among others, as a line of a file does. */
export function plain(json: string, of = plainIn): PlainPayment | undefined {
  const bytes = encoder.encode(`{"\n${json}\n"channel":"cn.bare"}`);
  return of({ bytes, from: 3, to: 3 + encoder.encode(json).length });
}

/** What the plain way found must be what the ordinary way finds. */
export function expectTrue(json: string, found: PlainPayment): void {
  const payment = read(JSON.parse(json));
  const told = [found.classifier.channel, found.at, found.classId].join(" ");
  expect(`${json} ${told}`).toBe(`${json} ${[payment.channel, payment.at, payment.classId].join(" ")}`);
}

export const SENT = '"initiatedAt":"2026-02-13T23:00:00+08:00"';
export const of = (...pairs: string[]): string => `{${['"channel":"cn.test"', ...pairs, SENT].join(",")}}`;
export const priced = (...pairs: string[]): string => of('"amount":"1000.00"', ...pairs);
