import type { Arrival } from "../model/answers.js";
import { formatInstant, type Instant } from "../time/instant.js";
import { arrive, outlineAt } from "./arrival.js";
import { encodedInto, type Form, formOf, written, writtenInto } from "./form.js";
import type { Outline } from "./outline.js";
import { soonerThan } from "./sooner.js";
import { knownRowAt, stretchAt } from "./stretch.js";
import type { Subject } from "./subject.js";

/** Answers as the JSON that `JSON.stringify` makes of them, for a payment that is sent at `at`, whose text is `sent`. */

export function arrivalJson(subject: Subject, at: Instant, sent = formatInstant(subject.zone, at)): string {
  const form = formAt(subject, at, true);
  return form === undefined
    ? JSON.stringify(arrive(subject, at, sent))
    : written(form, at, sent, subject.zone);
}

/** The same in UTF-8 into a buffer, with or without the timeline; tells where it ends there, or `NO_ROOM`. */
export function arrivalJsonInto(
  subject: Subject,
  at: Instant,
  withTimeline: boolean,
  into: Uint8Array,
  start: number,
  sent = formatInstant(subject.zone, at),
): number {
  const form = formAt(subject, at, withTimeline);
  if (form !== undefined) return writtenInto(form, at, sent, subject.zone, into, start);
  return encodedInto(textOf(arrive(subject, at, sent), withTimeline), into, start);
}

function textOf(arrival: Arrival, withTimeline: boolean): string {
  if (withTimeline) return JSON.stringify(arrival);
  const { timeline: _, ...rest } = arrival;
  return JSON.stringify(rest);
}

/** The form of the answers for payments sent at `at`; undefined where each has to be written for itself. */
function formAt(subject: Subject, at: Instant, withTimeline: boolean): Form | undefined {
  const outline = outlineAt(subject, knownRowAt(subject, at), at);
  if (outline === undefined) return undefined;
  if (!outline.settled && soonerThan(subject, stretchAt(subject, at), at) !== undefined) return undefined;
  return formed(outline, subject.view.rulebook.version, withTimeline);
}

function formed(outline: Outline, version: string, withTimeline: boolean): Form | undefined {
  if (withTimeline) {
    outline.form ??= formOf(outline, version, true);
    return outline.form;
  }
  outline.shortForm ??= formOf(outline, version, false);
  return outline.shortForm;
}
