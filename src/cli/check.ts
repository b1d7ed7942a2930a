import type { Command } from "commander";
import { RulebookError, type Timetable } from "../index.js";
import { currentDate } from "./clock.js";
import { type CommonOptions, withCommon } from "./options.js";
import { expiryLines } from "./render/calendar-expiry.js";
import { countFindings, findingLines } from "./render/findings.js";
import { layerLines } from "./render/layers.js";
import { problemLines } from "./render/problems.js";
import { EXIT, type Reply, type RunCommand } from "./reply.js";
import type { RulebookCounts } from "./words/words.js";

interface CheckOptions extends CommonOptions {
  readonly today?: string;
  readonly all?: true;
}

export function addCheck(program: Command, runCommand: RunCommand): void {
  const command = program
    .command("check")
    .description("load rules and calendars, and tell every problem and everything worth a look")
    .option("--today <date>", "the day to look ahead from (default: today)")
    .option("--all", "tell every finding, remarks and confirmed ones too");
  withCommon(command).action((options: CheckOptions) =>
    runCommand(options, async (input) => {
      try {
        return cleanReply(await input.timetable({ checkAll: true }), options);
      } catch (error) {
        if (error instanceof RulebookError) return problemReply(error);
        throw error;
      }
    }),
  );
}

function cleanReply(timetable: Timetable, { today = currentDate(), all }: CheckOptions): Reply {
  const { rulebook, version } = timetable;
  const changes = timetable.layers();
  const report = timetable.check({ today });
  const { errors, warnings } = countFindings(report);
  const clean = errors + warnings === 0;
  const channels = Object.values(rulebook.channels);
  const counts: RulebookCounts = {
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
      ...expiryLines(timetable, today, page),
      ...(clean ? [`${page.colors.green(page.words.clean(counts))}  (${version})`] : []),
      page.words.findings.tally(countFindings(report)),
    ],
    ...(clean ? {} : { exitCode: EXIT.findings }),
  };
}

function problemReply(error: RulebookError): Reply {
  const { problems } = error;
  const files = new Set(problems.map(({ file }) => file)).size;
  return {
    json: { problems },
    lines: ({ words, colors }) => [
      ...problemLines(error, colors),
      "",
      colors.red(words.broken(problems.length, files)),
    ],
    exitCode: EXIT.noAnswer,
  };
}
