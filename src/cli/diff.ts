import type { Command } from "commander";
import { type ChannelDifference, differencesBetween, judgeDelaysAlike } from "../analyse/diff.js";
import { diffMessages, QuestionError } from "../errors.js";
import type { Timetable } from "../index.js";
import { type Day, parseDay } from "../time/day.js";
import { formatInstant } from "../time/instant.js";
import { type Zone, zoneNamed } from "../time/zone.js";
import type { Draft } from "../timetable/draft.js";
import { DIFF_WORDS } from "./diff-words.js";
import { openEdition } from "./edition.js";
import { failingExampleLines } from "./failing-examples.js";
import { movedPayments, paymentLines } from "./moved-payments.js";
import { differenceLines, type Editions } from "./moves.js";
import { type CommonOptions, withOutput } from "./options.js";
import { type Ask, EXIT, type Reply } from "./reply.js";

interface DiffOptions extends Omit<CommonOptions, "rules"> {
  readonly from?: string;
  readonly days: string;
  readonly payments?: string;
  readonly all?: true;
}

export function addDiff(program: Command, ask: Ask): void {
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
    ask({ ...(options.json && { json: true }), ...(options.lang && { lang: options.lang }) }, async () =>
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
  const { from = new Date().toISOString().slice(0, 10), days, payments, all } = options;
  const editions: Editions = { before, after };
  const channels = differencesBetween(before.rulebook, after.rulebook, dayIn(from), countIn(days));
  const moved = payments === undefined ? undefined : movedPayments(payments, editions);
  const told = channels.filter(({ status }) => status !== "same");
  const judged = judgeDelaysAlike(before.rulebook, after.rulebook);
  const still = judged && told.length === 0 && (moved?.moved ?? 0) === 0;
  return {
    json: {
      ...{ from, days: countIn(days), versions: { before: before.version, after: after.version } },
      channels: channels.map((one) => asJson(one, after)),
      judging: judged ? "same" : "differs",
      failingExamples: { before: failingBefore, after: failingAfter },
      ...(moved && { payments: moved }),
    },
    lines: (page) => [
      ...failingExampleLines("before", failingBefore, page),
      ...failingExampleLines("after", failingAfter, page),
      ...told.flatMap((one) => differenceLines(one, editions, all === true, page)),
      ...(moved === undefined ? [] : paymentLines(moved, page)),
      ...(judged ? [] : [DIFF_WORDS[page.locale].judging]),
      ...(still ? [DIFF_WORDS[page.locale].still(channels.length, countIn(days), from)] : []),
    ],
    exitCode: still && failingBefore.length + failingAfter.length === 0 ? EXIT.ok : EXIT.findings,
  };
}

function dayIn(text: string): Day {
  const day = parseDay(text);
  if (day === undefined) throw new QuestionError("bad-time", "--from", diffMessages.notADay(text));
  return day;
}

function countIn(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= 3660) return days;
  throw new QuestionError("bad-time", "--days", diffMessages.notDays(text));
}

/** Instants as text; lengths of time stay milliseconds. */
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
