import { type Question, readInstant } from "../../decide/payment.js";
import { QuestionError, verdictSays } from "../../errors.js";
import type { Arrival } from "../../model/answers.js";
import type { Assessment, Note } from "../../model/assessment.js";
import type { VerdictRule } from "../../model/rulebook.js";
import { formatDuration, parseDuration } from "../../time/duration.js";
import { formatInstant, type Instant } from "../../time/instant.js";
import { arriveIn } from "../arrival.js";
import { knownRowAt } from "../stretch.js";
import { subjectFor } from "../subject.js";
import { type Views, viewAt } from "../views.js";
import { follow } from "./course.js";
import { estimateOf } from "./estimate.js";
import { readEvents } from "./happening.js";
import { type Place, placeAt, stepOf } from "./place.js";
import { lateMs, phaseAt, type Situation, situationOf } from "./situation.js";
import { rulingOf } from "./verdict.js";
import { wayFrom, wayIn } from "./way.js";

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
  const { rulebook } = views;
  const arrivedAt = options.arrivedAt === undefined ? undefined : readInstant("arrivedAt", options.arrivedAt);
  const happenings = readEvents(options.events, arrivedAt, { rulebook, initiatedAt: question.at, now });
  const course = follow(happenings, { base, known, holds: rulebook.holds });
  return { situation: situationOf(question, base, known, course), baseline, now };
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
    deadline: base === known && course.stops.length === 1 ? baseline.latest : formatInstant(zone, deadline),
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
  const stuck: NonNullable<Assessment["stuckAt"]> = {
    step,
    since:
      place.since === at && text !== undefined ? text : formatInstant(place.way.subject.zone, place.since),
  };
  if (system !== undefined) stuck.system = system;
  if (milestone !== undefined) stuck.milestone = milestone;
  return stuck;
}

function adviceOf(
  { course, deadline, known }: Situation,
  rule: VerdictRule,
  { references }: Question,
): Assessment["advice"] {
  const { who, action, quote, from } = rule.event.params.advice;
  const advice: Assessment["advice"] = { who: course.who ?? who, action };
  if (quote !== undefined && references !== undefined) {
    const values = quote.flatMap(
      (name) => (Object.hasOwn(references, name) ? references[name] : undefined) ?? [],
    );
    if (values.length > 0) advice.quote = values;
  }
  if (from !== undefined)
    advice.from = formatInstant(known.subject.zone, (deadline + lengthOf(from)) as Instant);
  return advice;
}

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
