import type { Sentence } from "./problem.js";
import { describeValue, quote, suggest, TYPE_NAMES } from "./wording.js";

const rangeOf = (minimum: number | undefined, maximum: number | undefined): string =>
  [minimum === undefined ? "" : `from ${minimum}`, maximum === undefined ? "" : `to ${maximum}`]
    .filter(Boolean)
    .join(" ");

/** Messages about facts and their values, in payments and in conditions. */
export const factMessages = {
  wrongType: (fact: string, type: string, value: unknown): Sentence => ({
    what: `${typeof value === "string" ? quote(JSON.stringify(value)) : describeValue(value)} is not ${TYPE_NAMES[type] ?? type}, which \`${fact}\` is`,
    help: `write ${TYPE_NAMES[type] ?? type}${type === "string" ? " in quotes" : ", without quotes"}`,
  }),
  notAValue: (fact: string, value: string, choices: readonly string[]): Sentence => ({
    what: `${quote(value)} is not a value of \`${fact}\``,
    help: suggest(value, choices),
  }),
  outOfRange: (fact: string, value: number, minimum?: number, maximum?: number): Sentence => ({
    what: `${quote(value)} is out of range for \`${fact}\``,
    help: `write a number ${rangeOf(minimum, maximum)}`,
  }),
  taken: (fact: string): Sentence => ({
    what: `\`${fact}\` is not a name that facts.json may give away`,
    help: "rename it: every payment or instant has one already",
  }),
  fixedType: (fact: string, type: string): Sentence => ({
    what: `\`${fact}\` is always ${TYPE_NAMES[type] ?? type}`,
    help: `write "type": "${type}"`,
  }),
};

const KINDS = "`all`, `any`, `not`, `condition`, or `fact` with `operator` and `value`";

