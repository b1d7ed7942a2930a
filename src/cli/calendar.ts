import type { Command } from "commander";
import { calendarMessages, cliMessages, QuestionError } from "../errors.js";
import { textsOf } from "../explain/text.js";
import type { Rulebook } from "../model/rulebook.js";
import { type CalendarYear, yearGridOf } from "./calendar-year.js";
import { type CommonOptions, withCommon } from "./options.js";
import { gridLines } from "./render/calendar-grid.js";
import { hang, padEnd, widest, wrap } from "./render/layout.js";
import { weekdayOfDate } from "./render/moments.js";
import type { Page } from "./render/page.js";
import type { Reply, RunCommand } from "./reply.js";

export function addCalendar(program: Command, runCommand: RunCommand): void {
  const command = program
    .command("calendar")
    .description("a year of a calendar, to look at")
    .argument("<id>", "the calendar, as in cn.hvps")
    .argument("<year>", "the year, as in 2026");
  withCommon(command).action((id: string, year: string, options: CommonOptions) =>
    runCommand(options, async (input) =>
      calendarReply((await input.timetable()).rulebook, id, parseYear(year)),
    ),
  );
}

function parseYear(text: string): number {
  const year = /^\d{4}$/.test(text) ? Number(text) : 0;
  if (year >= 1900 && year <= 2199) return year;
  throw new QuestionError("bad-time", "year", cliMessages.notAYear(text));
}

function calendarReply(rulebook: Rulebook, id: string, year: number): Reply {
  const { calendars } = rulebook;
  const file = Object.hasOwn(calendars, id) ? calendars[id] : undefined;
  if (file === undefined)
    throw new QuestionError(
      "outside-coverage",
      "calendar",
      calendarMessages.unknown(id, Object.keys(calendars)),
    );
  const grid = yearGridOf(calendars, file, year);
  return {
    json: grid.summary,
    lines: (page) => [
      ...headLines(grid.summary, page),
      "",
      ...gridLines(grid, page),
      "",
      ...footLines(grid.summary, rulebook, page),
    ],
  };
}

function headLines({ id, title, year, status, businessDays }: CalendarYear, page: Page): string[] {
  const { words, colors, locale } = page;
  return [
    colors.bold(`${id} ${year}  ${title[locale]}`),
    ...wrap(`${words.businessDays(businessDays)} · ${words.status[status]}`),
  ];
}

/** Holidays, make-up workdays and sources, each with its label. */
function footLines(summary: CalendarYear, rulebook: Rulebook, page: Page): string[] {
  const { words, colors } = page;
  const { holidays, makeup, sources } = words.labels;
  const width = widest([holidays, makeup, sources]) + 2;
  const block = (label: string, texts: readonly string[]): string[] =>
    texts.flatMap((text, n) => hang(colors.dim(padEnd(n === 0 ? label : "", width)), text));
  return [
    ...block(holidays, holidayTexts(summary, rulebook, page)),
    ...block(makeup, makeupTexts(summary, page)),
    ...block(sources, [...new Set(summary.sources.map(sourceText))]),
  ];
}

/** Five days on each line. */
function makeupTexts({ makeupDays }: CalendarYear, { words }: Page): string[] {
  const days = makeupDays.map((date) => `${date.slice(5)} ${weekdayOfDate(date, words)}`);
  const starts = days.map((_, n) => n).filter((n) => n % 5 === 0);
  return starts.map((start) => days.slice(start, start + 5).join("  "));
}

function holidayTexts({ holidays }: CalendarYear, rulebook: Rulebook, page: Page): string[] {
  const texts = textsOf(rulebook, page.locale);
  const spans = holidays.map(({ from, to, days }) => {
    const ends = from === to ? [from] : [from, to];
    const range = ends.map((date) => `${date.slice(5)} ${weekdayOfDate(date, page.words)}`).join(" – ");
    return { range, length: page.words.dayCount(days) };
  });
  const [rangeWidth, lengthWidth] = [
    widest(spans.map(({ range }) => range)) + 2,
    widest(spans.map(({ length }) => length)) + 2,
  ];
  return holidays.map(({ name }, n) => {
    const title = texts.has(`holiday.${name}`) ? texts.say(`holiday.${name}`) : name;
    const { range, length } = spans[n] as { range: string; length: string };
    return padEnd(range, rangeWidth) + padEnd(length, lengthWidth) + title;
  });
}

/** Leaves out the number if the title contains it. */
function sourceText({ title, number, published }: CalendarYear["sources"][number]): string {
  const parts = [title, title.includes(number ?? "") ? undefined : number, published];
  return parts.filter((part) => part !== undefined).join(", ");
}
