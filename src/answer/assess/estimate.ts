import type { Arrival, Segment } from "../../model/answers.js";
import { formatInstant, type Instant } from "../../time/instant.js";
import { arrive } from "../arrival.js";
import { aheadOf, type Situation, stillHeld } from "./situation.js";
import { storyOf } from "./story.js";

/** The arrival as known now, with what events established in its timeline; nothing in it lies behind `now`. */
export function estimateOf(found: Situation, baseline: Arrival, sentAt: Instant, now: Instant): Arrival {
  const situation = stillHeld(found, now);
  const { base, known, back, course } = situation;
  const there = base === known ? baseline : arrive(known.subject, sentAt);
  if (course.stops.length === 1 && now <= situation.times.earliest) return there;
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
    certainty: from.certainty,
    basis: from.basis,
    rules: from.rules,
    get timeline() {
      timeline ??= storyOf(situation, sentAt, times.expected);
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
    certainty: certaintyOf(parts),
    basis: published ? "published" : "assumed",
    rules: [...new Set([...there.rules, ...holds.map(({ name }) => name), ...(parts[1]?.rules ?? [])])],
  };
}

function certaintyOf(parts: readonly Arrival[]): Arrival["certainty"] {
  const found = parts.map(({ certainty }) => certainty);
  if (found.includes("open-incident")) return "open-incident";
  return found.includes("projected") ? "projected" : "official";
}
