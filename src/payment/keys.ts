import { domainViolation } from "../decide/facts.js";
import { paymentMessages, QuestionError, type Sentence } from "../errors.js";
import type { FactValue } from "../model/payment.js";
import { parseAmount } from "./amount.js";
import { listedWeights, weightOf } from "./class-weights.js";
import type { Classifiers } from "./classifier.js";
import type { Field, Fields, KeyEntry } from "./fields.js";

/** Reads a payment key by key. Each fact adds its weight to the class id, or is collected. */

/** Facts by flat name, as in `payer.bank`. */
export type MutableFacts = Record<string, FactValue | undefined>;

export type UnknownRecord = Readonly<Record<string, unknown>>;

/** The state of reading one payment. */
export interface ReadingState {
  readonly classifiers: Classifiers;
  readonly channelIndex: number;
  /** The facts read so far. If undefined, facts are not collected and add their weights to `classId` instead. */
  readonly collectedFacts: MutableFacts | undefined;
  classId: number;
  references: Readonly<Record<string, string>> | undefined;
  hasAmount: boolean;
}

export const newReadingState = (
  classifiers: Classifiers,
  channelIndex: number,
  collectedFacts: MutableFacts,
): ReadingState => ({
  classifiers,
  channelIndex,
  collectedFacts,
  classId: 0,
  references: undefined,
  hasAmount: false,
});

/**
 * Reads all keys except `channel` and `initiatedAt` into the state.
 *
 * @throws QuestionError bad-payment
 */
export function readKeys(state: ReadingState, payment: UnknownRecord): void {
  const { fields } = state.classifiers;
  // V8 optimises `for in` guarded by `hasOwnProperty`: it builds no array of keys, unlike `Object.entries`.
  for (const key in payment) {
    if (key === "channel" || key === "initiatedAt" || !hasOwn.call(payment, key)) continue;
    const value = payment[key];
    if (value === undefined) continue;
    if (key === "references") state.references = referencesOf(value);
    else readKey(state, key, value, payment, fields);
  }
  if (!state.hasAmount && fields.defaults.amount === undefined)
    throw badPayment("amount", paymentMessages.missing("amount"));
}

/** For `hasOwn.call(record, key)`, which V8 answers without a lookup in a `for in` loop over the record. */
export const { hasOwnProperty: hasOwn } = Object.prototype;

function readKey(
  state: ReadingState,
  key: string,
  value: unknown,
  payment: UnknownRecord,
  fields: Fields,
): void {
  const { field, group, outer } = fields.byKey.get(key) ?? UNKNOWN_KEY;
  if (group !== undefined && (field === undefined || isRecord(value))) readGroup(state, key, value, group);
  else if (field === undefined) throw badPayment(key, paymentMessages.unknownFact(key, namesOf(fields)));
  else if (outer === undefined || !isStatedInGroup(key, outer, value, payment)) addFact(state, field, value);
}

export const UNKNOWN_KEY: KeyEntry = {
  field: undefined,
  group: undefined,
  outer: undefined,
  inner: undefined,
};

function readGroup(
  state: ReadingState,
  key: string,
  value: unknown,
  group: ReadonlyMap<string, Field>,
): void {
  if (!isRecord(value)) throw badPayment(key, paymentMessages.notAnObject(key, value, [...group.keys()]));
  for (const part of Object.keys(value)) {
    const partValue = value[part];
    if (partValue === undefined) continue;
    const field = group.get(part);
    if (field === undefined) {
      throw badPayment(
        `${key}.${part}`,
        paymentMessages.unknownFact(`${key}.${part}`, [...group.values()].map(nameOf)),
      );
    }
    addFact(state, field, partValue);
  }
}

/** A fact such as `payee.bank` may be stated flat, inside `payee`, or in both places if the values are equal. */
function isStatedInGroup(key: string, outer: string, value: unknown, payment: UnknownRecord): boolean {
  const group = ownValue(payment, outer);
  const inner = isRecord(group) ? ownValue(group, key.slice(outer.length + 1)) : undefined;
  if (inner !== undefined && inner !== value)
    throw badPayment(key, paymentMessages.saidTwice(key, inner, value));
  return inner !== undefined;
}

/** Collects a fact, or adds its weight to the class id. */
function addFact(state: ReadingState, field: Field, value: unknown): void {
  if (field.name === "amount") state.hasAmount = true;
  if (state.collectedFacts !== undefined) {
    state.collectedFacts[field.name] = factValue(field, value);
    return;
  }
  const { classifiers, channelIndex } = state;
  const listedWeight = listedWeights(classifiers.weights, field, channelIndex)?.get(value);
  state.classId +=
    listedWeight ?? weightOf(classifiers.weights, field, channelIndex, factValue(field, value));
}

function factValue(field: Field, value: unknown): FactValue {
  if (field.values?.has(value)) return value as string;
  const read = field.name === "amount" ? readAmount(value) : value;
  const sentence = domainViolation(field.name, field.domain, read);
  if (sentence !== undefined) throw badPayment(field.name, sentence);
  return read as FactValue;
}

function readAmount(value: unknown): number {
  const amount = parseAmount(value);
  if (typeof amount !== "number") throw badPayment("amount", amount);
  return amount;
}

function referencesOf(given: unknown): ReadingState["references"] {
  if (!isRecord(given)) throw badPayment("references", paymentMessages.badReferences(given));
  for (const key of Object.keys(given)) {
    if (typeof given[key] !== "string")
      throw badPayment(`references.${key}`, paymentMessages.notText(key, given[key]));
  }
  return given as ReadingState["references"];
}

export const isRecord = (value: unknown): value is UnknownRecord =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);

export const ownValue = (record: UnknownRecord, key: string): unknown =>
  Object.hasOwn(record, key) ? record[key] : undefined;

const nameOf = (field: Field): string => field.name;

const namesOf = ({ all }: Fields): string[] => [...all.map(nameOf), "channel", "initiatedAt", "references"];

/** An empty key is shown as `""`. */
export const badPayment = (where: string, sentence: Sentence): QuestionError =>
  new QuestionError("bad-payment", where === "" ? '""' : where, sentence);
