import type { Arrival } from "../index.js";

/**
 * An answer without its timeline as JSON, its keys in the order in which `Arrival` declares them. The timeline is not
 * even looked at, because it is worked out when it is.
 */
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
