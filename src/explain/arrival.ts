import type { Arrival, Segment } from "../model/answers.js";
import type { Rulebook } from "../model/rulebook.js";
import { sayDuration, sayInstant, saySpan } from "./dates.js";
import type { Texts } from "./text.js";

/** What support would send to a customer, as lines: when, why, and until when it is normal to wait. */
export function explainArrival(rulebook: Rulebook, texts: Texts, arrival: Arrival): string {
  const near = arrival.timeline[0]?.from ?? arrival.expected;
  return [
    headline(rulebook, texts, arrival, near),
    reasons(rulebook, texts, arrival, near),
    ...caveats(texts, arrival, near),
  ]
    .filter((line) => line !== "")
    .join("\n");
}

function headline(rulebook: Rulebook, texts: Texts, arrival: Arrival, near: string): string {
  const instants = {
    earliest: sayInstant(texts, arrival.earliest, near),
    expected: sayInstant(texts, arrival.expected, near),
    latest: sayInstant(texts, arrival.latest, near),
  };
  if (arrival.outcome !== "refused") {
    const exact = arrival.earliest === arrival.latest ? ".exact" : "";
    return texts.say(`arrival.${arrival.outcome}${exact}`, instants);
  }
  const reason = refusalReason(rulebook, texts, arrival);
  if (arrival.retryAt === undefined) return texts.say("arrival.refused.never", { reason });
  const { expected } = instants;
  return texts.say("arrival.refused", {
    reason,
    retryAt: sayInstant(texts, arrival.retryAt, near),
    expected,
  });
}

function reasons(rulebook: Rulebook, texts: Texts, arrival: Arrival, near: string): string {
  if (arrival.outcome === "refused") return "";
  const said = notableSegments(arrival.timeline).map((segment) =>
    texts.say(`cause.${segment.cause}`, segmentValues(rulebook, texts, segment, near)),
  );
  if (said.length === 0) return texts.say("arrival.direct");
  return texts.say("arrival.because") + said.join(texts.say("list.separator")) + texts.say("list.end");
}

function caveats(texts: Texts, arrival: Arrival, near: string): string[] {
  const lines: string[] = [];
  const { sooner, certainty, basis, outcome } = arrival;
  if (sooner !== undefined) {
    const [sendAt, expected] = [
      sayInstant(texts, sooner.sendAt, near),
      sayInstant(texts, sooner.expected, near),
    ];
    lines.push(texts.say("arrival.sooner", { sendAt, expected }));
  }
  if (outcome !== "refused")
    lines.push(texts.say("arrival.patience", { latest: sayInstant(texts, arrival.latest, near) }));
  if (certainty !== "official") lines.push(texts.say(`arrival.${certainty}`));
  if (basis === "assumed") lines.push(texts.say("arrival.assumed"));
  return lines;
}

/** A wait shorter than this is not worth a reason. */
const NOTABLE_MS = 60_000;

/** The waits that a person is told, neighbours of one cause as one. */
export const notableSegments = (timeline: readonly Segment[]): Segment[] =>
  mergeNeighbours(timeline).filter(
    (segment) => segment.cause !== "processing" || lengthOf(segment) >= NOTABLE_MS,
  );

const lengthOf = ({ from, to }: Segment): number => Date.parse(to) - Date.parse(from);

/** Neighbours with the same cause are one reason. */
function mergeNeighbours(timeline: readonly Segment[]): Segment[] {
  const joined: Segment[] = [];
  for (const segment of timeline) {
    const last = joined.at(-1);
    const same =
      last?.cause === segment.cause && last.name === segment.name && last.system === segment.system;
    if (same) joined[joined.length - 1] = { ...last, to: segment.to };
    else joined.push(segment);
  }
  return joined.filter((segment, index) => segment.cause !== "batch" || index === lastBatch(joined));
}

/** Of several stretches in which a batch is waited for, only the last ends with one. */
const lastBatch = (segments: readonly Segment[]): number =>
  segments.findLastIndex(({ cause }) => cause === "batch");

/** What the sentences of a cause may mention. */
export function segmentValues(
  rulebook: Rulebook,
  texts: Texts,
  segment: Segment,
  near: string,
): Record<string, string> {
  const system = segment.system === undefined ? undefined : rulebook.systems[segment.system];
  return {
    system: system === undefined ? "none" : texts.title(system.title),
    name: nameOf(rulebook, texts, segment),
    from: sayInstant(texts, segment.from, near),
    to: sayInstant(texts, segment.to, near),
    span: saySpan(texts, segment.from, segment.to, near),
    duration: sayDuration(texts, lengthOf(segment)),
  };
}

function nameOf(rulebook: Rulebook, texts: Texts, { cause, name }: Segment): string {
  if (cause === "hold") {
    const hold = rulebook.holds.find((rule) => rule.name === name);
    if (hold !== undefined) return texts.title(hold.title);
  }
  if (cause !== "holiday") return name ?? "";
  if (name === undefined) return texts.say("holiday.unnamed");
  return texts.has(`holiday.${name}`) ? texts.say(`holiday.${name}`) : name;
}

/** The reason of the rule that refuses, or the title of the route that is closed. */
export function refusalReason(rulebook: Rulebook, texts: Texts, arrival: Arrival): string {
  const rules = Object.values(rulebook.channels).flatMap((channel) => channel.rules);
  const rule = rules.find(({ name }) => name === arrival.rules[0]);
  if (rule?.event.type === "refuse") return texts.title(rule.event.params.reason);
  return rule?.title === undefined ? (arrival.rules[0] ?? "") : texts.title(rule.title);
}
