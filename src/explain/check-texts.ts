import { IntlMessageFormat } from "intl-messageformat";
import { type Problem, type Sentence, textSays } from "../errors.js";
import { pathText } from "../load/path.js";
import type { Locate } from "../model/place.js";
import type { Rulebook } from "../model/rulebook.js";

/**
 * Messages that could not be said: what is refused here would be an error while somebody waits for an answer. Every
 * branch of a message is looked at, also those that are hardly ever chosen.
 */

/** Longer ones are no sentences; it also bounds how deep a message can be nested. */
const LENGTH_MAX = 4000;

/** What stands for itself, and what counts. */
type Kind = "text" | "number";
type ArgumentKinds = Readonly<Record<string, Kind>>;

const texts = (...names: readonly string[]): ArgumentKinds =>
  Object.fromEntries(names.map((name) => [name, "text"]));

const ARRIVALS = texts("earliest", "expected", "latest");
const SEGMENT = texts("system", "name", "from", "to", "span", "duration");
const DATE: ArgumentKinds = { year: "text", month: "number", day: "number", weekday: "text" };
const VERDICT = texts("system", "expected", "latest", "deadline");
const NOTHING: ArgumentKinds = {};

/** What a sentence is given, by its key or what its key begins with; the first that fits counts. */
const ARGUMENTS: readonly (readonly [key: RegExp, ArgumentKinds])[] = [
  [/^date(\.year)?$/, DATE],
  [/^instant$/, texts("date", "time")],
  [/^span\.day$/, texts("from")],
  [/^span\.days$/, texts("from", "to")],
  [/^duration\./, { count: "number" }],
  [/^cause\.|^assessment\.waiting$/, SEGMENT],
  [/^arrival\.(credited|returned)(\.exact)?$/, ARRIVALS],
  [/^arrival\.refused$/, texts("reason", "retryAt", "expected")],
  [/^arrival\.refused\.never$/, texts("reason")],
  [/^arrival\.sooner$/, texts("sendAt", "expected")],
  [/^arrival\.patience$/, texts("latest")],
  [/^assessment\.anomalous$/, texts("overdue")],
  [/^assessment\.because$/, texts("reason")],
  [/^assessment\.code$/, texts("code", "meaning")],
  [/^assessment\.line$/, texts("from", "what")],
  [/^assessment\.now$/, texts("now")],
  [/^assessment\.next$/, texts("who", "action")],
  [/^assessment\.quote$/, texts("quote")],
  [/^assessment\.from$/, texts("from")],
  [/^assessment\.back$/, texts("expected", "latest")],
  [/^assessment\.due(\.held|\.now)?$/, texts("expected", "latest", "deadline")],
  [/^assessment\.(done|ended|check|open-incident)$/, texts("at")],
  [/^note\./, texts("at", "about")],
  [/^(arrival|assessment|who|status|holiday|system|code|list|quote)\./, NOTHING],
];

/** Every way in which a sentence is said, as what it is then given; none where nothing says it. */
function usesOf(key: string, { verdicts }: Rulebook): ArgumentKinds[] {
  const own = ARGUMENTS.find(([pattern]) => pattern.test(key))?.[1];
  const params = verdicts.map(({ event }) => event.params);
  return [
    ...(own === undefined ? [] : [own]),
    ...(params.some(({ reason }) => reason === key) ? [VERDICT] : []),
    ...(params.some(({ advice }) => advice.action === key) ? [NOTHING] : []),
  ];
}

/** Messages that are too long, do not parse, or ask for what they are not given. */
export function checkTexts(rulebook: Rulebook, locate: Locate): Problem[] {
  return Object.entries(rulebook.texts).flatMap(([locale, messages]) =>
    Object.entries(messages).flatMap(([key, message]) =>
      faultsOf(message, locale, usesOf(key, rulebook)).map((sentence) => ({
        ...locate(messages, pathText([key])),
        name: key,
        ...sentence,
      })),
    ),
  );
}

function faultsOf(message: string, locale: string, uses: readonly ArgumentKinds[]): Sentence[] {
  if (message.length > LENGTH_MAX) return [textSays.tooLong(message.length, LENGTH_MAX)];
  const parsed = parse(message, locale);
  if (typeof parsed === "string") return [textSays.unreadable(parsed)];
  const sentences = uses.flatMap((given) => parsed.flatMap((part) => partFaults(part, given)));
  return [...new Map(sentences.map((one) => [one.what, one])).values()];
}

/** The parts of a message, or the parser's words for what is wrong with it. */
function parse(message: string, locale: string): readonly Part[] | string {
  try {
    return new IntlMessageFormat(message, locale, undefined, { ignoreTag: true }).getAst();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

type Part = ReturnType<IntlMessageFormat["getAst"]>[number];

/** The kinds of parts, as intl-messageformat numbers them; a test holds them to that. */
const PART = {
  literal: 0,
  argument: 1,
  number: 2,
  date: 3,
  time: 4,
  select: 5,
  plural: 6,
  pound: 7,
} as const;

function partFaults(part: Part, given: ArgumentKinds): Sentence[] {
  const type: number = part.type;
  if (type === PART.literal || !("value" in part)) return [];
  const kind = Object.hasOwn(given, part.value) ? given[part.value] : undefined;
  if (kind === undefined) return [textSays.unknownArgument(part.value, Object.keys(given))];
  const inside =
    "options" in part
      ? Object.values(part.options).flatMap(({ value }) => value.flatMap((one) => partFaults(one, given)))
      : [];
  const plain = "style" in part && (part.style === null || part.style === undefined);
  const fits =
    type === PART.argument ||
    type === PART.select ||
    (kind === "number" && (type === PART.plural || (type === PART.number && plain)));
  return fits ? inside : [textSays.wrongArgument(part.value), ...inside];
}
