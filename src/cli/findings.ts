import type { Report, Weighed } from "../analyse/check.js";
import { formatProblem } from "../errors.js";
import { hang } from "./layout.js";
import type { Colors, Page } from "./reply.js";

/** The findings of `check`, so that the summary fits a screen. */

/** How many findings of one kind are told in full where not all are asked for. */
const TOLD = 2;

export function findingLines(report: Report, all: boolean, { words, colors }: Page): string[] {
  const told = report.findings.filter(({ severity }) => all || severity !== "info");
  const codes = [...new Set(told.map(({ code }) => code))];
  const lines = codes.flatMap((code) => {
    const list = told.filter((one) => one.code === code);
    const shown = all ? list : list.slice(0, TOLD);
    const left = list.length - shown.length;
    return [
      ...shown.flatMap((one) => oneFinding(one, all, colors)),
      ...(left > 0 ? [words.findings.more(code, left), ""] : []),
    ];
  });
  const confirmed = all ? report.confirmed.map((one) => `${one.code}  ${one.name}: ${one.reason}`) : [];
  return [
    ...lines,
    ...(confirmed.length > 0 ? [words.findings.confirmed, ...confirmed.map((line) => `  ${line}`), ""] : []),
  ];
}

function oneFinding(one: Weighed, all: boolean, colors: Colors): string[] {
  const [head = "", ...rest] = formatProblem(one).split("\n");
  const said = rest.flatMap((line) => hang("  ", line.trimStart()));
  const color =
    one.severity === "error" ? colors.red : one.severity === "warning" ? colors.yellow : colors.dim;
  return [
    `${color(`${one.severity} ${one.code}`)}${one.outcome === "undecided" && one.code !== "undecided" ? " (undecided)" : ""}  ${colors.bold(head)}`,
    ...said,
    ...(one.witness === undefined ? [] : [`  ${JSON.stringify(one.witness)}`]),
    ...(one.remedy !== undefined && all ? [`  ${one.remedy.where}: ${JSON.stringify(one.remedy.json)}`] : []),
    "",
  ];
}

/** How many findings there are of each weight, and what was proved. */
export const tally = (report: Report) => {
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
