import type { Sentence } from "./problem.js";
import { describeValue, nearestChoices, quote, suggest } from "./wording.js";

const WRITE_INSTANT = "write ISO 8601 with an offset, as in `2026-02-13T23:00:00+08:00`";

/** Messages about amounts. */
export const amountMessages = {
  wrongType: (value: unknown): Sentence => ({
    what: `${describeValue(value)} is not an amount`,
    help: 'write a decimal text such as "1000.00", or a number',
  }),
  notFinite: (value: unknown): Sentence => ({
    what: `${quote(String(value))} is not a finite amount`,
    help: 'write a decimal text such as "1000.00"',
  }),
  negative: (value: unknown): Sentence => ({
    what: `${quote(value)} is negative`,
    help: "write how much is paid; a refund is a payment of its own",
  }),
  grouped: (value: string): Sentence => ({
    what: `${quote(value)} has commas in it`,
    help: `leave the commas out: ${quote(value.replaceAll(",", ""))}`,
  }),
  notDecimal: (value: string): Sentence => ({
    what: `${quote(value)} is not a decimal amount`,
    help: "write digits and at most one point, as in `1000.00`, without sign, unit or exponent",
  }),
  tooManyDigits: (value: unknown, limit: number): Sentence => ({
    what: `${quote(value)} has more than ${limit} significant digits and would be rounded`,
    help: `round it to ${limit} digits yourself`,
  }),
};

/** Messages about payments. */
export const paymentMessages = {
  notAPayment: (value: unknown): Sentence => ({
    what: `${describeValue(value)} is not a payment`,
    help: "give an object with `channel`, `amount` and `initiatedAt`",
  }),
  missing: (key: string): Sentence => ({
    what: `\`${key}\` is missing`,
    help: key === "amount" ? 'add it, as in "amount": "1000.00"' : `add it: ${WRITE_INSTANT}`,
  }),
  missingChannel: (channels: readonly string[]): Sentence => ({
    what: "`channel` is missing",
    help: suggest("", channels),
  }),
  unknownChannel: (channel: string, channels: readonly string[]): Sentence => {
    const near = nearestChoices(channel, channels);
    return {
      what: `there is no channel ${quote(channel)} among the ${channels.length} of the rulebook`,
      help:
        near.length === 0
          ? "run `daozhang channels` for a list"
          : `did you mean ${near.map(quote).join(" or ")}?`,
    };
  },
  unknownFact: (fact: string, facts: readonly string[]): Sentence => ({
    what: `there is no fact ${quote(fact)}`,
    help: suggest(fact, facts),
  }),
  notText: (key: string, value: unknown): Sentence => ({
    what: `${describeValue(value)} is not a text, which ${quote(key)} is`,
    help: "write a text in quotes",
  }),
  notAnObject: (key: string, value: unknown, parts: readonly string[]): Sentence => ({
    what: `${describeValue(value)} is not an object, which \`${key}\` is`,
    help: `write an object with ${parts.map(quote).join(", ") || "facts that facts.json declares"}`,
  }),
  notJson: (line: string, column: number | undefined, what: string | undefined): Sentence => ({
    what: `${quote(line)} is not JSON${what === undefined ? "" : `: at column ${column ?? 1}, ${what}`}`,
    help: 'write one payment a line, as in { "channel": "cn.hvps", "amount": "1000.00", "initiatedAt": "2026-02-13T23:00:00+08:00" }',
  }),
  notUtf8: (): Sentence => ({
    what: "the text of the payment is not UTF-8",
    help: "give its JSON in UTF-8",
  }),
  changing: (): Sentence => ({
    what: "the payment says something else each time it is read",
    help: "give a plain object, without getters",
  }),
  saidTwice: (fact: string, one: unknown, other: unknown): Sentence => ({
    what: `\`${fact}\` is said twice: ${describeValue(one)} and ${describeValue(other)}`,
    help: "say it once",
  }),
  badReferences: (value: unknown): Sentence => ({
    what: `${describeValue(value)} is not an object of references`,
    help: 'write texts by name, as in { "order": "4200001" }',
  }),
  notAnInstant: (value: unknown): Sentence => ({
    what: `${describeValue(value)} is not an instant`,
    help: `${WRITE_INSTANT}, or epoch milliseconds, or a Date`,
  }),
  notWholeMilliseconds: (value: number): Sentence => ({
    what: Number.isNaN(value)
      ? "this is an invalid date"
      : `${quote(String(value))} is not a whole number of milliseconds`,
    help: `${WRITE_INSTANT}, or whole epoch milliseconds`,
  }),
  badInstant: {
    form: (value: string): Sentence => ({ what: `${quote(value)} is not an instant`, help: WRITE_INSTANT }),
    "no-offset": (value: string): Sentence => ({
      what: `${quote(value)} has no offset, so it does not say when`,
      help: `say where: ${quote(`${value}+08:00`)} is that time in Shanghai`,
    }),
    "no-such-date": (value: string): Sentence => ({
      what: `${quote(value)} names a date that does not exist, or lies outside 1900 to 2199`,
      help: "look at the month's length and at leap years",
    }),
    "no-such-time": (value: string): Sentence => ({
      what: `${quote(value)} names a time or an offset that does not exist`,
      help: "times are 00:00:00 to 23:59:59.999, offsets at most 18:00",
    }),
    "out-of-range": (value: unknown): Sentence => ({
      what: `${quote(value)} lies outside 1900-01-02 to 2199-12-30, the days (UTC) that may be asked about`,
      help: "epoch times are in milliseconds, not in seconds or microseconds",
    }),
  },
};

