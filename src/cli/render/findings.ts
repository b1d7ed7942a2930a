import type { Report, Weighed } from "../../analyse/check.js";
import { formatProblem } from "../../errors.js";
import { hang } from "./layout.js";
import type { Colors, Page } from "./page.js";

/** Findings of one kind that are printed without `--all`. */
const SHOWN = 2;

/** Prints the findings of `check` by kind, and their number if there are many. */
export function findingLines(report: Report, all: boolean, { words, colors }: Page): string[] {
  const listed = report.findings.filter(({ severity }) => all || severity !== "info");
  const codes = [...new Set(listed.map(({ code }) => code))];
  const lines = codes.flatMap((code) => {
    const list = listed.filter((one) => one.code === code);
    const shown = all ? list : list.slice(0, SHOWN);
    const hidden = list.length - shown.length;
    return [
      ...shown.flatMap((one) => singleFindingLines(one, all, colors)),
      ...(hidden > 0 ? [words.findings.more(code, hidden), ""] : []),
    ];
  });
  const confirmed = all ? report.confirmed.map((one) => `${one.code}  ${one.name}: ${one.reason}`) : [];
  return [
    ...lines,
    ...(confirmed.length > 0 ? [words.findings.confirmed, ...confirmed.map((line) => `  ${line}`), ""] : []),
  ];
}

function singleFindingLines(one: Weighed, all: boolean, colors: Colors): string[] {
  const [head = "", ...rest] = formatProblem(one).split("\n");
  const body = rest.flatMap((line) => hang("  ", line.trimStart()));
  const color =
    one.severity === "error" ? colors.red : one.severity === "warning" ? colors.yellow : colors.dim;
  return [
    `${color(`${one.severity} ${one.code}`)}${one.outcome === "undecided" && one.code !== "undecided" ? " (undecided)" : ""}  ${colors.bold(head)}`,
    ...body,
    ...(one.witness === undefined ? [] : [`  ${JSON.stringify(one.witness)}`]),
    ...(one.remedy !== undefined && all ? [`  ${one.remedy.where}: ${JSON.stringify(one.remedy.json)}`] : []),
    "",
  ];
}

/** Counts findings by severity, confirmed findings and proofs. */
export const countFindings = (report: Report) => {
  const count = (severity: Weighed["severity"]): number =>
    report.findings.filter((one) => one.severity === severity).length;
  return {
    errors: count("error"),
    warnings: count("warning"),
    infos: count("info"),
    confirmed: report.confirmed.length,
    proofs: report.proofs.length,
  };
};
