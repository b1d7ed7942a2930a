import { QuestionError, type Sentence } from "./problem.js";
import { describeValue, quote, suggest } from "./wording.js";

/** Errors about opening hours and local times outside coverage. */
export const outsideCoverage = {
  noHours: (system: string, date: string, nextEra: string | undefined): QuestionError =>
    new QuestionError("outside-coverage", `systems.${system}`, {
      what: `the hours of \`${system}\` are not known for ${date}`,
      help: `add an era of hours for that date to rules/systems.json${nextEra === undefined ? "" : `; the next known one begins on ${nextEra}`}`,
    }),
  noLocalTime: (zone: string): QuestionError =>
    new QuestionError("outside-coverage", `zone ${zone}`, {
      what: "the question leads beyond 1900 to 2199, the years whose local times are told",
      help: "look for a duration, a lag or a window that is far too long",
    }),
};

export const neverOpens = (system: string): QuestionError =>
  new QuestionError("outside-coverage", `systems.${system}`, {
    what: `\`${system}\` does not open within sight`,
    help: "look for windows of rules/maintenance and rules/incidents that follow one another without a gap",
  });

/** The error for an arrival after the last supported day. */
export const arrivesTooLate = (rule: string, lastDay: string): QuestionError =>
  new QuestionError("outside-coverage", `rules.${rule}`, {
    what: `by \`${rule}\` the money would arrive after ${lastDay}, the last day that can be told`,
    help: "look for durations and windows that are far too long",
  });

/** Messages about queries over too long a time. */
export const spanMessages = {
  tooLong: (days: number, limit: number): Sentence => ({
    what: `${days} days lie between \`from\` and \`to\`, more than ${limit}`,
    help: "ask for a shorter time, or several times",
  }),
  tooManyPieces: (limit: number): Sentence => ({
    what: `the profile has more than ${limit} pieces`,
    help: "ask for a shorter time, or several times",
  }),
  noSendWithin: (limit: number): Sentence => ({
    what: `no payment sent in the ${limit} days before it makes it, and no earlier one is looked at`,
    help: "ask with a later `initiatedAt`, or an earlier `by`",
  }),
};

export const unknownBound = (bound: unknown): QuestionError =>
  new QuestionError("bad-payment", "bound", {
    what: `${describeValue(bound)} is not a bound that can be kept`,
    help: "choose `expected` or `latest`",
  });

/** Messages about the examples of a channel. */
export const exampleMessages = {
  differs: (key: string, wanted: string, got: string | undefined): Sentence => ({
    what: `the example wants \`${key}\` to be \`${wanted}\`, but the rules give ${got === undefined ? "none" : `\`${got}\``}`,
    help: "correct the rule, or the example where the rule is right; an answer that was right until a later notice keeps it with `asOf`",
  }),
  unanswered: (code: string, { what, help }: Sentence, layer: string | undefined): Sentence => ({
    what: `${layer === undefined ? "the example" : `an example of ${layer}`} has no answer (${code}): ${what}`,
    help,
  }),
  differsBelow: (
    key: string,
    wanted: string,
    got: string | undefined,
    layer: string,
    names: readonly string[],
  ): Sentence => ({
    what: `an example of ${layer} wants \`${key}\` to be \`${wanted}\`, but with your files the rules give ${got === undefined ? "none" : `\`${got}\``}`,
    help: `if that is meant, name ${names.map(quote).join(" or ")} in \`without.examples\` of rulebook.json and add examples of yours`,
  }),
  missing: (rule: string): Sentence => ({
    what: `no example is decided by \`${rule}\``,
    help: "add an example whose `expect.rule` is this rule: one on each side of every boundary that it has",
  }),
};

/** Messages about the sentences of rules/texts. */
export const textMessages = {
  unreadable: (fault: string): Sentence => ({
    what: `the message is not ICU MessageFormat: ${fault.toLowerCase()}`,
    help: "balance the braces, and quote a brace that is meant as text with apostrophes as in `'{'`",
  }),
  tooLong: (length: number, limit: number): Sentence => ({
    what: `this message has ${length} characters, more than ${limit}`,
    help: "say it in fewer words",
  }),
  unknownArgument: (name: string, choices: readonly string[]): Sentence => ({
    what: `this sentence is given no ${quote(name)}`,
    help: choices.length === 0 ? "leave it out: the sentence is given nothing" : suggest(name, choices),
  }),
  wrongArgument: (name: string): Sentence => ({
    what: `${quote(name)} cannot be formatted in this way`,
    help: "instants and names come as texts: write the name alone, or use `select`; only counts have `plural`",
  }),
};

/** Messages about verdicts.json and reasons.json, and about missing verdicts. */
export const verdictMessages = {
  nowBeforePayment: (): Sentence => ({
    what: "`now` lies before the payment's `initiatedAt`",
    help: "ask with a `now` at or after it",
  }),
  ambiguous: (one: string, other: string, priority: number): Sentence => ({
    what: `\`${one}\` and \`${other}\` both judge this delay with priority ${priority}`,
    help: "give the rule that should decide a higher `priority`, or let their conditions exclude each other",
  }),
  noVerdict: (phase: string): Sentence => ({
    what: `no rule of verdicts.json judges this delay in the phase \`${phase}\``,
    help: `add a rule of low priority whose only condition is that \`assessment.phase\` equals \`${phase}\``,
  }),
  noCatchAll: (phase: string): Sentence => ({
    what: `no rule judges every delay in the phase \`${phase}\``,
    help: `add a rule of low priority whose only condition is that \`assessment.phase\` equals \`${phase}\``,
  }),
  noText: (key: string, locale: string, choices: readonly string[]): Sentence => ({
    what: `there is no text ${quote(key)} in \`${locale}\``,
    help: `add it to rules/texts/${locale}.json; ${suggest(key, choices)}`,
  }),
  tooManyMinutes: (count: number, limit: number): Sentence => ({
    what: `verdicts turn at ${count} numbers of minutes, more than ${limit}`,
    help: "compare `assessment.overdueMinutes` with fewer numbers",
  }),
  effectNeeds: (effect: string, key: string): Sentence => ({
    what: `the effect \`${effect}\` needs \`${key}\``,
    help: `add ${quote(key)}`,
  }),
  besideEffect: (effect: string, key: string): Sentence => ({
    what: `\`${key}\` stands beside the effect \`${effect}\`, which has none`,
    help: `remove it, or let \`effect\` be \`${key}\``,
  }),
  unknownHold: (name: string, choices: readonly string[]): Sentence => ({
    what: `there is no hold ${quote(name)}`,
    help: `holds are declared in rules/holds.json; ${suggest(name, choices)}`,
  }),
};
