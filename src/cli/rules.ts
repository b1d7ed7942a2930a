import type { Command } from "commander";
import { paymentMessages, QuestionError } from "../errors.js";
import type { ChannelFile, ChannelRule, Rulebook } from "../model/rulebook.js";
import { type CommonOptions, withCommon } from "./options.js";
import { conditionText } from "./render/condition-text.js";
import { hang, padEnd, padStart, widest } from "./render/layout.js";
import type { Page } from "./render/page.js";
import type { Reply, RunCommand } from "./reply.js";

export function addRules(program: Command, runCommand: RunCommand): void {
  const command = program
    .command("rules")
    .description("the rules of a channel by priority, the highest first")
    .argument("<channel>", "the channel, as in cn.acquiring");
  withCommon(command).action((channel: string, options: CommonOptions) =>
    runCommand(options, async (input) => rulesReply((await input.timetable()).rulebook, channel)),
  );
}

function rulesReply({ channels }: Rulebook, id: string): Reply {
  const channel: ChannelFile | undefined = Object.hasOwn(channels, id) ? channels[id] : undefined;
  if (channel === undefined)
    throw new QuestionError(
      "unknown-channel",
      "channel",
      paymentMessages.unknownChannel(id, Object.keys(channels)),
    );
  const rules = channel.rules
    .map(summaryOf)
    .sort((one, other) => other.priority - one.priority || (one.name < other.name ? -1 : 1));
  return { json: rules, lines: (page) => lines(rules, page) };
}

type Summary = ReturnType<typeof summaryOf>;

const summaryOf = ({ name, title, priority = 1, effective, conditions, event, basis }: ChannelRule) => ({
  priority,
  name,
  ...(title && { title }),
  basis: basis ?? ("assumed" as const),
  ...(effective && { effective }),
  ...(conditions && { conditions: conditionText(conditions) }),
  outcome: event.type === "refuse" ? ("refused" as const) : (event.params.outcome ?? ("credited" as const)),
});

function lines(rules: readonly Summary[], { locale, words, colors }: Page): string[] {
  const width = widest(rules.map(({ priority }) => String(priority)));
  const indent = " ".repeat(width + 2);
  return rules.flatMap((rule) => {
    const { from, until } = rule.effective ?? {};
    const period = from === undefined && until === undefined ? [] : [`[${from ?? ""}, ${until ?? ""})`];
    const head = [
      rule.name,
      words.basis[rule.basis].split(/[:：]/)[0] as string,
      words.outcomes[rule.outcome],
      ...period,
    ];
    return [
      ...hang(colors.bold(padEnd(padStart(String(rule.priority), width), width + 2)), head.join(" · ")),
      ...(rule.title === undefined ? [] : hang(indent, rule.title[locale])),
      ...(rule.conditions === undefined ? [] : hang(indent, colors.dim(rule.conditions))),
    ];
  });
}
