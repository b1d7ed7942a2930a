import type { Command } from "commander";
import { RulebookError, type Timetable } from "../index.js";
import { dateOfToday, endingLines } from "./endings.js";
import { findingLines, tally } from "./findings.js";
import { layerLines } from "./layers.js";
import { type CommonOptions, withCommon } from "./options.js";
import { type Ask, EXIT, problemLines, type Reply } from "./reply.js";
import type { Counts } from "./words.js";

interface CheckOptions extends CommonOptions {
  readonly today?: string;
  readonly all?: true;
}

export function addCheck(program: Command, ask: Ask): void {
  const command = program
    .command("check")
    .description("load rules and calendars, and tell every problem and everything worth a look")
    .option("--today <date>", "the day to look ahead from (default: today)")
    .option("--all", "tell every finding, remarks and confirmed ones too");
  withCommon(command).action((options: CheckOptions) =>
    ask(options, async (input) => {
      try {
        return sound(await input.timetable({ checkAll: true }), options);
      } catch (error) {
        if (error instanceof RulebookError) return unsound(error);
        throw error;
      }
    }),
  );
}

function sound(timetable: Timetable, { today = dateOfToday(), all }: CheckOptions): Reply {
  const { rulebook, version } = timetable;
  const changes = timetable.layers();
  const report = timetable.check({ today });
  const { errors, warnings } = tally(report);
  const clean = errors + warnings === 0;
  const channels = Object.values(rulebook.channels);
  const counts: Counts = {
    channels: channels.length,
    rules: channels.flatMap(({ rules }) => rules).length,
    examples: channels.flatMap(({ examples }) => examples).length,
    calendars: Object.keys(rulebook.calendars).length,
  };
  return {
    json: {
      ...{ problems: [], ...counts, ...(changes.length > 0 && { layers: changes }) },
      ...{ today, ...report, version },
    },
    lines: (page) => [
      ...layerLines(changes, page),
      ...findingLines(report, all === true, page),
      ...endingLines(timetable, today, page),
      ...(clean ? [`${page.colors.green(page.words.sound(counts))}  (${version})`] : []),
      page.words.findings.tally(tally(report)),
    ],
    ...(clean ? {} : { exitCode: EXIT.findings }),
  };
}

function unsound(error: RulebookError): Reply {
  const { problems } = error;
  const files = new Set(problems.map(({ file }) => file)).size;
  return {
    json: { problems },
    lines: ({ words, colors }) => [
      ...problemLines(error, colors),
      "",
      colors.red(words.unsound(problems.length, files)),
    ],
    exitCode: EXIT.noAnswer,
  };
}
