import type { Arrival, Segment } from "../model/answers.js";
import type { Rulebook } from "../model/rulebook.js";
import { sayDuration, sayInstant, saySpan } from "./dates.js";
import type { Texts } from "./text.js";

/** An arrival as text, one statement per line: when the money arrives, why then, and how long waiting is normal. */
export function explainArrival(rulebook: Rulebook, texts: Texts, arrival: Arrival): string {
  const reference = arrival.timeline[0]?.from ?? arrival.expected;
  return [
    headline(rulebook, texts, arrival, reference),
    reasons(rulebook, texts, arrival, reference),
    ...caveats(texts, arrival, reference),
  ]
    .filter((line) => line !== "")
    .join("\n");
}

function headline(rulebook: Rulebook, texts: Texts, arrival: Arrival, reference: string): string {
  const instants = {
    earliest: sayInstant(texts, arrival.earliest, reference),
    expected: sayInstant(texts, arrival.expected, reference),
    latest: sayInstant(texts, arrival.latest, reference),
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
    retryAt: sayInstant(texts, arrival.retryAt, reference),
    expected,
  });
}

function reasons(rulebook: Rulebook, texts: Texts, arrival: Arrival, reference: string): string {
  if (arrival.outcome === "refused") return "";
  const sentences = notableSegments(arrival.timeline).map((segment) =>
    texts.say(`cause.${segment.cause}`, segmentValues(rulebook, texts, segment, reference)),
  );
  if (sentences.length === 0) return texts.say("arrival.direct");
  return texts.say("arrival.because") + sentences.join(texts.say("list.separator")) + texts.say("list.end");
}

function caveats(texts: Texts, arrival: Arrival, reference: string): string[] {
  const lines: string[] = [];
  const { sooner, certainty, basis, outcome } = arrival;
  if (sooner !== undefined) {
    const [sendAt, expected] = [
      sayInstant(texts, sooner.sendAt, reference),
      sayInstant(texts, sooner.expected, reference),
    ];
    lines.push(texts.say("arrival.sooner", { sendAt, expected }));
  }
  if (outcome !== "refused")
    lines.push(texts.say("arrival.patience", { latest: sayInstant(texts, arrival.latest, reference) }));
  if (certainty !== "official") lines.push(texts.say(`arrival.${certainty}`));
  if (basis === "assumed") lines.push(texts.say("arrival.assumed"));
  return lines;
}

/** Shorter waits for processing are left out. */
const NOTABLE_MS = 60_000;

/** The segments that a reader needs: neighbours with one cause merged, short processing left out. */
export const notableSegments = (timeline: readonly Segment[]): Segment[] =>
  mergeNeighbours(timeline).filter(
    (segment) => segment.cause !== "processing" || lengthOf(segment) >= NOTABLE_MS,
  );

const lengthOf = ({ from, to }: Segment): number => Date.parse(to) - Date.parse(from);

/** Merges neighbours with the same cause, name and system, and keeps only the last batch. */
function mergeNeighbours(timeline: readonly Segment[]): Segment[] {
  const joined: Segment[] = [];
  for (const segment of timeline) {
    const last = joined.at(-1);
    const isEqual =
      last?.cause === segment.cause && last.name === segment.name && last.system === segment.system;
    if (isEqual) joined[joined.length - 1] = { ...last, to: segment.to };
    else joined.push(segment);
  }
  return joined.filter((segment, index) => segment.cause !== "batch" || index === lastBatch(joined));
}

/** A wait for a batch may have several segments; only the last one ends with the batch. */
const lastBatch = (segments: readonly Segment[]): number =>
  segments.findLastIndex(({ cause }) => cause === "batch");

/** The arguments of the messages `cause.*`. */
export function segmentValues(
  rulebook: Rulebook,
  texts: Texts,
  segment: Segment,
  reference: string,
): Record<string, string> {
  const system = segment.system === undefined ? undefined : rulebook.systems[segment.system];
  return {
    system: system === undefined ? "none" : texts.title(system.title),
    name: nameOf(rulebook, texts, segment),
    from: sayInstant(texts, segment.from, reference),
    to: sayInstant(texts, segment.to, reference),
    span: saySpan(texts, segment.from, segment.to, reference),
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

/** The reason of the rule that refuses the payment, or the title of its route if a closure refuses it. */
export function refusalReason(rulebook: Rulebook, texts: Texts, arrival: Arrival): string {
  const rules = Object.values(rulebook.channels).flatMap((channel) => channel.rules);
  const rule = rules.find(({ name }) => name === arrival.rules[0]);
  if (rule?.event.type === "refuse") return texts.title(rule.event.params.reason);
  return rule?.title === undefined ? (arrival.rules[0] ?? "") : texts.title(rule.title);
}
