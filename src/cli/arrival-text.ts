import type { Arrival, Segment } from "../index.js";

/**
 * An answer as JSON, its keys in the order in which `Arrival` declares them, in about half the time of
 * `JSON.stringify`: only names are escaped, and each name only once, because all else is written by this program.
 */
export const arrivalText = (arrival: Arrival): string =>
  `${headText(arrival)},"timeline":[${arrival.timeline.map(segmentText).join(",")}]${tailText(arrival)}`;

/** The same without the timeline, which is not even looked at, because it is worked out when it is. */
export const arrivalTextWithoutTimeline = (arrival: Arrival): string => headText(arrival) + tailText(arrival);

const headText = ({ outcome, earliest, expected, latest, certainty, basis, rules }: Arrival): string =>
  `{"outcome":"${outcome}","earliest":"${earliest}","expected":"${expected}","latest":"${latest}",` +
  `"certainty":"${certainty}","basis":"${basis}","rules":${namesText(rules)}`;

function tailText({ version, sooner, retryAt }: Arrival): string {
  const told = `,"version":${nameText(version)}`;
  if (sooner === undefined && retryAt === undefined) return `${told}}`;
  const soonerText =
    sooner === undefined ? "" : `,"sooner":{"sendAt":"${sooner.sendAt}","expected":"${sooner.expected}"}`;
  return `${told}${soonerText}${retryAt === undefined ? "" : `,"retryAt":"${retryAt}"`}}`;
}

function segmentText({ from, to, system, cause, name, calendar, rule, milestone }: Segment): string {
  const systemText = system === undefined ? "" : `,"system":${nameText(system)}`;
  const named = name === undefined ? "" : `,"name":${nameText(name)}`;
  const calendarText = calendar === undefined ? "" : `,"calendar":${nameText(calendar)}`;
  const reached = milestone === undefined ? "" : `,"milestone":${nameText(milestone)}`;
  const told = `${systemText},"cause":"${cause}"${named}${calendarText},"rule":${nameText(rule)}${reached}`;
  return `{"from":"${from}","to":"${to}"${told}}`;
}

/** Names are those of a rulebook, so there are not many; one that is loaded anew may bring others. */
const NAMES_MAX = 10_000;
const escaped = new Map<string, string>();

function nameText(name: string): string {
  const known = escaped.get(name);
  if (known !== undefined) return known;
  if (escaped.size >= NAMES_MAX) escaped.clear();
  const text = JSON.stringify(name);
  escaped.set(name, text);
  return text;
}

const namesText = (names: readonly string[]): string => {
  const [only] = names;
  return names.length === 1 && only !== undefined
    ? `[${nameText(only)}]`
    : `[${names.map(nameText).join(",")}]`;
};
