import type { Command } from "commander";
import { cliMessages, QuestionError } from "../errors.js";
import type { Payment, Piece, PieceBound, Timetable } from "../index.js";
import { readInstant } from "../payment/parsed-payment.js";
import { parseDuration } from "../time/duration.js";
import { type CommonOptions, withCommon } from "./options.js";
import { type PaymentOptions, paymentOf, withPayment } from "./payment-options.js";
import { hang, padEnd, widest, wrap } from "./render/layout.js";
import { compactDuration, plainMoment, shortMoment, timeOf } from "./render/moments.js";
import type { Page } from "./render/page.js";
import type { Reply, RunCommand } from "./reply.js";

interface ProfileOptions extends CommonOptions, PaymentOptions {
  readonly from: string;
  readonly to: string;
}

export function addProfile(program: Command, runCommand: RunCommand): void {
  const command = program
    .command("profile")
    .description("when a payment arrives, whenever it is sent between two instants");
  withCommon(
    withPayment(command)
      .requiredOption("--from <instant>", "the first time of sending, as in 2026-02-13T00:00:00+08:00")
      .requiredOption("--to <instant>", "the end of the times of sending; itself no longer counts"),
  ).action((options: ProfileOptions) =>
    runCommand(options, async (input) => {
      const timetable = await input.timetable();
      const from = readInstant("from", options.from);
      const payment = await paymentOf(options, timetable.rulebook, input);
      // The profile ignores the instant of the payment, so `--at` is optional.
      return profileReply(timetable, { ...payment, initiatedAt: payment.initiatedAt ?? from }, options);
    }),
  );
}

/** @throws QuestionError */
function profileReply(timetable: Timetable, payment: Payment, { from, to }: ProfileOptions): Reply {
  const pieces = timetable.profile(payment, { from, to });
  if (pieces.length === 0) throw new QuestionError("bad-time", "to", cliMessages.emptySpan(from, to));
  return { json: pieces, lines: (page) => profileLines(timetable, payment, pieces, page) };
}

function profileLines(
  timetable: Timetable,
  { channel }: Payment,
  pieces: readonly Piece[],
  page: Page,
): string[] {
  const file = timetable.rulebook.channels[channel];
  const rows = [page.words.profile.heads, ...rowsOf(pieces, page)];
  const widths = [0, 1].map((column) => widest(rows.map((row) => row[column] as string)) + 2);
  const [heads, ...lines] = rows.map(([sent, expected, spread]) =>
    hang(padEnd(sent, widths[0] as number) + padEnd(expected, widths[1] as number), spread),
  );
  const titles = new Map(file?.rules.map(({ name, title }) => [name, title?.[page.locale]]));
  return [
    ...wrap(`${channel}  ${file?.title[page.locale] ?? ""}`).map((line) => page.colors.bold(line)),
    page.colors.dim(page.words.timesIn(file?.zone ?? "")),
    "",
    ...(heads ?? []).map((line) => page.colors.dim(line)),
    ...pieces.flatMap(({ rule, outcome }, n) => [
      ...(rule === pieces[n - 1]?.rule ? [] : hang(page.colors.dim(`${rule}  `), titles.get(rule) ?? "")),
      ...(lines[n] ?? []).map((line) => (outcome === "refused" ? page.colors.yellow(line) : line)),
    ]),
  ];
}

type Row = readonly [sent: string, expected: string, spread: string];

function rowsOf(pieces: readonly Piece[], page: Page): Row[] {
  const { words } = page;
  const years = new Set(pieces.flatMap(({ from, to }) => [from.slice(0, 4), to.slice(0, 4)]));
  const format = (iso: string): string => (years.size > 1 ? plainMoment(iso) : shortMoment(iso, words));
  const boundText = (bound: PieceBound): string =>
    "at" in bound ? format(bound.at) : delayText(bound.after, page);
  const width = widest(pieces.map(({ from }) => format(from)));
  return pieces.map((piece): Row => {
    const sent = `${padEnd(format(piece.from), width)} → ${format(piece.to)}`;
    if (piece.outcome !== "refused") return [sent, boundText(piece.expected), spreadOf(piece, page)];
    // A payment that is never taken has no arrival.
    const isTakenLater = "at" in piece.expected;
    return [sent, words.profile.notTaken, isTakenLater ? words.profile.until(boundText(piece.expected)) : ""];
  });
}

/** The earliest and latest arrival, or nothing if they are equal. */
function spreadOf({ earliest, expected, latest }: Piece, page: Page): string {
  if (isSameBound(earliest, latest)) return "";
  const expectedDate = "at" in expected ? expected.at.slice(0, 10) : "";
  const boundText = (bound: PieceBound): string => {
    if ("after" in bound) return delayText(bound.after, page);
    const time = timeOf(bound.at);
    return bound.at.startsWith(expectedDate) && expectedDate !== ""
      ? time
      : `${bound.at.slice(5, 10)} ${time}`;
  };
  return `${boundText(earliest)} – ${boundText(latest)}`;
}

const isSameBound = (one: PieceBound, other: PieceBound): boolean =>
  "at" in one ? "at" in other && one.at === other.at : "after" in other && one.after === other.after;

function delayText(after: string, { words }: Page): string {
  const ms = parseDuration(after) ?? 0;
  return ms === 0 ? words.profile.atOnce : `+${compactDuration(ms, words)}`;
}
