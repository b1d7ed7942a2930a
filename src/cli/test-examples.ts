import type { Command } from "commander";
import type { FailingExample } from "../answer/examples.js";
import { formatProblem } from "../errors.js";
import { openDraft } from "../live.js";
import type { Rulebook } from "../model/rulebook.js";
import { type CommonOptions, withCommon } from "./options.js";
import type { Page } from "./render/page.js";
import { EXIT, type Reply, type RunCommand } from "./reply.js";

export function addTest(program: Command, runCommand: RunCommand): void {
  const command = program
    .command("test")
    .description("ask the examples of the rules alone, and tell each that fails");
  withCommon(command).action((options: CommonOptions) =>
    runCommand(options, async () => {
      const { rules, calendars } = options;
      const { timetable, failingExamples } = await openDraft({
        ...(rules !== undefined && { rules }),
        ...(calendars !== undefined && { calendars }),
      });
      return testReply(timetable.rulebook, failingExamples);
    }),
  );
}

function testReply({ channels }: Rulebook, failing: readonly FailingExample[]): Reply {
  const examples = Object.values(channels).reduce((sum, channel) => sum + channel.examples.length, 0);
  return {
    json: { examples, failing },
    lines: (page) => lines(examples, failing, page),
    ...(failing.length > 0 && { exitCode: EXIT.findings }),
  };
}

function lines(examples: number, failing: readonly FailingExample[], { words, colors }: Page): string[] {
  const summary = words.examples(examples, failing.length);
  if (failing.length === 0) return [colors.green(summary)];
  const problems = failing.flatMap((example) => example.problems);
  return [...problems.flatMap((problem) => formatProblem(problem).split("\n")), "", colors.red(summary)];
}
