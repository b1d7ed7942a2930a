import type { Command } from "commander";
import { currentDate } from "./clock.js";
import { type CommonOptions, withCommon } from "./options.js";
import { expiryLines } from "./render/calendar-expiry.js";
import { wrap } from "./render/layout.js";
import type { Page } from "./render/page.js";
import type { RunCommand } from "./reply.js";
import { whenReply } from "./when.js";
import type { Words } from "./words/words.js";

/** Two payments before Spring Festival: one at the daily cutoff, one a millisecond earlier. */
const SCENES: readonly { title: keyof Words["story"]; at: string }[] = [
  { title: "late", at: "2026-02-13T23:00:00+08:00" },
  { title: "inTime", at: "2026-02-13T22:59:59.999+08:00" },
];

interface StoryOptions extends CommonOptions {
  readonly today?: string;
}

export function addStory(program: Command, runCommand: RunCommand): void {
  withCommon(
    program
      .command("story")
      .description("the opening example: two payments, one millisecond apart")
      .option("--today <date>", "the day to look ahead from (default: today)"),
  ).action(({ today = currentDate(), ...options }: StoryOptions) =>
    runCommand(options, async (input) => {
      const timetable = await input.timetable();
      const scenes = SCENES.map(({ title, at }) => ({
        ...{ title, at },
        reply: whenReply(timetable, {
          channel: "cn.acquiring",
          settlement: "t1",
          amount: "1000",
          initiatedAt: at,
        }),
      }));
      return {
        json: scenes.map(({ reply }) => reply.json),
        lines: (page) => [
          ...scenes.flatMap(({ title, at, reply }, n) => [
            ...(n === 0 ? [] : ["", ""]),
            ...sceneHead(page, title, at),
            "",
            ...reply.lines(page),
          ]),
          ...precededBy("", expiryLines(timetable, today, page)),
        ],
      };
    }),
  );
}

const precededBy = (head: string, lines: string[]): string[] => (lines.length === 0 ? [] : [head, ...lines]);

function sceneHead({ words, colors }: Page, title: keyof Words["story"], at: string): string[] {
  const command = [
    "npx daozhang when --channel cn.acquiring --fact settlement=t1",
    `--amount 1000 --at ${at}`,
  ];
  return [
    ...wrap(words.story[title]),
    "",
    ...command.map((part, n) => colors.dim(n === 0 ? `  $ ${part} \\` : `      ${part}`)),
  ];
}
