import { arrive } from "../answer/arrival.js";
import type { Arrival, Certainty, Segment } from "../model/answers.js";
import { certaintyOf } from "../pieces/row-texts.js";
import { formatInstant, type Instant } from "../time/instant.js";
import { storyOf } from "./actual-timeline.js";
import { aheadOf, expectedAhead, latestAhead, type Situation, stillHeld } from "./situation.js";

/**
 * The arrival as known now, with what events established in its timeline; nothing in it lies behind `now`, whose text is
 * `nowText`.
 */
export function estimateOf(found: Situation, baseline: Arrival, now: Instant, nowText: string): Arrival {
  const { question, base, known, course } = found;
  const there = base === known ? baseline : arrive(known.subject, question.at, question.text);
  const unreported = course.stops.length === 0;
  if (unreported && now <= found.times.earliest) return there;
  return unreported && !known.stretch.refused
    ? unheardOf(found, there, now, nowText)
    : reported(stillHeld(found, now), there, now);
}

/** Nothing was reported of the money since it was taken: what has passed without it is all that changes. */
function unheardOf(situation: Situation, there: Arrival, now: Instant, nowText: string): Arrival {
  const { certainty, basis, rules, timeline, version } = there;
  const { times } = situation;
  const last = latestAhead(situation, now);
  const late = expectedAhead(situation, now, last);
  const { zone } = situation.known.subject;
  const expected =
    late === times.expected ? there.expected : late === now ? nowText : formatInstant(zone, late);
  const latest = last === times.latest ? there.latest : last === now ? nowText : formatInstant(zone, last);
  return {
    outcome: "credited",
    earliest: nowText,
    expected,
    latest,
    certainty,
    basis,
    rules,
    timeline:
      late > times.expected ? continued(timeline, inTheLastStep(situation, there, expected)) : timeline,
    version,
  };
}

/** Lists that are spread are made with room to grow, and most have one segment. */
const continued = (timeline: readonly Segment[], last: Segment): Segment[] =>
  timeline.length === 1 ? [timeline[0] as Segment, last] : [...timeline, last];

/** What is past its expected time is taken to be in the last step. */
function inTheLastStep({ known }: Situation, { expected }: Arrival, until: string): Segment {
  const system = known.paths.expected.legs.at(-1)?.system;
  const { name: rule } = known.stretch.rule;
  return system === undefined
    ? { from: expected, to: until, cause: "processing", rule }
    : { from: expected, to: until, system, cause: "processing", rule };
}

function reported(situation: Situation, there: Arrival, now: Instant): Arrival {
  const { question, known, back, course } = situation;
  const { zone } = known.subject;
  const times = aheadOf(situation, now);
  const from = back === undefined && course.holds.size === 0 ? there : combined(situation, there);
  const earliest = formatInstant(zone, times.earliest);
  let timeline: Segment[] | undefined;
  const estimate: Arrival = {
    outcome: outcomeOf(situation, there),
    earliest,
    expected: times.expected === times.earliest ? earliest : formatInstant(zone, times.expected),
    latest: times.latest === times.earliest ? earliest : formatInstant(zone, times.latest),
    certainty: weakest([from.certainty, certaintyOf(situation.times.marks ?? 0)]),
    basis: from.basis,
    rules: from.rules,
    get timeline() {
      timeline ??= storyOf(situation, question.at, times.expected);
      return timeline;
    },
    version: there.version,
  };
  if (there.retryAt !== undefined && course.status === "refused") estimate.retryAt = there.retryAt;
  return estimate;
}

function outcomeOf({ course }: Situation, there: Arrival): Arrival["outcome"] {
  if (course.stage === "returning" || course.stage === "over") return "returned";
  return course.status === "refused" ? there.outcome : "credited";
}

/** What an estimate rests on where holds and the way back have a part in it: the weakest of each. */
function combined(
  { back, course }: Situation,
  there: Arrival,
): Pick<Arrival, "certainty" | "basis" | "rules"> {
  const parts = back === undefined ? [there] : [there, arrive(back.subject, back.entry)];
  const holds = [...course.holds.values()].map(({ rule }) => rule);
  const published = [...parts, ...holds].every(({ basis }) => basis === "published");
  return {
    certainty: weakest(parts.map(({ certainty }) => certainty)),
    basis: published ? "published" : "assumed",
    rules: [...new Set([...there.rules, ...holds.map(({ name }) => name), ...(parts[1]?.rules ?? [])])],
  };
}

function weakest(found: readonly Certainty[]): Certainty {
  if (found.includes("open-incident")) return "open-incident";
  return found.includes("projected") ? "projected" : "official";
}
