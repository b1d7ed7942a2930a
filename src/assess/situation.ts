import { QuestionError } from "../errors.js";
import type { DelayCause, Phase, Status } from "../model/assessment.js";
import { type Bound, ofBound } from "../model/bound.js";
import type { Question } from "../payment/question.js";
import { onTheWayBack } from "../pieces/query.js";
import type { Move } from "../route/move.js";
import { travel } from "../route/path.js";
import type { Instant } from "../time/instant.js";
import { wrongDetailsIn } from "./details.js";
import { type Course, legBehindHolds, pastHolds } from "./payment-state.js";
import { through, type Way, wayFrom } from "./remaining-path.js";
import { goesOn } from "./remaining-path-cache.js";

type Times = Readonly<Record<Bound, Instant>> & {
  /**
   * What is to be said of the way from where reports put the money, a sum of `MARK`s: it may come to what money that is in
   * time never meets.
   */
  readonly marks?: number;
};

/** All that is known of a payment and does not change as time passes, and what follows from it at each instant. */
export interface Situation {
  readonly question: Question;
  readonly base: Way;
  readonly known: Way;
  readonly course: Course;
  /** The way back, while the money is on it or has been; undefined also where no rule says how it returns. */
  readonly back: Way | undefined;
  readonly times: Times;
  readonly deadline: Instant;
  readonly status: Status;
  /** What events or the payment itself say of the cause; undefined where it is for the place of the money to say. */
  readonly cause: DelayCause | undefined;
}

export function situationOf(question: Question, base: Way, known: Way, course: Course): Situation {
  const back = course.turnedAt === undefined ? undefined : wayBack(known, course.turnedAt);
  return {
    question,
    base,
    known,
    course,
    back,
    times: timesOf(known, course, back),
    deadline: deadlineOf(base, known, course, back),
    status: course.status,
    cause: establishedCause(question, known, course),
  };
}

/** Channels need not have a rule for returns. */
function wayBack({ subject }: Way, turnedAt: Instant): Way | undefined {
  try {
    return wayFrom(onTheWayBack(subject), turnedAt);
  } catch (error) {
    if (error instanceof QuestionError && error.code === "no-rule") return undefined;
    throw error;
  }
}

/** When the money is there, or back, by what is established, whatever the time is now. */
function timesOf(known: Way, course: Course, back: Way | undefined): Times {
  const { doneAt } = course;
  if (doneAt !== undefined) return { earliest: doneAt, expected: doneAt, latest: doneAt };
  if (back !== undefined) return back.times;
  return course.stops.length === 0 ? known.times : timesFrom(known, course);
}

function timesFrom(known: Way, course: Course): Times {
  const from = legBehindHolds(course, known);
  const moveAt = (bound: Bound): Move =>
    travel({ legs: known.paths[bound].legs.slice(from) }, pastHolds(course, known, bound, course.at, from));
  const [earliest, expected, latest] = [moveAt("earliest"), moveAt("expected"), moveAt("latest")];
  const marks = earliest.marks | expected.marks | latest.marks;
  return { earliest: earliest.to, expected: expected.to, latest: latest.to, marks };
}

/**
 * The last instant at which not having the money is normal: the latest of the baseline, or, where what has become known
 * since explains more, the latest of the way with that in it. A return has a deadline of its own. A hold explains its own
 * length; that it was not ended by then is not explained.
 */
function deadlineOf(base: Way, known: Way, course: Course, back: Way | undefined): Instant {
  if (back !== undefined) return back.times.latest;
  const promised = base.times.latest;
  if (base === known && course.stops.length === 0) return promised;
  const explained = through(known.paths.latest, course.leg, course.due);
  const held = [...course.holds.values()].map(({ until }) => until.latest);
  return Math.max(promised, explained, ...held) as Instant;
}

function establishedCause(question: Question, { stretch }: Way, course: Course): DelayCause | undefined {
  if (course.cause !== "none") return course.cause;
  if (course.stage !== "under-way") return "none";
  if (course.status === "refused") {
    const { event } = stretch.rule;
    return (event.type === "refuse" ? event.params.cause : undefined) ?? "none";
  }
  return wrongDetailsIn(question) ? "wrong-details" : undefined;
}

export function phaseAt({ course, times, deadline }: Situation, now: Instant): Phase {
  if (course.doneAt !== undefined) return course.doneAt > deadline ? "arrived-late" : "arrived";
  if (now > deadline) return "overdue";
  return now > times.expected ? "before-latest" : "before-expected";
}

/** How late it is now, or was when it arrived. */
export function lateMs({ course, deadline }: Situation, now: Instant): number {
  return Math.max(0, (course.doneAt ?? now) - deadline);
}

/** The same, with holds that nobody has reported the end of standing at least until now. */
export function stillHeld(situation: Situation, now: Instant): Situation {
  const { course, known } = situation;
  if (course.holds.size === 0) return situation;
  const later = (at: Instant): Instant => (at > now ? at : now);
  const holds = new Map(
    [...course.holds].map(([name, placed]) => {
      const { earliest, expected, latest } = placed.until;
      const until = { earliest: later(earliest), expected: later(expected), latest: later(latest) };
      return [name, { ...placed, until }];
    }),
  );
  const held = { ...course, holds };
  return { ...situation, course: held, times: timesOf(known, held, undefined) };
}

/**
 * The times as they look from now: none lies before it while the money is not there. What is past its latest is taken to
 * go on now from where it last was; what is past its expected time, to be in the last step.
 */
export function aheadOf(situation: Situation, now: Instant): Situation["times"] {
  const { course, times } = situation;
  if (course.doneAt !== undefined || now <= times.earliest) return times;
  const latest = latestAhead(situation, now);
  return {
    earliest: now,
    expected: expectedAhead(situation, now, latest),
    latest,
  };
}

/** Of money that is not there. */
export const latestAhead = (situation: Situation, now: Instant): Instant =>
  situation.times.latest >= now ? situation.times.latest : goingOn(situation, "latest", now);

/** The same, `latest` being the latest as it looks from now. */
export function expectedAhead(situation: Situation, now: Instant, latest: Instant): Instant {
  const { expected } = situation.times;
  const typical = expected >= now ? expected : goingOn(situation, "expected", now);
  return typical < latest ? typical : latest;
}

function goingOn({ course, known, back }: Situation, bound: "expected" | "latest", now: Instant): Instant {
  const way = back ?? known;
  const last = Math.max(0, ofBound(way.paths, bound).legs.length - 1);
  const from = bound === "latest" && back === undefined ? Math.min(course.leg, last) : last;
  return goesOn(way, bound, from, now);
}
