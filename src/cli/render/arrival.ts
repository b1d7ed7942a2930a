import type { Arrival, Payment, Timetable } from "../../index.js";
import { BOUNDS } from "../../model/bound.js";
import type { Rulebook } from "../../model/rulebook.js";
import { hang, padEnd, widest, wrap } from "./layout.js";
import { compactDuration, fullMoment, msBetween } from "./moments.js";
import type { Page } from "./page.js";
import { timelineLines } from "./timeline.js";

/** Prints an arrival: the answer, then its timeline, then its grounds. */
export function arrivalLines(timetable: Timetable, payment: Payment, arrival: Arrival, page: Page): string[] {
  const { rulebook } = timetable;
  const [headline = "", ...sentences] = timetable.explain(arrival, { locale: page.locale }).split("\n");
  const rows = timelineLines(arrival, rulebook, page);
  const zone = rulebook.channels[payment.channel]?.zone ?? "";
  return [
    ...wrap(headline).map((line) => page.colors.bold(line)),
    "",
    ...(rows.length === 0 ? [] : [page.colors.dim(page.words.timesIn(zone)), ...rows, ""]),
    ...groundLines(arrival, sentAt(payment), rulebook, page),
    "",
    ...sentences.flatMap((sentence) => wrap(sentence)),
  ];
}

const sentAt = ({ initiatedAt }: Payment): string => new Date(initiatedAt).toISOString();

/** The three instants, the deciding rules, and the certainty and basis if they are weak. */
function groundLines(arrival: Arrival, from: string, rulebook: Rulebook, page: Page): string[] {
  const { words } = page;
  const { certainty, basis } = arrival;
  const arrives = arrival.outcome !== "refused" || arrival.retryAt !== undefined;
  const rows = (arrives ? BOUNDS : []).map((bound): [string, string] => [
    words.bounds[bound],
    `${fullMoment(arrival[bound], words)}${elapsed(from, arrival[bound], page)}`,
  ]);
  if (certainty !== "official") rows.push([words.labels.certainty, words.certainty[certainty]]);
  if (basis !== "published") rows.push([words.labels.basis, words.basis[basis]]);
  arrival.rules.forEach((name, n) => {
    const title = titleOf(name, rulebook)?.[page.locale];
    rows.push([n === 0 ? words.labels.rules : "", title === undefined ? name : `${name}  ${title}`]);
  });
  const width = widest(rows.map(([label]) => label)) + 2;
  return rows.flatMap(([label, text]) => hang(page.colors.dim(padEnd(label, width)), text));
}

function elapsed(from: string, to: string, { words }: Page): string {
  const ms = msBetween(from, to);
  return ms > 0 ? `  ${words.after(compactDuration(ms, words))}` : "";
}

function titleOf(name: string, rulebook: Rulebook): { zh: string; en: string } | undefined {
  const rules = Object.values(rulebook.channels).flatMap((channel) => channel.rules);
  return [...rules, ...rulebook.holds, ...rulebook.windows].find((rule) => rule.name === name)?.title;
}
