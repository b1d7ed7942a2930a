import { findingMessages } from "../errors.js";
import type { Locate } from "../model/place.js";
import type { Rulebook } from "../model/rulebook.js";
import type { CheckFile, Confirmation, FindingCode, FindingSeverity } from "../model/schema/check.js";
import type { Day } from "../time/day.js";
import { channelFindings } from "./channel-rules.js";
import { type Context, contextOf } from "./context.js";
import { coverageFindings } from "./coverage.js";
import { type Finding, finding, mergeResults, type Proof } from "./finding.js";
import { hoursFindings } from "./hours.js";
import { overtakingFindings } from "./overtaking.js";
import { sourceFindings } from "./sources.js";
import { unprovedHoldFindings } from "./unproved-holds.js";
import { unusedFindings } from "./unused-definitions.js";
import { windowFindings } from "./windows.js";

/** All checks of a rulebook that loads. */

/** The severity of each finding, unless rules/check.json overrides it. */
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
  /** The most severe first, then by code. */
  readonly findings: readonly Weighed[];
  /** Findings that rules/check.json accepts, each with the reason. */
  readonly confirmed: readonly (Weighed & { readonly reason: string })[];
  readonly proofs: readonly Proof[];
}

/** `today` decides what is soon or past. Checks of future payments start on it. */
export function checkRulebook(rulebook: Rulebook, locate: Locate, today: Day): Report {
  const { severities, confirmed = [] } = rulebook.check ?? {};
  const context = contextOf(rulebook, locate, today);
  const { findings, proofs } = mergeResults([
    channelFindings(context),
    overtakingFindings(context),
    { findings: fileFindings(context), proofs: [] },
  ]);
  const reported = [...findings, ...staleConfirmations(context, confirmed, findings)].flatMap((one) =>
    applySeverity(one, severities),
  );
  return {
    findings: reported.filter((one) => confirmationOf(confirmed, one) === undefined).sort(bySeverity),
    confirmed: reported.flatMap((one) => {
      const reason = confirmationOf(confirmed, one)?.reason;
      return reason === undefined ? [] : [{ ...one, reason }];
    }),
    proofs,
  };
}

const fileFindings = (context: Context): Finding[] => [
  ...hoursFindings(context),
  ...coverageFindings(context),
  ...windowFindings(context),
  ...sourceFindings(context),
  ...unusedFindings(context),
  ...unprovedHoldFindings(context),
];

function applySeverity(one: Finding, severities: CheckFile["severities"]): Weighed[] {
  const severity = severities?.[one.code] ?? DEFAULT_SEVERITIES[one.code];
  return severity === "off" ? [] : [{ ...one, severity }];
}

const confirmationOf = (
  confirmed: readonly Confirmation[],
  { code, name }: Finding,
): Confirmation | undefined =>
  confirmed.find((one) => one.finding === code && matchesName(one.name, name ?? ""));

const matchesName = (pattern: string, name: string): boolean =>
  pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : pattern === name;

/** Reports confirmations without a finding: they would hide the next such finding. */
const staleConfirmations = (
  { locate }: Context,
  confirmed: readonly Confirmation[],
  findings: readonly Finding[],
): Finding[] =>
  confirmed
    .filter((one) => findings.every((found) => confirmationOf([one], found) === undefined))
    .map((one) =>
      finding(
        "confirms-nothing",
        one.name,
        locate(one),
        findingMessages.confirmsNothing(one.finding, one.name),
      ),
    );

const SEVERITY_ORDER = ["error", "warning", "info"];

const bySeverity = (one: Weighed, other: Weighed): number =>
  SEVERITY_ORDER.indexOf(one.severity) - SEVERITY_ORDER.indexOf(other.severity) ||
  (one.code < other.code ? -1 : Number(one.code > other.code));
