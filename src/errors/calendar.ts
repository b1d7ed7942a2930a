import type { Sentence } from "./problem.js";
import { quote, suggest } from "./wording.js";

/** Messages about calendars. */
export const calendarMessages = {
  unknown: (id: string, known: readonly string[]): Sentence => ({
    what: `there is no calendar ${quote(id)}`,
    help: suggest(id, known),
  }),
  beforeCoverage: (id: string, from: string, file: string): Sentence => ({
    what: `the question goes back before ${from}, the first day that calendar \`${id}\` knows`,
    help: `ask about a later day, or extend \`coverage.from\` and \`years\` of calendars/${file}.json`,
  }),
  afterCoverage: (id: string, until: string, file: string): Sentence => ({
    what: `the question goes beyond ${until}: calendar \`${id}\` is known until ${until}`,
    help: `add the next year's notice to calendars/${file}.json, or give it a \`projection\``,
  }),
  afterProjection: (id: string, until: string, file: string): Sentence => ({
    what: `the question goes beyond ${until}: calendar \`${id}\` is projected until ${until}`,
    help: `add the next year's notice to calendars/${file}.json, or move its \`projection.until\``,
  }),
  notListed: (country: string, name: string, year: number): Sentence => ({
    what: `date-holidays lists no \`${name}\` of \`${country}\` in ${year}, so that year cannot be projected`,
    help: "correct the block's `listedAs`, or let `projection.until` end before that year",
  }),
  noLibrary: (): Sentence => ({
    what: "the calendar needs date-holidays here, and `daozhang/core` was given none",
    help: "call `provideHolidays` with the class of date-holidays, or list the days in the calendar",
  }),
  noList: (country: string, year: number): Sentence => ({
    what: `date-holidays lists no holidays of \`${country}\` in ${year}`,
    help: "correct `country` in `holidaysFrom` or `projection`; it is a code of two letters, as in `CN`",
  }),
  unknownZone: (zone: string): Sentence => ({
    what: `${quote(zone)} is not a known time zone`,
    help: "write an IANA name, as in `Asia/Shanghai`",
  }),
  extendsItself: (way: readonly string[]): Sentence => ({
    what: `this calendar extends itself: ${way.map(quote).join(" extends ")}`,
    help: "take one `extends` of that circle away",
  }),
  extendsTooMany: (limit: number): Sentence => ({
    what: `this calendar extends more than ${limit} others, one through another`,
    help: "let it extend one of the last ones",
  }),
  tooManyYears: (years: number, how: string, limit: number): Sentence => ({
    what: `${years} years are ${how}, more than ${limit}`,
    help: "let there be fewer: nobody knows the holidays of a year so far away",
  }),
  tooLong: (from: string, to: string, limit: number): Sentence => ({
    what: `\`${from}\` to \`${to}\` is longer than ${limit} days`,
    help: "correct the date that is mistyped, or write several holidays",
  }),
  noCoverage: (): Sentence => ({
    what: "neither this calendar nor one that it extends says what it covers",
    help: 'add `coverage` with the first and the last day that is known, as in { "from": "2024-01-01", "to": "2026-12-31" }',
  }),
  noSuchDay: (text: string): Sentence => ({
    what: `${quote(text)} is not a day of the calendar`,
    help: "write a day that exists as YYYY-MM-DD",
  }),
  reversed: (from: string, to: string): Sentence => ({
    what: `\`${from}\` to \`${to}\` ends before it begins`,
    help: "swap `from` and `to`, or correct the one that is mistyped",
  }),
  yearMissing: (year: number, coverage: { from: string; to: string }): Sentence => ({
    what: `the coverage is ${coverage.from} to ${coverage.to}, but \`years\` has no \`${year}\``,
    help: `add the notice of ${year}, with empty lists where it names no days, or shorten the coverage`,
  }),
  yearOutside: (year: string, coverage: { from: string; to: string }): Sentence => ({
    what: `the notice of ${year} lies outside the coverage, ${coverage.from} to ${coverage.to}, so its days do not count as official`,
    help: `extend the coverage, as in \`"to": "${year}-12-31"\``,
  }),
  notOfTheYear: (date: string, year: number): Sentence => ({
    what: `\`${date}\` lies neither in ${year} nor in the December before`,
    help: "correct the date, or move it to the notice of its own year",
  }),
  holidayAndWorkday: (date: string, name: string): Sentence => ({
    what: `\`${date}\` is a workday and lies in the holiday \`${name}\` of the same notice`,
    help: "keep it in one of the two",
  }),
  makeupOnWeekday: (date: string, weekday: string): Sentence => ({
    what: `\`${date}\` is a ${weekday}, and a make-up workday is a weekend day`,
    help: "correct the date; where a later notice reopens a closed weekday, write it into `amendments`",
  }),
  openAlready: (date: string, weekday: string): Sentence => ({
    what: `\`${date}\` is a ${weekday} that is open already`,
    help: "correct the date, or leave it out: an amendment opens weekend days and closed weekdays",
  }),
  noWeekendWork: (date: string): Sentence => ({
    what: `\`${date}\` is a weekend day, and \`weekendWork\` is false`,
    help: "leave the date out, or take `weekendWork` away",
  }),
  notConserved: (year: number, closed: number, worked: number, law: number): Sentence => ({
    what: `the notice of ${year} closes ${closed} weekdays and works ${worked} weekend days, which leaves ${closed - worked} days off; the law gives ${law}`,
    help: "compare every date with the notice; a day that was added later belongs in `amendments`",
  }),
};
