import type { Command } from "commander";
import { dateOfToday, endingLines } from "./endings.js";
import { wrap } from "./layout.js";
import { type CommonOptions, withCommon } from "./options.js";
import type { Ask, Page } from "./reply.js";
import { whenReply } from "./when.js";
import type { Words } from "./words.js";

/** The two payments of the opening example: one at the day cut before Spring Festival, one a millisecond before. */
const CHAPTERS: readonly { said: keyof Words["story"]; at: string }[] = [
  { said: "late", at: "2026-02-13T23:00:00+08:00" },
  { said: "inTime", at: "2026-02-13T22:59:59.999+08:00" },
];

interface StoryOptions extends CommonOptions {
  readonly today?: string;
}

export function addStory(program: Command, ask: Ask): void {
  withCommon(
    program
      .command("story")
      .description("the opening example: two payments, one millisecond apart")
      .option("--today <date>", "the day to look ahead from (default: today)"),
  ).action(({ today = dateOfToday(), ...options }: StoryOptions) =>
    ask(options, async (input) => {
      const timetable = await input.timetable();
      const told = CHAPTERS.map(({ said, at }) => ({
        ...{ said, at },
        reply: whenReply(timetable, {
          channel: "cn.acquiring",
          settlement: "t1",
          amount: "1000",
          initiatedAt: at,
        }),
      }));
      return {
        json: told.map(({ reply }) => reply.json),
        lines: (page) => [
          ...told.flatMap(({ said, at, reply }, n) => [
            ...(n === 0 ? [] : ["", ""]),
            ...chapterHead(page, said, at),
            "",
            ...reply.lines(page),
          ]),
          ...after("", endingLines(timetable, today, page)),
        ],
      };
    }),
  );
}

const after = (before: string, lines: string[]): string[] => (lines.length === 0 ? [] : [before, ...lines]);

function chapterHead({ words, colors }: Page, said: keyof Words["story"], at: string): string[] {
  const command = [
    "npx daozhang when --channel cn.acquiring --fact settlement=t1",
    `--amount 1000 --at ${at}`,
  ];
  return [
    ...wrap(words.story[said]),
    "",
    ...command.map((part, n) => colors.dim(n === 0 ? `  $ ${part} \\` : `      ${part}`)),
  ];
}
