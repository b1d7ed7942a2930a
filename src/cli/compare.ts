import type { Command } from "commander";
import type { Arrival, Comparison, Payment, Timetable } from "../index.js";
import type { Segment } from "../model/answers.js";
import { type CommonOptions, withCommon } from "./options.js";
import { type PaymentOptions, paymentOf, withFacts } from "./payment-options.js";
import { hang, PAGE_WIDTH, padEnd, widest, widthOf } from "./render/layout.js";
import { compactDuration, fullMoment, msBetween, shortMoment } from "./render/moments.js";
import type { Page } from "./render/page.js";
import { labelOf } from "./render/timeline.js";
import { EXIT, type Reply, type RunCommand } from "./reply.js";

interface CompareOptions extends CommonOptions, PaymentOptions {
  readonly channels?: string;
}

export function addCompare(program: Command, runCommand: RunCommand): void {
  const command = program
    .command("compare")
    .description("the same money over every channel that takes it, the soonest first");
  withCommon(
    withFacts(command).option("--channels <ids>", "only these, as in cn.hvps,cn.beps (default: all)"),
  ).action((options: CompareOptions) =>
    runCommand(options, async (input) => {
      const timetable = await input.timetable();
      const payment = await paymentOf(options, timetable.rulebook, input);
      return compareReply(timetable, payment, options);
    }),
  );
}

/** @throws QuestionError */
function compareReply(timetable: Timetable, payment: Payment, { channels }: CompareOptions): Reply {
  const asked =
    channels === undefined
      ? Object.keys(timetable.rulebook.channels)
      : [...new Set(channels.split(",").map((id) => id.trim()))];
  const found = timetable.compare(payment, asked);
  const missing = asked.filter((id) => found.every(({ channel }) => channel !== id)).sort();
  return {
    json: found,
    lines: (page) => [
      ...(found.length === 0 ? [page.words.compare.none] : tableLines(timetable, payment, found, page)),
      ...(missing.length === 0 ? [] : ["", ...leftOutLines(missing, page)]),
    ],
    exitCode: found.length === 0 ? EXIT.findings : EXIT.ok,
  };
}

function leftOutLines(missing: readonly string[], { words, colors }: Page): string[] {
  return hang("", words.compare.leftOut(missing.join(", "))).map((line) => colors.dim(line));
}

function tableLines(
  timetable: Timetable,
  payment: Payment,
  found: readonly Comparison[],
  page: Page,
): string[] {
  const years = new Set(found.map(({ arrival }) => arrival.expected.slice(0, 4)));
  const sentAt = new Date(payment.initiatedAt).toISOString();
  const cells = found.map(({ channel, arrival: { expected } }) => [
    channel,
    years.size > 1 ? fullMoment(expected, page.words) : shortMoment(expected, page.words),
    compactDuration(msBetween(sentAt, expected), page.words) || page.words.profile.atOnce,
  ]);
  const { heads } = page.words.compare;
  const widths = [0, 1, 2].map((n) => widest([heads[n], ...cells.map((row) => row[n])] as string[]) + 2);
  const lineOf = (row: readonly string[], last: string): string =>
    row.map((cell, n) => padEnd(cell, widths[n] as number)).join("") + last;
  const room = PAGE_WIDTH - widths.reduce((sum, width) => sum + width, 0);
  return [
    page.colors.dim(lineOf(heads.slice(0, 3), heads[3])),
    ...found.map(({ arrival }, n) => lineOf(cells[n] as string[], reasonOf(arrival, timetable, room, page))),
  ];
}

/** The causes of the duration, the longest first, as many as fit on the line. */
function reasonOf({ timeline }: Arrival, { rulebook }: Timetable, room: number, page: Page): string {
  const causes = durationsByLabel(timeline, (segment) => labelOf(segment, rulebook, page));
  let text = "";
  for (const { label, cause } of causes) {
    const more = [label, page.words.causes[cause]]
      .map((part) => (text === "" ? part : text + page.words.compare.comma + part))
      .find((longer) => widthOf(longer) <= room);
    if (more === undefined) break;
    text = more;
  }
  return text;
}

/** The total duration of each label, the longest first. Steps without duration are left out. */
function durationsByLabel(timeline: readonly Segment[], labelOf: (segment: Segment) => string) {
  const lengths = new Map<string, { label: string; cause: Segment["cause"]; ms: number }>();
  for (const segment of timeline) {
    const label = labelOf(segment);
    const ms = (lengths.get(label)?.ms ?? 0) + msBetween(segment.from, segment.to);
    if (ms > 0) lengths.set(label, { label, cause: segment.cause, ms });
  }
  return [...lengths.values()].sort((one, other) => other.ms - one.ms);
}
