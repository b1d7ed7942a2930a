import type { Arrival } from "../model/answers.js";
import {
  type ByteForm,
  encodedInto,
  type Form,
  type Sent,
  written,
  writtenInto,
} from "../pieces/json-template.js";
import { byteFormOf, formOf } from "../pieces/json-template-compiler.js";
import { knownRowAt, stretchAt } from "../pieces/piece-lookup.js";
import type { Subject } from "../pieces/query.js";
import { outlineAt } from "../pieces/row-answer.js";
import type { Outline } from "../pieces/timeline-template.js";
import { formatInstant, type Instant } from "../time/instant.js";
import { arrive } from "./arrival.js";
import { soonerThan } from "./sooner.js";

/** Answers as the JSON that `JSON.stringify` makes of them, for a payment that is sent at `at`, whose text is `sent`. */

export function arrivalJson(subject: Subject, at: Instant, sent = formatInstant(subject.zone, at)): string {
  const outline = plainOutlineAt(subject, at);
  const form = outline && formIn(outline, subject.view.rulebook.version);
  return form === undefined
    ? JSON.stringify(arrive(subject, at, sent))
    : written(form, at, sent, subject.zone);
}

/** The same in UTF-8 into a buffer, with or without the timeline; tells where it ends there, or `NO_ROOM`. */
export function arrivalJsonInto(
  subject: Subject,
  sent: Sent,
  withTimeline: boolean,
  into: Uint8Array,
  start: number,
): number {
  const outline = plainOutlineAt(subject, sent.at);
  const form = outline && byteFormIn(outline, subject.view.rulebook.version, withTimeline);
  if (form !== undefined) return writtenInto(form, sent, subject.zone, into, start);
  return encodedInto(textOf(arrive(subject, sent.at, sent.initiatedAtText), withTimeline), into, start);
}

function textOf(arrival: Arrival, withTimeline: boolean): string {
  if (withTimeline) return JSON.stringify(arrival);
  const { timeline: _, ...rest } = arrival;
  return JSON.stringify(rest);
}

/** The outline of payments sent at `at`; undefined where each answer has to be written for itself. */
function plainOutlineAt(subject: Subject, at: Instant): Outline | undefined {
  const outline = outlineAt(subject, knownRowAt(subject, at));
  if (outline === undefined || outline.settled) return outline;
  return soonerThan(subject, stretchAt(subject, at), at) === undefined ? outline : undefined;
}

function formIn(outline: Outline, version: string): Form | undefined {
  outline.form ??= formOf(outline, version, true);
  return outline.form;
}

function byteFormIn(outline: Outline, version: string, withTimeline: boolean): ByteForm | undefined {
  const known = withTimeline ? outline.bytes : outline.shortBytes;
  if (known !== undefined) return known;
  const form = formOf(outline, version, withTimeline);
  const made = form && byteFormOf(form);
  if (withTimeline) outline.bytes = made;
  else outline.shortBytes = made;
  return made;
}
