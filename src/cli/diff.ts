import type { Command } from "commander";
import { type ChannelDifference, differencesBetween, judgeDelaysAlike } from "../analyse/diff.js";
import { diffMessages, QuestionError } from "../errors.js";
import type { Timetable } from "../index.js";
import { type Day, parseDay } from "../time/day.js";
import { formatInstant } from "../time/instant.js";
import { type Zone, zoneNamed } from "../time/zone.js";
import type { Draft } from "../timetable/draft.js";
import { currentDate } from "./clock.js";
import { type Editions, openEdition } from "./edition.js";
import { movedPayments } from "./moved-payments.js";
import { type CommonOptions, withOutput } from "./options.js";
import { differenceLines } from "./render/differences.js";
import { failingExampleLines } from "./render/failing-examples.js";
import { movedPaymentLines } from "./render/moved-payments.js";
import { EXIT, type Reply, type RunCommand } from "./reply.js";

interface DiffOptions extends Omit<CommonOptions, "rules"> {
  readonly from?: string;
  readonly days: string;
  readonly payments?: string;
  readonly all?: true;
}

export function addDiff(program: Command, runCommand: RunCommand): void {
  const command = program
    .command("diff")
    .description("what a change of rules does to arrivals, and to the time from which a payment is late")
    .argument("<old>", "a folder with `rules` and `calendars`, a folder of rules, or a revision of git")
    .argument("<new>", "the same")
    .option("--calendars <dir>", "folder of calendars of both, for folders of rules")
    .option("--from <date>", "the first day on which payments are sent (default: today)")
    .option("--days <n>", "how many days are looked at", "400")
    .option("--payments <file>", "real payments, one a line: how many of them move")
    .option("--all", "tell every move");
  withOutput(command).action((before: string, after: string, options: DiffOptions) =>
    runCommand(
      { ...(options.json && { json: true }), ...(options.lang && { lang: options.lang }) },
      async () =>
        diffReply(
          await openEdition(before, options.calendars),
          await openEdition(after, options.calendars),
          options,
        ),
    ),
  );
}

function diffReply(oldDraft: Draft, newDraft: Draft, options: DiffOptions): Reply {
  const { timetable: before, failingExamples: failingBefore } = oldDraft;
  const { timetable: after, failingExamples: failingAfter } = newDraft;
  const { from = currentDate(), days, payments, all } = options;
  const editions: Editions = { before, after };
  const channels = differencesBetween(
    before.rulebook,
    after.rulebook,
    parseFirstDay(from),
    parseDayCount(days),
  );
  const moved = payments === undefined ? undefined : movedPayments(payments, editions);
  const changed = channels.filter(({ status }) => status !== "same");
  const sameVerdicts = judgeDelaysAlike(before.rulebook, after.rulebook);
  const isUnchanged = sameVerdicts && changed.length === 0 && (moved?.moved ?? 0) === 0;
  return {
    json: {
      ...{ from, days: parseDayCount(days), versions: { before: before.version, after: after.version } },
      channels: channels.map((one) => asJson(one, after)),
      judging: sameVerdicts ? "same" : "differs",
      failingExamples: { before: failingBefore, after: failingAfter },
      ...(moved && { payments: moved }),
    },
    lines: (page) => [
      ...failingExampleLines("before", failingBefore, page),
      ...failingExampleLines("after", failingAfter, page),
      ...changed.flatMap((one) => differenceLines(one, editions, all === true, page)),
      ...(moved === undefined ? [] : movedPaymentLines(moved, page)),
      ...(sameVerdicts ? [] : [page.words.diff.verdictsDiffer]),
      ...(isUnchanged ? [page.words.diff.nothingMoves(channels.length, parseDayCount(days), from)] : []),
    ],
    exitCode: isUnchanged && failingBefore.length + failingAfter.length === 0 ? EXIT.ok : EXIT.findings,
  };
}

function parseFirstDay(text: string): Day {
  const day = parseDay(text);
  if (day === undefined) throw new QuestionError("bad-time", "--from", diffMessages.notADay(text));
  return day;
}

function parseDayCount(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= 3660) return days;
  throw new QuestionError("bad-time", "--days", diffMessages.notDays(text));
}

/** Formats instants as text. Durations stay milliseconds. */
function asJson(difference: ChannelDifference, { rulebook }: Timetable): object {
  const zone = zoneNamed(rulebook.channels[difference.channel]?.zone ?? "UTC") as Zone;
  const moves = difference.moves.map((move) => ({
    ...move,
    shifts: move.shifts.map((shift) => ({
      ...shift,
      from: formatInstant(zone, shift.from),
      until: formatInstant(zone, shift.until),
    })),
  }));
  return { ...difference, moves };
}