/** Messages about condition trees. */
export const conditionMessages = {
  notAnObject: (value: unknown): Sentence => ({
    what: `${quote(value)} is not a condition`,
    help: `write an object with ${KINDS}`,
  }),
  noKind: (): Sentence => ({ what: "this condition says nothing", help: `give it one of ${KINDS}` }),
  severalKinds: (keys: readonly string[]): Sentence => ({
    what: `${keys.map(quote).join(" and ")} stand side by side, and only one would count`,
    help: 'nest them: { "all": [ { "any": [...] }, { "not": {...} } ] }',
  }),
  bareLeaf: (): Sentence => ({
    what: "a comparison cannot be the whole condition",
    help: 'put it into a list: { "all": [ ... ] }',
  }),
  notAList: (key: string, value: unknown): Sentence => ({
    what: `${quote(value)} is not a list, which \`${key}\` needs`,
    help: `write "${key}": [ ... ] with one condition or more`,
  }),
  emptyList: (key: string): Sentence => ({
    what: `an empty \`${key}\` would match every payment`,
    help: "put conditions into it, or leave `conditions` out where every payment is meant",
  }),
  notIsAList: (): Sentence => ({
    what: "`not` takes one condition, not a list",
    help: 'write "not": { "all": [ ... ] } or "not": { "any": [ ... ] }',
  }),
  notAName: (value: unknown): Sentence => ({
    what: `${quote(value)} is not the name of a condition`,
    help: "write the name of a condition of conditions.json",
  }),
  unknownKey: (key: string, choices: readonly string[]): Sentence => ({
    what: `${quote(key)} is not a key of a condition`,
    help: suggest(key, choices),
  }),
  refusedKey: (key: string): Sentence => ({
    what: `\`${key}\` of json-rules-engine is not used here`,
    help: {
      path: "declare the inner value as a fact of its own, as in `payer.bank`",
      params: "facts have no parameters: declare a fact for each case",
      priority: "comparisons have no order: leave it out",
    }[key] as string,
  }),
  notText: (key: string, value: unknown): Sentence => ({
    what: `${quote(value)} is not a text, which \`${key}\` is`,
    help: `write the name of ${key === "fact" ? "a fact" : "an operator"} in quotes`,
  }),
  missingKey: (key: string): Sentence => ({
    what: `\`${key}\` is missing`,
    help: "a comparison has `fact`, `operator` and `value`",
  }),
  unknownFact: (fact: unknown, choices: readonly string[]): Sentence => ({
    what: `there is no fact ${quote(fact)}`,
    help: `facts are declared in rules/facts.json; ${suggest(String(fact), choices)}`,
  }),
  unknownOperator: (operator: unknown, choices: readonly string[]): Sentence => ({
    what: `there is no operator ${quote(operator)}`,
    help: suggest(String(operator), choices),
  }),
  unknownDecorator: (decorator: string, choices: readonly string[]): Sentence => ({
    what: `there is no decorator ${quote(decorator)}`,
    help: suggest(decorator, choices),
  }),
  tooManyDecorators: (limit: number): Sentence => ({
    what: `more than ${limit} decorators on one operator`,
    help: "say it with `all`, `any` and `not`",
  }),
  unknownCondition: (name: string, choices: readonly string[]): Sentence => ({
    what: `there is no named condition ${quote(name)}`,
    help: `named conditions are declared in rules/conditions.json; ${suggest(name, choices)}`,
  }),
  cycle: (names: readonly string[]): Sentence => ({
    what: `${names.map(quote).join(" refers to ")}: these conditions go round in a circle`,
    help: "take one of the references out",
  }),
  tooDeep: (limit: number): Sentence => ({
    what: `more than ${limit} conditions in one another, named ones counted`,
    help: "flatten it",
  }),
  tooLarge: (limit: number): Sentence => ({
    what: `more than ${limit} conditions in one, named ones counted each time`,
    help: "name fewer conditions that name others",
  }),
  tooManyOfChannel: (size: number, limit: number): Sentence => ({
    what: `this channel tests ${size} conditions, those of windows and holds and named ones counted each time, more than ${limit}`,
    help: "split the channel, or name fewer conditions that name others",
  }),
  tooManyOfAll: (limit: number): Sentence => ({
    what: `with this channel all channels together test more than ${limit} conditions`,
    help: "write fewer conditions into windows and holds, which are tested on every channel",
  }),
  tooManyComparisons: (fact: string, comparisons: number, constants: number): Sentence => ({
    what: `this channel makes ${comparisons} comparisons of \`${fact}\` with ${constants} values, too many to tell payments apart by`,
    help: "split the channel, or let rules that do the same share one `in`; a list may have some thousand values",
  }),
  tooManyTimes: (times: number, limit: number): Sentence => ({
    what: `the conditions of this channel turn at ${times} times of day, more than ${limit}`,
    help: "let rules turn at the same times, or split the channel",
  }),
  wrongOperator: (operator: string, fact: string, type: string, choices: readonly string[]): Sentence => ({
    what: `\`${operator}\` does not compare \`${fact}\`, which is ${TYPE_NAMES[type] ?? `a ${type}`}`,
    help: `use one of ${choices.map(quote).join(", ")}`,
  }),
  listNeeded: (operator: string, value: unknown): Sentence => ({
    what: `${quote(value)} is not a list, which \`${operator}\` needs`,
    help: "write the values in square brackets",
  }),
  noListFact: (operator: string, fact: string): Sentence => ({
    what: `\`${operator}\` needs a list, and the fact \`${fact}\` is never one`,
    help: operator.includes("ontain") ? "use `equal` or `in`" : "write the values in square brackets",
  }),
  emptyValues: (operator: string): Sentence => ({
    what: `\`${operator}\` with an empty list never depends on the payment`,
    help: "put values into the list, or take the comparison out",
  }),
  pairNeeded: (value: unknown): Sentence => ({
    what: `${quote(value)} is not a range`,
    help: 'write [from, until], as in ["08:30", "17:00"]; `until` itself is outside',
  }),
  emptyRange: (from: string, until: string): Sentence => ({
    what: `the range from ${quote(from)} until ${quote(until)} is empty`,
    help: "let `from` be earlier; a range over midnight is `any` of two, one until 24:00 and one from 00:00",
  }),
  notADate: (value: unknown): Sentence => ({
    what: `${quote(value)} is not a date`,
    help: "write a day that exists as YYYY-MM-DD, as in `2026-02-14`",
  }),
  notATime: (value: unknown): Sentence => ({
    what: `${quote(value)} is not a time of day`,
    help: "write HH:MM between 00:00 and 24:00, as in `23:50`",
  }),
  notAFactReference: (): Sentence => ({
    what: "this value is an object, but not a reference to a fact",
    help: 'write { "fact": "name" } and nothing else, or a plain value',
  }),
  differentTypes: (fact: string, other: string): Sentence => ({
    what: `\`${fact}\` and \`${other}\` are of different types, and never equal`,
    help: "compare facts of one type",
  }),
  instantWithFact: (fact: string): Sentence => ({
    what: `\`${fact}\` is compared with another fact`,
    help: "dates and times are compared with values only: write the date or time itself",
  }),
  noCalendar: (fact: string, channels: readonly string[]): Sentence => ({
    what: `\`${fact}\` is read from the channel's calendar, and ${channels.map(quote).join(", ")} names none`,
    help: 'add "calendar" to the channel file, as in "calendar": "cn.statutory"; where that file is not yours, test `initiated.weekday`',
  }),
  refused: (message: string): Sentence => ({
    what: `json-rules-engine refuses this condition: ${message.replace(/\s+/g, " ")}`,
    help: `write an object with ${KINDS}`,
  }),
};

/** Messages about payments that match no rule, or two rules with equal priority. */
export const decisionMessages = {
  ambiguous: (one: string, other: string, priority: number): Sentence => ({
    what: `\`${one}\` and \`${other}\` both match this payment with priority ${priority}`,
    help: "give the rule that should decide a higher `priority`, or let their conditions exclude each other",
  }),
  noRule: (channel: string, misses: readonly { rule: string; failing: readonly string[] }[]): Sentence => ({
    what: `no rule of \`${channel}\` takes this payment`,
    help:
      misses.length === 0
        ? "there is no rule for this outcome: add one to the channel file"
        : `nearest: ${misses.map(({ rule, failing }) => `\`${rule}\` ${failing.join(" and ")}`).join("; ")}`,
  }),
  failed: (comparison: string, found: string | undefined): string =>
    `needs ${quote(comparison)}, found ${found === undefined ? "nothing" : quote(found)}`,
  mustNotHold: (condition: string): string => `needs that ${quote(condition)} does not hold`,
  notEffective: (from: string | undefined, until: string | undefined, date: string): string =>
    `applies ${[from && `from ${from}`, until && `until ${until}`].filter(Boolean).join(" ")}, found ${date}`,
};
