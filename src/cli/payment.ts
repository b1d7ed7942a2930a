import { readFile, stat } from "node:fs/promises";
import type { Command } from "commander";
import { cliMessages, loadMessages, paymentMessages, QuestionError } from "../errors.js";
import { documentFromText } from "../load/document.js";
import { MAX_BYTES } from "../load/folder-reader.js";
import type { Payment } from "../model/payment.js";
import type { Rulebook } from "../model/rulebook.js";
import type { Input } from "./reply.js";

/** A payment as options tell it, for every command that asks about one. */

export interface PaymentOptions {
  readonly channel?: string;
  readonly amount?: string;
  readonly at?: string;
  readonly fact?: readonly string[];
  readonly payment?: string;
}

export const withPayment = (command: Command): Command =>
  withFacts(command.option("--channel <channel>", "the way of paying, as in cn.acquiring"));

/** All of a payment but the way of paying. */
export const withFacts = (command: Command): Command =>
  command
    .option("--payment <file>", "the payment as a JSON file; - reads it from standard input")
    .option("--amount <amount>", "how much, as in 1000.00")
    .option("--at <instant>", "when it was made, as in 2026-02-13T23:00:00+08:00")
    .option("--fact <name=value>", "what else is known, as in payer.bank=icbc (may repeat)", collect);

const collect = (said: string, before: readonly string[] = []): readonly string[] => [...before, said];

type Given = Readonly<Record<string, unknown>>;

/**
 * The payment of `--payment`, with what the other options say in the place of what the file says. It is not checked
 * further: the timetable does that.
 *
 * @throws QuestionError bad-payment
 */
export async function paymentOf(
  options: PaymentOptions,
  { facts }: Pick<Rulebook, "facts">,
  input: Pick<Input, "stdin">,
): Promise<Payment> {
  const { channel, amount, at, fact = [], payment } = options;
  const said = new Map<string, unknown>();
  const say = (name: string, value: unknown): void => {
    if (value === undefined) return;
    const before = said.get(name) ?? value;
    if (before !== value) throw bad(name, paymentMessages.saidTwice(name, before, value));
    said.set(name, value);
  };
  say("channel", channel);
  say("amount", amount);
  say("initiatedAt", at);
  for (const text of fact) say(...factOf(text, facts));
  const given = payment === undefined ? {} : await givenIn(payment, input);
  return [...said].reduce<Given>((whole, [name, value]) => replaced(whole, name, value), given) as Payment;
}

/** `name=value`, the value being of the fact's type. An amount stays text, which is exact. */
function factOf(text: string, facts: Rulebook["facts"]): [string, unknown] {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) throw bad("--fact", cliMessages.notAFact(text));
  return [name, name === "amount" ? value : typed(value, ownOf(facts, name)?.type)];
}

/** What is not of the type stays text, and the timetable says what is wrong with it. */
function typed(value: string, type: string | undefined): string | number | boolean {
  if (type === "number" && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  if (type === "boolean" && /^(true|false)$/.test(value)) return value === "true";
  return value;
}

/** `payer.bank` replaces the field `bank` of `payer`, and the flat key where the file says it so. */
function replaced(payment: Given, name: string, value: unknown): Given {
  const dot = name.indexOf(".");
  if (dot < 0) return { ...payment, [name]: value };
  const [group, part] = [name.slice(0, dot), name.slice(dot + 1)];
  const { [name]: _, ...rest } = payment;
  const outer = ownOf(rest, group) ?? {};
  return isRecord(outer) ? { ...rest, [group]: { ...outer, [part]: value } } : { ...rest, [name]: value };
}

async function givenIn(file: string, input: Pick<Input, "stdin">): Promise<Given> {
  const json = await jsonIn(file, input);
  if (!isRecord(json)) throw bad(whereOf(file), paymentMessages.notAPayment(json));
  return json;
}

const whereOf = (file: string): string => (file === "-" ? "stdin" : file);

/**
 * What a JSON file, or standard input for `-`, says.
 *
 * @throws QuestionError bad-payment
 */
export async function jsonIn(file: string, input: Pick<Input, "stdin">): Promise<unknown> {
  const where = whereOf(file);
  const { json, problems } = documentFromText(where, file === "-" ? await input.stdin() : await read(file));
  const [problem] = problems;
  if (problem !== undefined) {
    const place = [where, problem.line, problem.column].filter((part) => part !== undefined).join(":");
    throw bad(place, problem);
  }
  return json;
}

async function read(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size <= MAX_BYTES) return await readFile(file, "utf8");
    throw bad(file, loadMessages.tooLarge(size, MAX_BYTES));
  } catch (error) {
    if (error instanceof QuestionError) throw error;
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw bad(file, loadMessages.unreadable(code));
  }
}

const isRecord = (value: unknown): value is Given =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const ownOf = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;

const bad = (where: string, sentence: { what: string; help: string }): QuestionError =>
  new QuestionError("bad-payment", where, sentence);
