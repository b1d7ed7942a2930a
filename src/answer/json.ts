import type { Arrival } from "../model/answers.js";
import {
  type ByteTemplate,
  encodeInto,
  fillTemplate,
  fillTemplateInto,
  type JsonTemplate,
  type Sent,
} from "../pieces/json-template.js";
import { byteTemplateOf, jsonTemplateOf } from "../pieces/json-template-compiler.js";
import { pieceAt, rowFor } from "../pieces/piece-lookup.js";
import type { Query } from "../pieces/query.js";
import { templateAt } from "../pieces/row-answer.js";
import type { TimelineTemplate } from "../pieces/timeline-template.js";
import { formatInstant, type Instant } from "../time/instant.js";
import { arrive } from "./arrival.js";
import { soonerThan } from "./sooner.js";

/** The answer for a payment sent at `at`, as `JSON.stringify` writes it; `sent` is the text of that instant. */
export function arrivalJson(query: Query, at: Instant, sent = formatInstant(query.zone, at)): string {
  const template = plainTemplateAt(query, at);
  const json = template && jsonTemplateIn(template, query.snapshot.rulebook.version);
  return json === undefined
    ? JSON.stringify(arrive(query, at, sent))
    : fillTemplate(json, at, sent, query.zone);
}

/** Writes the same into a buffer in UTF-8, with or without the timeline. Returns the end offset, or `NO_ROOM`. */
export function arrivalJsonInto(
  query: Query,
  sent: Sent,
  withTimeline: boolean,
  into: Uint8Array,
  start: number,
): number {
  const template = plainTemplateAt(query, sent.at);
  const bytes = template && byteTemplateIn(template, query.snapshot.rulebook.version, withTimeline);
  if (bytes !== undefined) return fillTemplateInto(bytes, sent, query.zone, into, start);
  return encodeInto(textOf(arrive(query, sent.at, sent.initiatedAtText), withTimeline), into, start);
}

function textOf(arrival: Arrival, withTimeline: boolean): string {
  if (withTimeline) return JSON.stringify(arrival);
  const { timeline: _, ...rest } = arrival;
  return JSON.stringify(rest);
}

/** The template for payments sent at `at`; undefined if each answer must be written by itself. */
function plainTemplateAt(query: Query, at: Instant): TimelineTemplate | undefined {
  const template = templateAt(query, rowFor(query, at));
  if (template === undefined || template.settled) return template;
  return soonerThan(query, pieceAt(query, at), at) === undefined ? template : undefined;
}

function jsonTemplateIn(template: TimelineTemplate, version: string): JsonTemplate | undefined {
  template.json ??= jsonTemplateOf(template, version, true);
  return template.json;
}

function byteTemplateIn(
  template: TimelineTemplate,
  version: string,
  withTimeline: boolean,
): ByteTemplate | undefined {
  const known = withTimeline ? template.bytes : template.shortBytes;
  if (known !== undefined) return known;
  const json = jsonTemplateOf(template, version, withTimeline);
  const bytes = json && byteTemplateOf(json);
  if (withTimeline) template.bytes = bytes;
  else template.shortBytes = bytes;
  return bytes;
}
