import { readFileSync } from "node:fs";
import { diffMessages, QuestionError } from "../errors.js";
import type { Arrival, Payment, Timetable } from "../index.js";
import { BOUNDS } from "../model/bound.js";
import type { Editions } from "./edition.js";

/** A real payment whose answer differs between two rulebooks. */
export interface MovedPayment {
  readonly line: number;
  readonly payment: unknown;
  /** Milliseconds by which each bound moves. Undefined if one of the two answers is an error. */
  readonly by: { readonly expected: number; readonly latest: number } | undefined;
  readonly before: AnswerSummary;
  readonly after: AnswerSummary;
}

export type AnswerSummary =
  | Pick<Arrival, "outcome" | "earliest" | "expected" | "latest">
  | { readonly error: unknown };

export interface MovedPayments {
  readonly payments: number;
  readonly moved: number;
  /** The payments that move farthest, in descending order. */
  readonly worst: readonly MovedPayment[];
}

const WORST_COUNT = 5;

/**
 * Asks both rulebooks about each payment of a file of JSON lines.
 *
 * @throws QuestionError if the file cannot be read, or a line is not JSON
 */
export function movedPayments(file: string, editions: Editions): MovedPayments {
  const lines = readLines(file);
  const moved = lines.flatMap(([line, payment]) => {
    const [before, after] = [answerOf(editions.before, payment), answerOf(editions.after, payment)];
    if (JSON.stringify(before) === JSON.stringify(after)) return [];
    return [{ line, payment, by: shiftBetween(before, after), before, after }];
  });
  const worst = [...moved].sort((one, other) => magnitudeOf(other) - magnitudeOf(one)).slice(0, WORST_COUNT);
  return { payments: lines.length, moved: moved.length, worst };
}

function readLines(file: string): [number, Payment][] {
  return readText(file)
    .split("\n")
    .flatMap((text, index): [number, Payment][] => {
      if (text.trim() === "") return [];
      try {
        return [[index + 1, JSON.parse(text) as Payment]];
      } catch {
        throw new QuestionError("bad-payment", `${file}:${index + 1}`, diffMessages.notJson());
      }
    });
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new QuestionError(
      "bad-payment",
      file,
      diffMessages.noFile(String((error as { code?: unknown }).code)),
    );
  }
}

function answerOf(timetable: Timetable, payment: Payment): AnswerSummary {
  const [answer] = timetable.whenAll([payment]);
  if (answer instanceof QuestionError || answer === undefined) return { error: answer?.code };
  const { outcome, earliest, expected, latest } = answer;
  return { outcome, earliest, expected, latest };
}

function shiftBetween(before: AnswerSummary, after: AnswerSummary): MovedPayment["by"] {
  if ("error" in before || "error" in after) return undefined;
  const [, expected, latest] = BOUNDS.map((bound) => Date.parse(after[bound]) - Date.parse(before[bound]));
  return { expected: expected as number, latest: latest as number };
}

const magnitudeOf = ({ by }: MovedPayment): number =>
  by === undefined ? Number.POSITIVE_INFINITY : Math.max(Math.abs(by.expected), Math.abs(by.latest));
