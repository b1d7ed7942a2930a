import { readFileSync } from "node:fs";
import type { Delta, Shift, TreatmentSummary } from "../analyse/shifts.js";
import { diffMessages, QuestionError } from "../errors.js";
import type { Arrival, Payment, Timetable } from "../index.js";
import { BOUNDS, type Bound } from "../model/bound.js";
import { DIFF_WORDS } from "./diff-words.js";
import { hang } from "./layout.js";
import { type Editions, effectOf } from "./moves.js";
import type { Page } from "./reply.js";

/** What a change does to real payments: how many move, by how much, and which the farthest. */

export interface MovedPayment {
  readonly line: number;
  readonly payment: unknown;
  /** Milliseconds by which the expected and the latest arrival move; undefined where one of the two has no answer. */
  readonly by: { readonly expected: number; readonly latest: number } | undefined;
  readonly before: Told;
  readonly after: Told;
}

type Told = Pick<Arrival, "outcome" | "earliest" | "expected" | "latest"> | { error: unknown };

export interface MovedPayments {
  readonly payments: number;
  readonly moved: number;
  /** The farthest first. */
  readonly worst: readonly MovedPayment[];
}

const WORST = 5;

export function paymentLines({ payments, moved, worst }: MovedPayments, page: Page): string[] {
  const words = DIFF_WORDS[page.locale];
  return [
    page.colors.bold(words.payments(moved, payments)),
    ...(moved > 0 ? [`  ${words.worst}:`] : []),
    ...worst.flatMap((one) => hang(`  ${one.line}: `, effectOf(shiftOf(one), page))),
  ];
}

const shiftOf = ({ before, after }: MovedPayment): Pick<Shift, "before" | "after" | "by"> => {
  const sides = { before: sideOf(before), after: sideOf(after) };
  if ("error" in before || "error" in after) return sides;
  const by = (bound: Bound): Delta => {
    const moved = Date.parse(after[bound]) - Date.parse(before[bound]);
    return { first: moved, last: moved };
  };
  return { ...sides, by: { earliest: by("earliest"), expected: by("expected"), latest: by("latest") } };
};

function sideOf(told: Told): TreatmentSummary {
  if ("error" in told) return { fate: "unanswered", code: String(told.error) };
  return told.outcome === "refused" ? { fate: "refused" } : { fate: "taken", outcome: told.outcome };
}

/** @throws QuestionError where a line is no JSON */
export function movedPayments(file: string, editions: Editions): MovedPayments {
  const lines = readLines(file);
  const moved = lines.flatMap(([line, payment]) => {
    const [before, after] = [told(editions.before, payment), told(editions.after, payment)];
    if (JSON.stringify(before) === JSON.stringify(after)) return [];
    return [{ line, payment, by: distance(before, after), before, after }];
  });
  const worst = [...moved].sort((one, other) => reach(other) - reach(one)).slice(0, WORST);
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

function told(timetable: Timetable, payment: Payment): Told {
  const [answer] = timetable.whenAll([payment]);
  if (answer instanceof QuestionError || answer === undefined) return { error: answer?.code };
  const { outcome, earliest, expected, latest } = answer;
  return { outcome, earliest, expected, latest };
}

function distance(before: Told, after: Told): MovedPayment["by"] {
  if ("error" in before || "error" in after) return undefined;
  const [, expected, latest] = BOUNDS.map((bound) => Date.parse(after[bound]) - Date.parse(before[bound]));
  return { expected: expected as number, latest: latest as number };
}

const reach = ({ by }: MovedPayment): number =>
  by === undefined ? Number.POSITIVE_INFINITY : Math.max(Math.abs(by.expected), Math.abs(by.latest));
