import { paymentSays, QuestionError, type Sentence } from "../errors.js";
import type { FactValue } from "../model/payment.js";
import type { Rulebook } from "../model/rulebook.js";
import { parseInstant, withinRange } from "../time/instant.js";
import type { Instant } from "../time/zone.js";
import { amountOf } from "./amount.js";
import { type Domain, misfit, statedFacts } from "./facts.js";

/** Reading a payment: what the caller says, checked once and made flat. */

export interface Question {
  readonly channel: string;
  /** By flat name, as in `payer.bank`, with defaults filled in; the amount is a number. */
  readonly facts: Record<string, FactValue | undefined>;
  readonly at: Instant;
  /** Carried for advice; no rule tests them. */
  readonly references: Readonly<Record<string, string>>;
}

interface Field {
  readonly name: string;
  readonly domain: Domain;
  readonly values: ReadonlySet<unknown> | undefined;
}

/** A rulebook's facts, arranged for reading. */
interface Table {
  readonly channels: ReadonlySet<string>;
  readonly fields: ReadonlyMap<string, Field>;
  /** `payer.bank` is under `payer`, then under `bank`. */
  readonly groups: ReadonlyMap<string, ReadonlyMap<string, Field>>;
  /** Every fact, with its default or undefined: each payment starts as a copy, so that all have one shape. */
  readonly blank: Readonly<Record<string, FactValue | undefined>>;
}

type Given = Readonly<Record<string, unknown>>;
type Facts = Question["facts"];

const NO_REFERENCES: Question["references"] = Object.freeze({});

/**
 * Prepares the reading of payments for one rulebook. Only a payment's own keys are read, and a key whose value is
 * undefined counts as not given. A fact that is neither given nor has a default is undefined.
 *
 * @throws QuestionError (the function that is returned) unknown-channel | bad-payment | bad-time
 */
export function compileReader(rulebook: Rulebook): (payment: unknown) => Question {
  const table = tableOf(rulebook);
  return (payment) => {
    if (!isRecord(payment)) throw bad("payment", paymentSays.notAPayment(payment));
    const channel = channelOf(payment, table);
    const at = readInstant("initiatedAt", own(payment, "initiatedAt"));
    const facts: Facts = { ...table.blank };
    let references = NO_REFERENCES;
    for (const key of Object.keys(payment)) {
      if (key === "channel" || key === "initiatedAt" || payment[key] === undefined) continue;
      if (key === "references") references = referencesOf(payment[key]);
      else readKey(facts, key, payment, table);
    }
    if (facts.amount === undefined) throw bad("amount", paymentSays.missing("amount"));
    return { channel, facts, at, references };
  };
}

function tableOf(rulebook: Rulebook): Table {
  const fields = new Map<string, Field>();
  const groups = new Map<string, Map<string, Field>>([
    ["payer", new Map()],
    ["payee", new Map()],
  ]);
  const blank: Record<string, FactValue | undefined> = {};
  for (const [name, domain] of statedFacts(rulebook)) {
    const values = domain.open === true || domain.values === undefined ? undefined : new Set(domain.values);
    const field: Field = { name, domain, values };
    fields.set(name, field);
    blank[name] = domain.default;
    const dot = name.indexOf(".");
    if (dot > 0) grouped(groups, name.slice(0, dot)).set(name.slice(dot + 1), field);
  }
  return { channels: new Set(Object.keys(rulebook.channels)), fields, groups, blank };
}

function grouped(groups: Map<string, Map<string, Field>>, name: string): Map<string, Field> {
  const group = groups.get(name) ?? new Map<string, Field>();
  groups.set(name, group);
  return group;
}

function channelOf(payment: Given, table: Table): string {
  const channel = own(payment, "channel");
  if (channel === undefined) throw bad("channel", paymentSays.missingChannel([...table.channels]));
  if (typeof channel !== "string") throw bad("channel", paymentSays.notText("channel", channel));
  if (table.channels.has(channel)) return channel;
  throw new QuestionError(
    "unknown-channel",
    "channel",
    paymentSays.unknownChannel(channel, [...table.channels]),
  );
}

function readKey(facts: Facts, key: string, payment: Given, table: Table): void {
  const value = payment[key];
  const field = table.fields.get(key);
  const group = table.groups.get(key);
  if (group !== undefined && (field === undefined || isRecord(value))) readGroup(facts, key, value, group);
  else if (field === undefined) throw bad(key, paymentSays.unknownFact(key, namesOf(table)));
  else {
    refuseSecondValue(key, value, payment, table);
    facts[field.name] = factValue(field, value);
  }
}

function readGroup(facts: Facts, key: string, value: unknown, group: ReadonlyMap<string, Field>): void {
  if (!isRecord(value)) throw bad(key, paymentSays.notAnObject(key, value, [...group.keys()]));
  for (const part of Object.keys(value)) {
    if (value[part] === undefined) continue;
    const field = group.get(part);
    if (field === undefined) {
      throw bad(`${key}.${part}`, paymentSays.unknownFact(`${key}.${part}`, [...group.values()].map(nameOf)));
    }
    facts[field.name] = factValue(field, value[part]);
  }
}

/** `payee.bank` may be said flat or inside `payee`, but not in two ways that differ. */
function refuseSecondValue(key: string, value: unknown, payment: Given, table: Table): void {
  const dot = key.indexOf(".");
  if (dot < 0 || !table.groups.has(key.slice(0, dot))) return;
  const outer = own(payment, key.slice(0, dot));
  const inner = isRecord(outer) ? own(outer, key.slice(dot + 1)) : undefined;
  if (inner !== undefined && inner !== value) throw bad(key, paymentSays.saidTwice(key, inner, value));
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

/**
 * The instant that a caller means: ISO 8601 with an offset, epoch milliseconds, or a Date. `where` names it in errors.
 *
 * @throws QuestionError bad-time
 */
export function readInstant(where: string, given: unknown): Instant {
  const bad = (sentence: Sentence): QuestionError => new QuestionError("bad-time", where, sentence);
  if (given === undefined) throw bad(paymentSays.missing(where));
  if (typeof given === "string") {
    const at = parseInstant(given);
    if (typeof at === "string") throw bad(paymentSays.badInstant[at](given));
    return at;
  }
  const ms = given instanceof Date ? given.getTime() : given;
  if (typeof ms !== "number") throw bad(paymentSays.notAnInstant(given));
  if (!Number.isInteger(ms)) throw bad(paymentSays.notWholeMilliseconds(ms));
  const at = withinRange(ms);
  if (at === undefined) throw bad(paymentSays.badInstant["out-of-range"](ms));
  return at;
}

function referencesOf(given: unknown): Question["references"] {
  if (!isRecord(given)) throw bad("references", paymentSays.badReferences(given));
  for (const key of Object.keys(given)) {
    if (typeof given[key] !== "string") throw bad(`references.${key}`, paymentSays.notText(key, given[key]));
  }
  return given as Question["references"];
}

const isRecord = (value: unknown): value is Given =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);

const own = (record: Given, key: string): unknown => (Object.hasOwn(record, key) ? record[key] : undefined);

const nameOf = (field: Field): string => field.name;

const namesOf = (table: Table): string[] => [...table.fields.keys(), "channel", "initiatedAt", "references"];

const bad = (where: string, sentence: Sentence): QuestionError =>
  new QuestionError("bad-payment", where, sentence);
