import type { Command } from "commander";
import type { ChannelFile } from "../model/rulebook.js";
import { type CommonOptions, withCommon } from "./options.js";
import { hang, padEnd, widest } from "./render/layout.js";
import type { Page } from "./render/page.js";
import type { Reply, RunCommand } from "./reply.js";

export function addChannels(program: Command, runCommand: RunCommand): void {
  withCommon(program.command("channels").description("every way of paying that has rules")).action(
    (options: CommonOptions) =>
      runCommand(options, async (input) => channelsReply((await input.timetable()).rulebook.channels)),
  );
}

function channelsReply(channels: Readonly<Record<string, ChannelFile>>): Reply {
  const listed = Object.keys(channels)
    .sort()
    .map((id) => summaryOf(channels[id] as ChannelFile));
  return { json: listed, lines: (page) => lines(listed, page) };
}

type Summary = ReturnType<typeof summaryOf>;

/** The basis is the weakest of the channel's rules. */
function summaryOf({ channel, title, zone, rules }: ChannelFile) {
  const published = rules.filter(({ basis }) => basis === "published").length;
  const basis = published === rules.length ? ("published" as const) : ("assumed" as const);
  return { channel, title, zone, rules: rules.length, published, basis };
}

function lines(listed: readonly Summary[], { locale, words, colors }: Page): string[] {
  const counts = listed.map(({ rules, published }) => words.ruleCount(rules, published));
  const [idWidth, countWidth] = [widest(listed.map(({ channel }) => channel)) + 2, widest(counts) + 2];
  return listed.flatMap(({ channel, title }, n) =>
    hang(
      colors.bold(padEnd(channel, idWidth)) + colors.dim(padEnd(counts[n] as string, countWidth)),
      title[locale],
    ),
  );
}
