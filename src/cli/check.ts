import type { Command } from "commander";
import { RulebookError, type Timetable } from "../index.js";
import { type CommonOptions, withCommon } from "./options.js";
import { type Ask, EXIT, problemLines, type Reply } from "./reply.js";
import type { Counts } from "./words.js";

export function addCheck(program: Command, ask: Ask): void {
  withCommon(program.command("check").description("load rules and calendars, and tell every problem")).action(
    (options: CommonOptions) =>
      ask(options, async (input) => {
        try {
          return sound(await input.timetable());
        } catch (error) {
          if (error instanceof RulebookError) return unsound(error);
          throw error;
        }
      }),
  );
}

function sound({ rulebook, version }: Timetable): Reply {
  const channels = Object.values(rulebook.channels);
  const counts: Counts = {
    channels: channels.length,
    rules: channels.flatMap(({ rules }) => rules).length,
    examples: channels.flatMap(({ examples }) => examples).length,
    calendars: Object.keys(rulebook.calendars).length,
  };
  return {
    json: { problems: [], ...counts, version },
    lines: ({ words, colors }) => [`${colors.green(words.sound(counts))}  (${version})`],
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
