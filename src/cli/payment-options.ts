import { readFile, stat } from "node:fs/promises";
import type { Command } from "commander";
import { cliMessages, loadMessages, paymentMessages, QuestionError } from "../errors.js";
import { documentFromText } from "../load/document.js";
import { MAX_BYTES } from "../load/folder-reader.js";
import type { Payment } from "../model/payment.js";
import type { Rulebook } from "../model/rulebook.js";
import type { Input } from "./reply.js";

/** The options that describe a payment. */
export interface PaymentOptions {
  readonly channel?: string;
  readonly amount?: string;
  readonly at?: string;
  readonly fact?: readonly string[];
  readonly payment?: string;
}

export const withPayment = (command: Command): Command =>
  withFacts(command.option("--channel <channel>", "the way of paying, as in cn.acquiring"));

/** All options of a payment except the channel. */
export const withFacts = (command: Command): Command =>
  command
    .option("--payment <file>", "the payment as a JSON file; - reads it from standard input")
    .option("--amount <amount>", "how much, as in 1000.00")
    .option("--at <instant>", "when it was made, as in 2026-02-13T23:00:00+08:00")
    .option("--fact <name=value>", "what else is known, as in payer.bank=icbc (may repeat)", collect);

const collect = (text: string, previous: readonly string[] = []): readonly string[] => [...previous, text];

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Reads the payment of `--payment`, and overrides its facts by the other options. The timetable checks the result.
 *
 * @throws QuestionError bad-payment
 */
export async function paymentOf(
  options: PaymentOptions,
  { facts }: Pick<Rulebook, "facts">,
  input: Pick<Input, "stdin">,
): Promise<Payment> {
  const { channel, amount, at, fact = [], payment } = options;
  const given = new Map<string, unknown>();
  const set = (name: string, value: unknown): void => {
    if (value === undefined) return;
    const earlier = given.get(name) ?? value;
    if (earlier !== value) throw paymentError(name, paymentMessages.saidTwice(name, earlier, value));
    given.set(name, value);
  };
  set("channel", channel);
  set("amount", amount);
  set("initiatedAt", at);
  for (const text of fact) set(...factOf(text, facts));
  const base = payment === undefined ? {} : await readPayment(payment, input);
  return [...given].reduce<JsonObject>(
    (whole, [name, value]) => withValue(whole, name, value),
    base,
  ) as Payment;
}

/** Reads `name=value`, with a value of the fact's type. An amount stays text, which is exact. */
function factOf(text: string, facts: Rulebook["facts"]): [string, unknown] {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) throw paymentError("--fact", cliMessages.notAFact(text));
  return [name, name === "amount" ? value : valueOfType(value, ownValue(facts, name)?.type)];
}

/** A value of the wrong type stays text. The timetable reports it. */
function valueOfType(value: string, type: string | undefined): string | number | boolean {
  if (type === "number" && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  if (type === "boolean" && /^(true|false)$/.test(value)) return value === "true";
  return value;
}

/** Sets `payer.bank` as the field `bank` of `payer`, and removes a flat key `payer.bank`. */
function withValue(payment: JsonObject, name: string, value: unknown): JsonObject {
  const dot = name.indexOf(".");
  if (dot < 0) return { ...payment, [name]: value };
  const [group, part] = [name.slice(0, dot), name.slice(dot + 1)];
  const { [name]: _, ...rest } = payment;
  const outer = ownValue(rest, group) ?? {};
  return isRecord(outer) ? { ...rest, [group]: { ...outer, [part]: value } } : { ...rest, [name]: value };
}

async function readPayment(file: string, input: Pick<Input, "stdin">): Promise<JsonObject> {
  const json = await readJson(file, input);
  if (!isRecord(json)) throw paymentError(sourceName(file), paymentMessages.notAPayment(json));
  return json;
}

const sourceName = (file: string): string => (file === "-" ? "stdin" : file);

/**
 * Reads a JSON file, or standard input for `-`.
 *
 * @throws QuestionError bad-payment
 */
export async function readJson(file: string, input: Pick<Input, "stdin">): Promise<unknown> {
  const where = sourceName(file);
  const { json, problems } = documentFromText(
    where,
    file === "-" ? await input.stdin() : await readText(file),
  );
  const [problem] = problems;
  if (problem !== undefined) {
    const place = [where, problem.line, problem.column].filter((part) => part !== undefined).join(":");
    throw paymentError(place, problem);
  }
  return json;
}

async function readText(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size <= MAX_BYTES) return await readFile(file, "utf8");
    throw paymentError(file, loadMessages.tooLarge(size, MAX_BYTES));
  } catch (error) {
    if (error instanceof QuestionError) throw error;
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw paymentError(file, loadMessages.unreadable(code));
  }
}

const isRecord = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const ownValue = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;

const paymentError = (where: string, sentence: { what: string; help: string }): QuestionError =>
  new QuestionError("bad-payment", where, sentence);
