import { misfit } from "../decide/facts.js";
import { paymentSays, QuestionError, type Sentence } from "../errors.js";
import type { FactValue } from "../model/payment.js";
import { amountOf } from "./amount.js";
import { listedIn, shareIn } from "./class-weights.js";
import type { Sorters } from "./classifier.js";
import type { Entry, Field, Fields } from "./fields.js";

/** What a payment says, key by key: what each adds to its number, or its facts. */

export type FactsRead = Record<string, FactValue | undefined>;

export type Given = Readonly<Record<string, unknown>>;

/** What a payment has said so far. */
export interface Said {
  readonly sorters: Sorters;
  /** The place of its channel. */
  readonly place: number;
  /** Its facts so far, where they are asked for; else only what they add up to is noted. */
  readonly noted: FactsRead | undefined;
  number: number;
  references: Readonly<Record<string, string>> | undefined;
  hasAmount: boolean;
}

export const nothingSaid = (sorters: Sorters, place: number, noted: FactsRead): Said => ({
  sorters,
  place,
  noted,
  number: 0,
  references: undefined,
  hasAmount: false,
});

export function readKeys(said: Said, payment: Given): void {
  const { fields } = said.sorters;
  // In this form the engine finds keys and values without a list of them, and knows that they are the payment's own.
  for (const key in payment) {
    if (key === "channel" || key === "initiatedAt" || !isOwn.call(payment, key)) continue;
    const value = payment[key];
    if (value === undefined) continue;
    if (key === "references") said.references = referencesOf(value);
    else readKey(said, key, value, payment, fields);
  }
  if (!said.hasAmount && fields.blank.amount === undefined)
    throw bad("amount", paymentSays.missing("amount"));
}

/** `isOwn.call(record, key)`: in a loop over the keys of the record the engine knows the answer. */
export const { hasOwnProperty: isOwn } = Object.prototype;

function readKey(said: Said, key: string, value: unknown, payment: Given, fields: Fields): void {
  const { field, group, outer } = fields.byKey.get(key) ?? NO_ENTRY;
  if (group !== undefined && (field === undefined || isRecord(value))) readGroup(said, key, value, group);
  else if (field === undefined) throw bad(key, paymentSays.unknownFact(key, namesOf(fields)));
  else if (outer === undefined || !isSaidInside(key, outer, value, payment)) take(said, field, value);
}

export const NO_ENTRY: Entry = { field: undefined, group: undefined, outer: undefined, inner: undefined };

function readGroup(said: Said, key: string, value: unknown, group: ReadonlyMap<string, Field>): void {
  if (!isRecord(value)) throw bad(key, paymentSays.notAnObject(key, value, [...group.keys()]));
  for (const part of Object.keys(value)) {
    const one = value[part];
    if (one === undefined) continue;
    const field = group.get(part);
    if (field === undefined) {
      throw bad(`${key}.${part}`, paymentSays.unknownFact(`${key}.${part}`, [...group.values()].map(nameOf)));
    }
    take(said, field, one);
  }
}

/** `payee.bank` may be said flat or inside `payee`, or both, but not in two ways that differ. */
function isSaidInside(key: string, outer: string, value: unknown, payment: Given): boolean {
  const group = own(payment, outer);
  const inner = isRecord(group) ? own(group, key.slice(outer.length + 1)) : undefined;
  if (inner !== undefined && inner !== value) throw bad(key, paymentSays.saidTwice(key, inner, value));
  return inner !== undefined;
}

/** Notes a value, or what it adds to the payment's number. */
function take(said: Said, field: Field, value: unknown): void {
  if (field.name === "amount") said.hasAmount = true;
  if (said.noted !== undefined) {
    said.noted[field.name] = factValue(field, value);
    return;
  }
  const { sorters, place } = said;
  const listed = listedIn(sorters.shares, field, place)?.get(value);
  said.number += listed ?? shareIn(sorters.shares, field, place, factValue(field, value));
}

function factValue(field: Field, value: unknown): FactValue {
  if (field.values?.has(value)) return value as string;
  const read = field.name === "amount" ? readAmount(value) : value;
  const sentence = misfit(field.name, field.domain, read);
  if (sentence !== undefined) throw bad(field.name, sentence);
  return read as FactValue;
}

function readAmount(value: unknown): number {
  const amount = amountOf(value);
  if (typeof amount !== "number") throw bad("amount", amount);
  return amount;
}

function referencesOf(given: unknown): Said["references"] {
  if (!isRecord(given)) throw bad("references", paymentSays.badReferences(given));
  for (const key of Object.keys(given)) {
    if (typeof given[key] !== "string") throw bad(`references.${key}`, paymentSays.notText(key, given[key]));
  }
  return given as Said["references"];
}

export const isRecord = (value: unknown): value is Given =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);

export const own = (record: Given, key: string): unknown =>
  Object.hasOwn(record, key) ? record[key] : undefined;

const nameOf = (field: Field): string => field.name;

const namesOf = ({ all }: Fields): string[] => [...all.map(nameOf), "channel", "initiatedAt", "references"];

/** A key without a name still has a place. */
export const bad = (where: string, sentence: Sentence): QuestionError =>
  new QuestionError("bad-payment", where === "" ? '""' : where, sentence);
