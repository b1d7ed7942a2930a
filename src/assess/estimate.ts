import { arrive } from "../answer/arrival.js";
import type { Arrival, Certainty, Segment } from "../model/answers.js";
import { certaintyOf } from "../pieces/row-texts.js";
import { formatInstant, type Instant } from "../time/instant.js";
import { actualTimeline } from "./actual-timeline.js";
import { expectedFromNow, extendHolds, latestFromNow, timesFromNow } from "./forecast.js";
import type { Situation } from "./situation.js";

/**
 * The arrival as known now, with the reported positions in its timeline. Until the money is there, none of its times
 * is before `now`. `nowText` is the text of `now`.
 */
export function estimateOf(
  situation: Situation,
  baselineArrival: Arrival,
  now: Instant,
  nowText: string,
): Arrival {
  const { payment, baseline, current, state } = situation;
  const arrival =
    baseline === current ? baselineArrival : arrive(current.query, payment.at, payment.initiatedAtText);
  const unreported = state.positions.length === 0;
  if (unreported && now <= situation.times.earliest) return arrival;
  return unreported && !current.piece.refused
    ? unreportedEstimate(situation, arrival, now, nowText)
    : reportedEstimate(extendHolds(situation, now), arrival, now);
}

/** Nothing was reported since the payment was made, so that only the passing of time changes the arrival. */
function unreportedEstimate(situation: Situation, arrival: Arrival, now: Instant, nowText: string): Arrival {
  const { certainty, basis, rules, timeline, version } = arrival;
  const { times } = situation;
  const latestAt = latestFromNow(situation, now);
  const expectedAt = expectedFromNow(situation, now, latestAt);
  const { zone } = situation.current.query;
  const expected =
    expectedAt === times.expected
      ? arrival.expected
      : expectedAt === now
        ? nowText
        : formatInstant(zone, expectedAt);
  const latest =
    latestAt === times.latest ? arrival.latest : latestAt === now ? nowText : formatInstant(zone, latestAt);
  return {
    outcome: "credited",
    earliest: nowText,
    expected,
    latest,
    certainty,
    basis,
    rules,
    timeline:
      expectedAt > times.expected
        ? extendTimeline(timeline, lastStepSegment(situation, arrival, expected))
        : timeline,
    version,
  };
}

/** Avoids a spread for the usual timeline of one segment: a spread array is allocated with room to grow. */
const extendTimeline = (timeline: readonly Segment[], last: Segment): Segment[] =>
  timeline.length === 1 ? [timeline[0] as Segment, last] : [...timeline, last];

/** Money past its expected time is assumed to be in the last step. */
function lastStepSegment({ current }: Situation, { expected }: Arrival, until: string): Segment {
  const system = current.paths.expected.legs.at(-1)?.system;
  const { name: rule } = current.piece.rule;
  return system === undefined
    ? { from: expected, to: until, cause: "processing", rule }
    : { from: expected, to: until, system, cause: "processing", rule };
}

function reportedEstimate(situation: Situation, arrival: Arrival, now: Instant): Arrival {
  const { payment, current, returnPath, state } = situation;
  const { zone } = current.query;
  const times = timesFromNow(situation, now);
  const grounds =
    returnPath === undefined && state.holds.size === 0 ? arrival : groundsOf(situation, arrival);
  const earliest = formatInstant(zone, times.earliest);
  let timeline: Segment[] | undefined;
  const estimate: Arrival = {
    outcome: outcomeOf(situation, arrival),
    earliest,
    expected: times.expected === times.earliest ? earliest : formatInstant(zone, times.expected),
    latest: times.latest === times.earliest ? earliest : formatInstant(zone, times.latest),
    certainty: weakest([grounds.certainty, certaintyOf(situation.times.marks ?? 0)]),
    basis: grounds.basis,
    rules: grounds.rules,
    get timeline() {
      timeline ??= actualTimeline(situation, payment.at, times.expected);
      return timeline;
    },
    version: arrival.version,
  };
  if (arrival.retryAt !== undefined && state.status === "refused") estimate.retryAt = arrival.retryAt;
  return estimate;
}

function outcomeOf({ state }: Situation, arrival: Arrival): Arrival["outcome"] {
  if (state.stage === "returning" || state.stage === "over") return "returned";
  return state.status === "refused" ? arrival.outcome : "credited";
}

/** What an estimate is based on, with active holds and the return path included: the weakest certainty and basis. */
function groundsOf(
  { returnPath, state }: Situation,
  arrival: Arrival,
): Pick<Arrival, "certainty" | "basis" | "rules"> {
  const parts = returnPath === undefined ? [arrival] : [arrival, arrive(returnPath.query, returnPath.entry)];
  const holds = [...state.holds.values()].map(({ rule }) => rule);
  const published = [...parts, ...holds].every(({ basis }) => basis === "published");
  return {
    certainty: weakest(parts.map(({ certainty }) => certainty)),
    basis: published ? "published" : "assumed",
    rules: [...new Set([...arrival.rules, ...holds.map(({ name }) => name), ...(parts[1]?.rules ?? [])])],
  };
}

function weakest(certainties: readonly Certainty[]): Certainty {
  if (certainties.includes("open-incident")) return "open-incident";
  return certainties.includes("projected") ? "projected" : "official";
}
