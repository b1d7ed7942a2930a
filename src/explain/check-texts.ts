import { IntlMessageFormat } from "intl-messageformat";
import { type Problem, type Sentence, textMessages } from "../errors.js";
import { pathText } from "../load/path.js";
import type { Locate } from "../model/place.js";
import type { Rulebook } from "../model/rulebook.js";

/**
 * Finds messages that would fail when they are formatted, so that they fail when rules are loaded and not when a
 * question is answered. Every branch of a message is checked, rare ones too.
 */

/** Characters. Bounds the nesting of a message as well. */
const LENGTH_MAX = 4000;

/** `number` arguments may select a plural or be formatted as a number. */
type ArgumentKind = "text" | "number";
type ArgumentKinds = Readonly<Record<string, ArgumentKind>>;

const texts = (...names: readonly string[]): ArgumentKinds =>
  Object.fromEntries(names.map((name) => [name, "text"]));

const ARRIVALS = texts("earliest", "expected", "latest");
const SEGMENT = texts("system", "name", "from", "to", "span", "duration");
const DATE: ArgumentKinds = { year: "text", month: "number", day: "number", weekday: "text" };
const VERDICT = texts("system", "expected", "latest", "deadline");
const NOTHING: ArgumentKinds = {};

/** The arguments of messages by key; the first pattern that matches counts. */
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

/** The arguments of each use of a message. Verdict rules use messages by any key. Empty for an unused message. */
function usesOf(key: string, { verdicts }: Rulebook): ArgumentKinds[] {
  const listed = ARGUMENTS.find(([pattern]) => pattern.test(key))?.[1];
  const params = verdicts.map(({ event }) => event.params);
  return [
    ...(listed === undefined ? [] : [listed]),
    ...(params.some(({ reason }) => reason === key) ? [VERDICT] : []),
    ...(params.some(({ advice }) => advice.action === key) ? [NOTHING] : []),
  ];
}

/** Problems of messages that are too long, do not parse, or use arguments that they do not get. */
export function checkTexts(rulebook: Rulebook, locate: Locate): Problem[] {
  return Object.entries(rulebook.texts).flatMap(([locale, messages]) =>
    Object.entries(messages).flatMap(([key, message]) =>
      messageProblems(message, locale, usesOf(key, rulebook)).map((sentence) => ({
        ...locate(messages, pathText([key])),
        name: key,
        ...sentence,
      })),
    ),
  );
}

function messageProblems(message: string, locale: string, uses: readonly ArgumentKinds[]): Sentence[] {
  if (message.length > LENGTH_MAX) return [textMessages.tooLong(message.length, LENGTH_MAX)];
  const parsed = parse(message, locale);
  if (typeof parsed === "string") return [textMessages.unreadable(parsed)];
  const sentences = uses.flatMap((given) => parsed.flatMap((part) => partProblems(part, given)));
  return [...new Map(sentences.map((one) => [one.what, one])).values()];
}

/** The parts of a message, or the parser's error message. */
function parse(message: string, locale: string): readonly Part[] | string {
  try {
    return new IntlMessageFormat(message, locale, undefined, { ignoreTag: true }).getAst();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

type Part = ReturnType<IntlMessageFormat["getAst"]>[number];

/** The part types of intl-messageformat. A test compares them with the library. */
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

function partProblems(part: Part, given: ArgumentKinds): Sentence[] {
  const type: number = part.type;
  if (type === PART.literal || !("value" in part)) return [];
  const kind = Object.hasOwn(given, part.value) ? given[part.value] : undefined;
  if (kind === undefined) return [textMessages.unknownArgument(part.value, Object.keys(given))];
  const inside =
    "options" in part
      ? Object.values(part.options).flatMap(({ value }) => value.flatMap((one) => partProblems(one, given)))
      : [];
  const plain = "style" in part && (part.style === null || part.style === undefined);
  const fits =
    type === PART.argument ||
    type === PART.select ||
    (kind === "number" && (type === PART.plural || (type === PART.number && plain)));
  return fits ? inside : [textMessages.wrongArgument(part.value), ...inside];
}
