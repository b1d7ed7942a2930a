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
  const { zone } = known.subject.decider;
  const times = aheadOf(situation, now);
  const parts = back === undefined ? [there] : [there, arrive(back.subject, back.entry)];
  const holds = [...course.holds.values()].map(({ rule }) => rule);
  const assumed =
    parts.some(({ basis }) => basis === "assumed") || holds.some(({ basis }) => basis !== "published");
  let timeline: Segment[] | undefined;
  return {
    outcome: outcomeOf(situation, there),
    earliest: formatInstant(zone, times.earliest),
    expected: formatInstant(zone, times.expected),
    latest: formatInstant(zone, times.latest),
    certainty: certaintyOf(parts),
    basis: assumed ? "assumed" : "published",
    rules: [...new Set([...there.rules, ...holds.map(({ name }) => name), ...(parts[1]?.rules ?? [])])],
    get timeline() {
      timeline ??= storyOf(situation, sentAt, times.expected);
      return timeline;
    },
    ...(there.retryAt !== undefined && course.status === "refused" && { retryAt: there.retryAt }),
    version: there.version,
  };
}

function outcomeOf({ course }: Situation, there: Arrival): Arrival["outcome"] {
  if (course.stage === "returning" || course.stage === "over") return "returned";
  return course.status === "refused" ? there.outcome : "credited";
}

function certaintyOf(parts: readonly Arrival[]): Arrival["certainty"] {
  const found = parts.map(({ certainty }) => certainty);
  if (found.includes("open-incident")) return "open-incident";
  return found.includes("projected") ? "projected" : "official";
}
