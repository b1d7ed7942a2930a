import { findingSays } from "../errors.js";
import type { Locate } from "../model/place.js";
import type { Rulebook } from "../model/rulebook.js";
import type { CheckFile, Confirmation, FindingCode, FindingSeverity } from "../model/schema/check.js";
import type { Day } from "../time/day.js";
import { type Context, contextOf } from "./context.js";
import { coverageFindings } from "./coverage.js";
import { type Finding, finding, type Proof, together } from "./finding.js";
import { hoursFindings } from "./hours.js";
import { channelFindings } from "./rules.js";
import { soonerFindings } from "./sooner.js";
import { sourceFindings } from "./sources.js";
import { unprovedFindings } from "./unproved.js";
import { unusedFindings } from "./unused.js";
import { windowFindings } from "./windows.js";

/** All that is to be said of a rulebook that loads. */

/** How much a finding weighs where rules/check.json says nothing else. */
export const DEFAULT_SEVERITIES: Readonly<Record<FindingCode, FindingSeverity>> = {
  tie: "error",
  "never-decides": "error",
  duplicate: "warning",
  gap: "warning",
  undecided: "warning",
  sooner: "warning",
  "hours-gap": "warning",
  "hours-overlap": "error",
  "calendar-year": "info",
  "coverage-ends": "warning",
  "projection-begins": "info",
  "window-past": "info",
  "source-undated": "info",
  unused: "warning",
  unproved: "warning",
  "confirms-nothing": "warning",
};

export interface Weighed extends Finding {
  readonly severity: Exclude<FindingSeverity, "off">;
}

export interface Report {
  /** The weightiest first; of equal weight in the order of their codes. */
  readonly findings: readonly Weighed[];
  /** Findings that rules/check.json confirms, each with the reason. */
  readonly confirmed: readonly (Weighed & { readonly reason: string })[];
  readonly proofs: readonly Proof[];
}

/** `today` is the day that "soon" and "in the past" are told from, and that a look ahead begins with. */
export function checkRulebook(rulebook: Rulebook, locate: Locate, today: Day): Report {
  const { severities, confirmed = [] } = rulebook.check ?? {};
  const context = contextOf(rulebook, locate, today);
  const { findings, proofs } = together([
    channelFindings(context),
    soonerFindings(context),
    { findings: ownFindings(context), proofs: [] },
  ]);
  const weighed = [...findings, ...idleConfirmations(context, confirmed, findings)].flatMap((one) =>
    weigh(one, severities),
  );
  return {
    findings: weighed.filter((one) => confirming(confirmed, one) === undefined).sort(byWeight),
    confirmed: weighed.flatMap((one) => {
      const reason = confirming(confirmed, one)?.reason;
      return reason === undefined ? [] : [{ ...one, reason }];
    }),
    proofs,
  };
}

const ownFindings = (context: Context): Finding[] => [
  ...hoursFindings(context),
  ...coverageFindings(context),
  ...windowFindings(context),
  ...sourceFindings(context),
  ...unusedFindings(context),
  ...unprovedFindings(context),
];

function weigh(one: Finding, severities: CheckFile["severities"]): Weighed[] {
  const severity = severities?.[one.code] ?? DEFAULT_SEVERITIES[one.code];
  return severity === "off" ? [] : [{ ...one, severity }];
}

const confirming = (confirmed: readonly Confirmation[], { code, name }: Finding): Confirmation | undefined =>
  confirmed.find((one) => one.finding === code && standsFor(one.name, name ?? ""));

const standsFor = (pattern: string, name: string): boolean =>
  pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : pattern === name;

/** What is confirmed and is no longer so would hide the next such finding. */
const idleConfirmations = (
  { locate }: Context,
  confirmed: readonly Confirmation[],
  findings: readonly Finding[],
): Finding[] =>
  confirmed
    .filter((one) => findings.every((found) => confirming([one], found) === undefined))
    .map((one) =>
      finding("confirms-nothing", one.name, locate(one), findingSays.confirmsNothing(one.finding, one.name)),
    );

const WEIGHTS = ["error", "warning", "info"];

const byWeight = (one: Weighed, other: Weighed): number =>
  WEIGHTS.indexOf(one.severity) - WEIGHTS.indexOf(other.severity) ||
  (one.code < other.code ? -1 : Number(one.code > other.code));
