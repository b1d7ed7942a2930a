import type { Segment } from "../model/answers.js";
import type { Assessment } from "../model/assessment.js";
import type { Rulebook } from "../model/rulebook.js";
import { notableSegments, refusalReason, segmentValues } from "./arrival.js";
import { sayDuration, sayInstant } from "./dates.js";
import type { Texts } from "./text.js";

/**
 * An assessment as text, one statement per line: the verdict and its reason, the notes, the history up to now, the
 * outlook, and the next step.
 */
export function explainAssessment(rulebook: Rulebook, texts: Texts, assessment: Assessment): string {
  return [
    `${headline(texts, assessment)}${texts.locale === "en" ? " " : ""}${reason(rulebook, texts, assessment)}`,
    ...noteLines(rulebook, texts, assessment),
    ...history(rulebook, texts, assessment),
    ...outlook(texts, assessment),
    ...nextStep(texts, assessment),
  ].join("\n");
}

/** With the year if it differs from the year of `now`. */
const instantText = (texts: Texts, { now }: Assessment, iso: string): string => sayInstant(texts, iso, now);

function headline(texts: Texts, assessment: Assessment): string {
  const { verdict, phase, status, overdueBy, deadline, now } = assessment;
  if (verdict === "normal")
    return texts.say(status === "returning" ? "assessment.normal.returning" : "assessment.normal");
  if (overdueBy !== undefined && phase === "overdue") {
    const overdue = sayDuration(texts, Date.parse(now) - Date.parse(deadline));
    return texts.say("assessment.anomalous", { overdue });
  }
  return texts.say(phase.startsWith("arrived") ? "assessment.anomalous.done" : "assessment.anomalous.early");
}

function reason(rulebook: Rulebook, texts: Texts, assessment: Assessment): string {
  const { baseline, stuckAt, status } = assessment;
  const system = stuckAt?.system === undefined ? undefined : rulebook.systems[stuckAt.system]?.title;
  const sentence = texts.say(assessment.reason, {
    system: system === undefined ? texts.say("system.none") : texts.title(system),
    expected: instantText(texts, assessment, assessment.estimate.expected),
    latest: instantText(texts, assessment, assessment.estimate.latest),
    deadline: instantText(texts, assessment, assessment.deadline),
  });
  if (status !== "refused") return sentence;
  return `${sentence}${texts.say("assessment.because", { reason: refusalReason(rulebook, texts, baseline) })}`;
}

function noteLines(rulebook: Rulebook, texts: Texts, assessment: Assessment): string[] {
  return (assessment.notes ?? []).map(({ kind, at, about }) =>
    texts.say(`note.${kind}`, {
      at: instantText(texts, assessment, at),
      about: titleOf(rulebook, texts, about),
    }),
  );
}

function titleOf(rulebook: Rulebook, texts: Texts, about: string): string {
  const hold = rulebook.holds.find(({ name }) => name === about)?.title;
  const title =
    hold ?? (Object.hasOwn(rulebook.channels, about) ? rulebook.channels[about]?.title : undefined);
  if (title !== undefined) return texts.title(title);
  return texts.has(`status.${about}`) ? texts.say(`status.${about}`) : about;
}

/** The segments up to now, the reported codes, the end of the payment if there is one, and a line that marks now. */
function history(rulebook: Rulebook, texts: Texts, assessment: Assessment): string[] {
  const { estimate, now, status, phase } = assessment;
  const past = notableSegments(estimate.timeline).filter(({ from }) => Date.parse(from) <= Date.parse(now));
  const lines = past.map((segment) => {
    const key = isStillWaiting(segment, assessment) ? "assessment.waiting" : `cause.${segment.cause}`;
    const what = texts.say(key, segmentValues(rulebook, texts, segment, now));
    return texts.say("assessment.line", { from: instantText(texts, assessment, segment.from), what });
  });
  const codes = (assessment.codes ?? []).map((code) => codeLine(rulebook, texts, code));
  const done = status === "credited" ? "assessment.done" : "assessment.ended";
  const at = instantText(texts, assessment, estimate.expected);
  return [
    ...lines,
    ...codes,
    ...(phase.startsWith("arrived") ? [texts.say(done, { at })] : []),
    texts.say("assessment.now", { now: instantText(texts, assessment, now) }),
  ];
}

/** Processing that lasts beyond the expected time has no known end. */
const isStillWaiting = ({ cause, to }: Segment, { phase, now }: Assessment): boolean =>
  cause === "processing" &&
  (phase === "before-latest" || phase === "overdue") &&
  Date.parse(to) >= Date.parse(now);

function codeLine(rulebook: Rulebook, texts: Texts, code: string): string {
  const title = rulebook.reasons[code]?.title;
  const meaning = title === undefined ? texts.say("code.unknown") : texts.title(title);
  return texts.say("assessment.code", { code, meaning });
}

/** Empty for a payment that is over or refused, and for one that comes back by no known rule. */
function outlook(texts: Texts, assessment: Assessment): string[] {
  const { estimate, phase, status, cause, deadline, notes = [] } = assessment;
  const hasNoReturnRule = notes.some(({ kind }) => kind === "no-return-rule");
  if (
    phase.startsWith("arrived") ||
    status === "refused" ||
    (cause === "wrong-details" && status !== "returning")
  )
    return [];
  if (hasNoReturnRule) return [];
  const [expected, latest] = [estimate.expected, estimate.latest].map((iso) =>
    instantText(texts, assessment, iso),
  );
  const values = { expected: expected as string, latest: latest as string };
  const caveat = estimate.certainty === "projected" ? [texts.say("arrival.projected")] : [];
  if (estimate.outcome === "returned") return [texts.say("assessment.back", values), ...caveat];
  if (phase === "overdue") return caveat;
  const due = texts.say(dueKey(assessment), {
    ...values,
    deadline: instantText(texts, assessment, deadline),
  });
  return [due, ...caveat];
}

/** Money past its expected time may arrive at any moment, so that message names no expected time. */
function dueKey({ status, estimate, now }: Assessment): string {
  if (status === "held") return "assessment.due.held";
  return Date.parse(estimate.expected) > Date.parse(now) ? "assessment.due" : "assessment.due.now";
}

function nextStep(texts: Texts, assessment: Assessment): string[] {
  const { advice, nextCheckAt, deadline, estimate, verdict } = assessment;
  const { who, action, quote, from } = advice;
  const lines = [texts.say("assessment.next", { who: texts.say(`who.${who}`), action: texts.say(action) })];
  if (quote !== undefined)
    lines.push(texts.say("assessment.quote", { quote: quote.join(texts.say("quote.separator")) }));
  if (from !== undefined)
    lines.push(texts.say("assessment.from", { from: instantText(texts, assessment, from) }));
  if (nextCheckAt === undefined) return lines;
  const past = Date.parse(nextCheckAt) > Date.parse(deadline);
  const at = instantText(texts, assessment, past ? deadline : nextCheckAt);
  if (estimate.certainty === "open-incident") lines.push(texts.say("assessment.open-incident", { at }));
  else if (verdict === "normal") lines.push(texts.say("assessment.check", { at }));
  return lines;
}
