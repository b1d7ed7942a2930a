import { arriveIn } from "../answer/arrival.js";
import { QuestionError, verdictSays } from "../errors.js";
import type { Arrival } from "../model/answers.js";
import type { Assessment, Note } from "../model/assessment.js";
import type { VerdictRule } from "../model/rulebook.js";
import { type Question, readInstant } from "../payment/question.js";
import { knownRowAt } from "../pieces/piece-lookup.js";
import { subjectFor } from "../pieces/query.js";
import { type Views, viewAt } from "../pieces/snapshots.js";
import { formatDuration, parseDuration } from "../time/duration.js";
import { formatInstant, type Instant } from "../time/instant.js";
import { estimateOf } from "./estimate.js";
import { readEvents } from "./event.js";
import { type Course, departure, follow } from "./payment-state.js";
import { type Place, placeAt, stepOf } from "./place.js";
import { type Way, wayFrom, wayIn } from "./remaining-path.js";
import { lateMs, phaseAt, type Situation, situationOf } from "./situation.js";
import { rulingOf } from "./verdict.js";

/** What is asked of a payment that is not there, or that came late. */
export interface AssessOptions {
  readonly now: unknown;
  readonly events?: unknown;
  readonly arrivedAt?: unknown;
}

/** @throws QuestionError */
export function assess(views: Views, question: Question, options: AssessOptions): Assessment {
  return assessmentOf(situationFor(views, question, options), question);
}

/** What is judged: a situation at an instant, and what was promised when the payment was made. */
export interface Asked {
  readonly situation: Situation;
  readonly baseline: Arrival;
  readonly now: Instant;
}

/** @throws QuestionError */
export function situationFor(views: Views, question: Question, options: AssessOptions): Asked {
  const now = readInstant("now", options.now);
  if (now < question.at) throw new QuestionError("bad-time", "now", verdictSays.nowBeforePayment());
  const subject = subjectFor(viewAt(views, question.at), question);
  const row = knownRowAt(subject, question.at);
  const base = wayIn(subject, row, question.at);
  const baseline = arriveIn(subject, row, question.at, question.text);
  const view = viewAt(views, now);
  const known = view === subject.view ? base : wayFrom(subjectFor(view, question), question.at);
  const unreported = options.events === undefined && options.arrivedAt === undefined;
  const course = unreported ? departure(known) : courseOf(views, question, options, { now, base, known });
  return { situation: situationOf(question, base, known, course), baseline, now };
}

interface Ways {
  readonly now: Instant;
  readonly base: Way;
  readonly known: Way;
}

function courseOf(
  { rulebook }: Views,
  question: Question,
  { events, arrivedAt }: AssessOptions,
  { now, base, known }: Ways,
): Course {
  const arrived = arrivedAt === undefined ? undefined : readInstant("arrivedAt", arrivedAt);
  const happenings = readEvents(events, arrived, { rulebook, initiatedAt: question.at, now });
  return follow(happenings, { base, known, holds: rulebook.holds });
}

export function assessmentOf({ situation, baseline, now }: Asked, question: Question): Assessment {
  const { base, known, course, deadline, status } = situation;
  const { zone } = known.subject;
  const nowText = formatInstant(zone, now);
  const estimate = estimateOf(situation, baseline, now, nowText);
  const ruling = rulingOf(situation, now, estimate.certainty);
  const { rule, cause, nextCheckAt: next } = ruling;
  const { verdict, severity, reason } = rule.event.params;
  const late = lateMs(situation, now);
  const place = placeAt(situation, now);
  const notes = notesOf(situation, question.channel);
  const assessment: Assessment = {
    verdict,
    phase: phaseAt(situation, now),
    reason,
    severity,
    rule: rule.name,
    status,
    cause,
    now: nowText,
    deadline: base === known && course.stops.length === 0 ? baseline.latest : formatInstant(zone, deadline),
    baseline,
    estimate,
    advice: adviceOf(situation, rule, question),
    version: known.subject.view.rulebook.version,
  };
  if (place !== undefined) assessment.stuckAt = stuckAt(place, question);
  if (late > 0) assessment.overdueBy = formatDuration(late);
  if (next !== undefined) assessment.nextCheckAt = formatInstant(zone, next);
  if (course.codes.length > 0) assessment.codes = [...course.codes];
  if (notes.length > 0) assessment.notes = notes;
  return assessment;
}

function stuckAt(place: Place, { at, text }: Question): NonNullable<Assessment["stuckAt"]> {
  const { step, system, milestone } = stepOf(place);
  const { zone } = place.way.subject;
  const since = place.since === at && text !== undefined ? text : formatInstant(zone, place.since);
  // Objects that grow are slow to make, and nearly every step has both.
  if (system !== undefined && milestone !== undefined) return { step, since, system, milestone };
  return {
    step,
    since,
    ...(system !== undefined && { system }),
    ...(milestone !== undefined && { milestone }),
  };
}

function adviceOf(
  { course, deadline, known }: Situation,
  rule: VerdictRule,
  { references }: Question,
): Assessment["advice"] {
  const { who: usual, action, quote: names, from: after } = rule.event.params.advice;
  const who = course.who ?? usual;
  const quote = references === undefined ? NOTHING : valuesOf(references, names ?? NOTHING);
  if (after === undefined) return quote.length === 0 ? { who, action } : { who, action, quote };
  const from = formatInstant(known.subject.zone, (deadline + lengthOf(after)) as Instant);
  return quote.length === 0 ? { who, action, from } : { who, action, quote, from };
}

const NOTHING: string[] = [];

const valuesOf = (references: Readonly<Record<string, string>>, names: readonly string[]): string[] =>
  names.flatMap((name) => (Object.hasOwn(references, name) ? references[name] : undefined) ?? []);

const lengths = new Map<string, number>();

/** The few lengths that verdict rules name are read once. */
function lengthOf(text: string): number {
  const ms = lengths.get(text) ?? (parseDuration(text) as number);
  lengths.set(text, ms);
  return ms;
}

function notesOf({ course, known, back }: Situation, channel: string): Note[] {
  const { turnedAt, notes } = course;
  const { zone } = known.subject;
  const unknownReturn = turnedAt !== undefined && back === undefined;
  const last = unknownReturn ? [{ kind: "no-return-rule" as const, at: turnedAt, about: channel }] : [];
  if (notes.length + last.length === 0) return [];
  return [...notes, ...last].map(({ kind, at, about }) => ({ kind, at: formatInstant(zone, at), about }));
}