/** Messages about the events of a payment. */
export const eventMessages = {
  notAList: (value: unknown): Sentence => ({
    what: `${describeValue(value)} is not a list of events`,
    help: 'give a list, as in [{ "at": "2026-02-24T10:00:00+08:00", "milestone": "settled" }]',
  }),
  notAnEvent: (value: unknown): Sentence => ({
    what: `${describeValue(value)} is not an event`,
    help: "write an object with `at` and one of `milestone`, `code`, `hold`, `release`",
  }),
  tooMany: (count: number, limit: number): Sentence => ({
    what: `${count} events are more than ${limit}`,
    help: "leave out what was reported again",
  }),
  oneKind: (found: readonly string[], kinds: readonly string[]): Sentence => ({
    what:
      found.length === 0
        ? "this event does not say what happened"
        : `${found.map(quote).join(" and ")} stand in one event`,
    help: `give each event exactly one of ${kinds.map(quote).join(", ")}`,
  }),
  unknownKey: (key: string, choices: readonly string[]): Sentence => ({
    what: `${quote(key)} is not a key of this event`,
    help: suggest(key, choices),
  }),
  notText: (key: string, value: unknown): Sentence => ({
    what: `${value === "" ? "an empty text" : describeValue(value)} is not a \`${key}\``,
    help: "write a text in quotes",
  }),
  unknownMilestone: (name: string, choices: readonly string[]): Sentence => ({
    what: `there is no milestone ${quote(name)}`,
    help: suggest(name, choices),
  }),
  unknownHold: (name: string, choices: readonly string[]): Sentence => ({
    what: `there is no hold ${quote(name)}`,
    help: `holds are declared in rules/holds.json; ${suggest(name, choices)}`,
  }),
  future: (): Sentence => ({
    what: "this lies after `now`",
    help: "ask with a later `now`, or leave out what has not happened yet",
  }),
  beforePayment: (): Sentence => ({
    what: "this lies before the payment's `initiatedAt`",
    help: "correct whichever of the two is wrong; clocks of different machines may differ",
  }),
  endsBefore: (): Sentence => ({
    what: "this lies before the event's own `at`",
    help: "give the later end, or leave `until` out",
  }),
};
