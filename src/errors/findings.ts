import type { Sentence } from "./problem.js";
import { describeValue, quote } from "./wording.js";

/** Messages of the findings of `check`. */
export const findingMessages = {
  notAToday: (value: unknown): Sentence => ({
    what: `${describeValue(value)} is not a day of the calendar`,
    help: "write a day that exists as YYYY-MM-DD",
  }),
  tie: (one: string, other: string, priority: number): Sentence => ({
    what: `\`${one}\` and \`${other}\` can both match a payment with priority ${priority}`,
    help: "give the rule that should decide a higher `priority`, or let their conditions exclude each other",
  }),
  tieUnsettled: (one: string, other: string, priority: number): Sentence => ({
    what: `\`${one}\` and \`${other}\` may both match a payment with priority ${priority}, sent on a day whose kind the calendar does not know`,
    help: "give the rule that should decide a higher `priority`, or extend the calendar to their days",
  }),
  neverMatches: (rule: string, certain: boolean): Sentence => ({
    what: certain ? `no payment can match \`${rule}\`` : `no payment was found that matches \`${rule}\``,
    help: "look for conditions that contradict each other, its period among them; correct or remove the rule",
  }),
  shadowed: (rule: string, by: readonly string[], certain: boolean): Sentence => ({
    what: `\`${rule}\` ${certain ? "never decides" : "was not found to decide anything"}: wherever it matches, ${by.map(quote).join(" or ")} has a higher priority`,
    help: "raise its `priority`, narrow the conditions of the other, or remove it",
  }),
  duplicate: (rule: string, first: string): Sentence => ({
    what: `\`${rule}\` does the same as \`${first}\``,
    help: "keep one of the two",
  }),
  gap: (channel: string, limits: readonly string[]): Sentence => ({
    what: `no rule of \`${channel}\` takes ${limits.length === 0 ? "any payment" : `payments with ${limits.join(" and ")}`}`,
    help: "add a rule for them, or an example with `expect.error` `no-rule` where that is meant",
  }),
  gapUnsettled: (channel: string): Sentence => ({
    what: `perhaps no rule of \`${channel}\` takes some payments that are sent on days whose kind the calendar does not know`,
    help: "let a rule take such days whatever their kind, or extend the calendar to them",
  }),
  tooManyCells: (channel: string, cells: number, most: number): Sentence => ({
    what: `\`${channel}\` tells ${cells} kinds of payments apart, more than the ${most} that are looked at`,
    help: "split the channel, or test fewer facts in one channel",
  }),
  comparesFacts: (channel: string, comparisons: readonly string[]): Sentence => ({
    what: `\`${channel}\` compares facts with each other (${comparisons.map(quote).join(", ")}), so nothing is proved of it`,
    help: "compare with constants where that will do; what was found all the same is told",
  }),
  sooner: (
    rule: string,
    later: string,
    {
      sent,
      arrives,
      laterSent,
      laterArrives,
    }: Readonly<Record<"sent" | "arrives" | "laterSent" | "laterArrives", string>>,
  ): Sentence => ({
    what: `sent ${sent} (\`${rule}\`) it arrives ${arrives}, but sent later, ${laterSent} (\`${later}\`), it arrives sooner, ${laterArrives}`,
    help: "correct the slower rule, or confirm in rules/check.json that this is meant",
  }),
  soonerUndecided: (channel: string, combinations: number | undefined): Sentence => ({
    what: `whether sending later arrives sooner is not known of all payments of \`${channel}\`${combinations === undefined ? ", which compares facts with each other" : `: it tells ${combinations} combinations of facts apart`}`,
    help: "compare with constants, or test fewer facts in one channel",
  }),
  hoursGap: (system: string, from: string, until: string | undefined): Sentence => ({
    what: `the hours of \`${system}\` are not known from ${from}${until === undefined ? " on" : ` until ${until}`}`,
    help: "let the era before it end later, or add the era that is missing",
  }),
  hoursOverlap: (system: string, from: string, until: string | undefined): Sentence => ({
    what: `two eras of the hours of \`${system}\` hold at once${from === "" ? "" : ` from ${from}`}${until !== undefined ? ` until ${until}` : from === "" ? "" : " on"}: the one that begins first counts`,
    help: "let the earlier era's `effective.until` be the later one's `effective.from`",
  }),
  calendarYear: (id: string, year: number): Sentence => ({
    what: `calendar \`${id}\` has notices of its own, but none for ${year}`,
    help: "add the notice of that year, with empty lists where it names no days",
  }),
  coverageEnds: (id: string, until: string, file: string): Sentence => ({
    what: `calendar \`${id}\` ends on ${until}, and payments of these days ask beyond it`,
    help: `add the next year's notice to calendars/${file}.json`,
  }),
  projectionBegins: (id: string, official: string, until: string, file: string): Sentence => ({
    what: `calendar \`${id}\` is official until ${official} and projected until ${until}`,
    help: `add the next year's notice to calendars/${file}.json when it is published`,
  }),
  windowPast: (name: string, end: string): Sentence => ({
    what: `\`${name}\` was over on ${end}`,
    help: "move it to an archive, unless payments of that time are still asked about",
  }),
  undated: (name: string, titles: readonly string[]): Sentence => ({
    what: `${titles.length === 1 ? "a source" : `${titles.length} sources`} of \`${name}\` ${titles.length === 1 ? "has" : "have"} no date: ${titles.map(quote).join(", ")}`,
    help: "add `published` where the date can be found",
  }),
  unused: (kind: string, name: string): Sentence => ({
    what: `nothing uses the ${kind} \`${name}\``,
    help: "remove it, or use it",
  }),
  unproved: (name: string): Sentence => ({
    what: `no example of any channel meets the hold \`${name}\``,
    help: "add an example of a payment that it holds, and one of a payment that it does not",
  }),
  confirmsNothing: (code: string, name: string): Sentence => ({
    what: `there is no finding \`${code}\` of ${quote(name)} to confirm any more`,
    help: "remove the confirmation",
  }),
};
