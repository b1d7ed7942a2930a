import type { Command } from "commander";
import type { ChannelFile } from "../model/rulebook.js";
import { hang, padEnd, widest } from "./layout.js";
import { type CommonOptions, withCommon } from "./options.js";
import type { Ask, Page, Reply } from "./reply.js";

export function addChannels(program: Command, ask: Ask): void {
  withCommon(program.command("channels").description("every way of paying that has rules")).action(
    (options: CommonOptions) =>
      ask(options, async (input) => channelsReply((await input.timetable()).rulebook.channels)),
  );
}

function channelsReply(channels: Readonly<Record<string, ChannelFile>>): Reply {
  const listed = Object.keys(channels)
    .sort()
    .map((id) => summaryOf(channels[id] as ChannelFile));
  return { json: listed, lines: (page) => lines(listed, page) };
}

type Summary = ReturnType<typeof summaryOf>;

/** The basis is the weakest among the channel's rules. */
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
