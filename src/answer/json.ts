import { formatInstant, type Instant } from "../time/instant.js";
import { arrive, outlineAt } from "./arrival.js";
import { formOf, written } from "./form.js";
import { soonerThan } from "./sooner.js";
import { knownRowAt, stretchAt } from "./stretch.js";
import type { Subject } from "./subject.js";

/** The text that `JSON.stringify` makes of the answer for a payment that is sent at `at`, whose text is `sent`. */
export function arrivalJson(subject: Subject, at: Instant, sent = formatInstant(subject.zone, at)): string {
  const outline = outlineAt(subject, knownRowAt(subject, at), at);
  if (outline === undefined) return JSON.stringify(arrive(subject, at, sent));
  outline.form ??= formOf(outline, subject.view.rulebook.version);
  const overtaken = !outline.settled && soonerThan(subject, stretchAt(subject, at), at) !== undefined;
  return outline.form === undefined || overtaken
    ? JSON.stringify(arrive(subject, at, sent))
    : written(outline.form, at, sent, subject.zone);
}
