import type { Delta, Shift, TreatmentSummary } from "../../analyse/shifts.js";
import type { Bound } from "../../model/bound.js";
import type { AnswerSummary, MovedPayment, MovedPayments } from "../moved-payments.js";
import { shiftText } from "./differences.js";
import { hang } from "./layout.js";
import type { Page } from "./page.js";

/** Prints how many real payments move, and those that move farthest. */
export function movedPaymentLines({ payments, moved, worst }: MovedPayments, page: Page): string[] {
  const words = page.words.diff;
  return [
    page.colors.bold(words.payments(moved, payments)),
    ...(moved > 0 ? [`  ${words.farthest}:`] : []),
    ...worst.flatMap((payment) => hang(`  ${payment.line}: `, shiftText(shiftOf(payment), page))),
  ];
}

function shiftOf({ before, after }: MovedPayment): Pick<Shift, "before" | "after" | "by"> {
  const treatments = { before: treatmentOf(before), after: treatmentOf(after) };
  if ("error" in before || "error" in after) return treatments;
  const by = (bound: Bound): Delta => {
    const moved = Date.parse(after[bound]) - Date.parse(before[bound]);
    return { first: moved, last: moved };
  };
  return { ...treatments, by: { earliest: by("earliest"), expected: by("expected"), latest: by("latest") } };
}

function treatmentOf(answer: AnswerSummary): TreatmentSummary {
  if ("error" in answer) return { fate: "unanswered", code: String(answer.error) };
  return answer.outcome === "refused" ? { fate: "refused" } : { fate: "taken", outcome: answer.outcome };
}
