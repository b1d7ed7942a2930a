import { type Command, Option } from "commander";
import { QuestionError } from "../errors.js";
import { sayInstant } from "../explain/dates.js";
import { textsOf } from "../explain/text.js";
import type { Arrival, LatestSend, Payment, Piece, Timetable } from "../index.js";
import { parseDuration } from "../time/duration.js";
import { formatInstant, type Instant } from "../time/instant.js";
import { type Zone, zoneNamed } from "../time/zone.js";
import { type CommonOptions, withCommon } from "./options.js";
import { type PaymentOptions, paymentOf, withPayment } from "./payment-options.js";
import { appendRecord, type RecordOptions, withRecordOption } from "./record-file.js";
import { arrivalLines } from "./render/arrival.js";
import { hang, padEnd, widest, wrap } from "./render/layout.js";
import { compactDuration, fullMoment, msBetween } from "./render/moments.js";
import type { Page } from "./render/page.js";
import { EXIT, type Reply, type RunCommand } from "./reply.js";

interface LatestOptions extends CommonOptions, PaymentOptions, RecordOptions {
  readonly by: string;
  readonly bound: LatestBound;
}

type LatestBound = "expected" | "latest";

export function addLatest(program: Command, runCommand: RunCommand): void {
  const command = program
    .command("latest")
    .description("the latest instant at which a payment may be sent to arrive in time");
  withCommon(
    withRecordOption(withPayment(command))
      .requiredOption("--by <instant>", "when it has to be there, as in 2026-02-24T12:00:00+08:00")
      .addOption(
        new Option("--bound <bound>", "which arrival has to be in time")
          .choices(["expected", "latest"])
          .default("expected"),
      ),
  ).action((options: LatestOptions) =>
    runCommand(options, async (input) => {
      const timetable = await input.timetable();
      const payment = await paymentOf(options, timetable.rulebook, input);
      const { by, bound } = options;
      await appendRecord(options, timetable, { kind: "latestSend", payment, options: { by, bound } });
      return latestReply(timetable, payment, options);
    }),
  );
}

/** @throws QuestionError */
function latestReply(timetable: Timetable, payment: Payment, options: LatestOptions): Reply {
  const { by, bound } = options;
  const found = timetable.latestSend(payment, { by, bound });
  if (found !== undefined)
    return { json: found, lines: (page) => foundLines(timetable, payment, found, page) };
  const none = { by, bound, soonest: soonestOf(timetable, payment, bound) };
  return {
    json: null,
    lines: (page) => noneFoundLines(timetable, payment, none, page),
    notes: (page) => noneFoundSentences(timetable, payment, none, page),
    exitCode: EXIT.findings,
  };
}

/** No send time arrives in time. `soonest` comes nearest. */
interface NoneFound {
  readonly by: string;
  readonly bound: LatestBound;
  readonly soonest: Soonest;
}

interface Soonest {
  readonly sendAt: string;
  readonly arrival: Arrival;
}

/** The latest send time, the time that is left, and the arrival of a payment sent at that time. */
function foundLines(timetable: Timetable, payment: Payment, found: LatestSend, page: Page): string[] {
  const { sendBy, inclusive, arrives } = found;
  const { latest } = page.words;
  const last = inclusive ? sendBy : localText(timetable, payment, Date.parse(sendBy) - 1);
  const text = sayInstant(textsOf(timetable.rulebook, page.locale), sendBy, arrives.expected);
  const since = localText(timetable, payment, new Date(payment.initiatedAt).getTime());
  return [
    ...wrap(inclusive ? latest.by(text) : latest.before(text)).map((line) => page.colors.bold(line)),
    "",
    ...intervalLines(found, last, since, page),
    "",
    ...wrap(latest.last(fullMoment(last, page.words))),
    "",
    ...arrivalLines(timetable, { ...payment, initiatedAt: last }, arrives, page),
  ];
}

/** The interval of equally good send times, if longer than an instant, and the time that is left. */
function intervalLines(
  { from, sendBy }: LatestSend,
  last: string,
  since: string,
  { words, colors }: Page,
): string[] {
  const { labels, sameRun, margin } = words.latest;
  const left = msBetween(since, sendBy);
  const rows: [label: string, text: string][] = [[labels.until, fullMoment(sendBy, words)]];
  if (from !== last) rows.unshift([labels.from, `${fullMoment(from, words)}  ${sameRun}`]);
  if (left > 0) rows.push([labels.margin, margin(compactDuration(left, words), fullMoment(since, words))]);
  const width = widest(rows.map(([label]) => label)) + 2;
  return rows.flatMap(([label, text]) => hang(colors.dim(padEnd(label, width)), text));
}

/** States that no send time is early enough, and explains the soonest arrival. */
function noneFoundLines(timetable: Timetable, payment: Payment, none: NoneFound, page: Page): string[] {
  const { sendAt, arrival } = none.soonest;
  return [
    ...noneFoundSentences(timetable, payment, none, page).map((line) => page.colors.bold(line)),
    "",
    ...arrivalLines(timetable, { ...payment, initiatedAt: sendAt }, arrival, page),
  ];
}

function noneFoundSentences(
  timetable: Timetable,
  payment: Payment,
  none: NoneFound,
  { words, locale }: Page,
): string[] {
  const { by, bound, soonest } = none;
  const { sendAt, arrival } = soonest;
  if (arrival.outcome === "refused") return wrap(words.latest.noneEver);
  const texts = textsOf(timetable.rulebook, locale);
  const format = (iso: string): string => sayInstant(texts, iso, arrival.expected);
  const deadline = format(localText(timetable, payment, Date.parse(by)));
  return [
    ...wrap(words.latest.none(deadline, words.bounds[bound])),
    ...wrap(words.latest.soonest(format(sendAt), format(arrival[bound]))),
  ];
}

/**
 * The soonest arrival of a payment sent at `initiatedAt` or later. A payment sent after that arrival arrives later, and
 * within a piece the first send time arrives first.
 */
function soonestOf(timetable: Timetable, payment: Payment, bound: LatestBound): Soonest {
  const now = timetable.when(payment);
  const [first] = piecesUntil(timetable, payment, now[bound])
    .filter(({ outcome }) => outcome !== "refused")
    .map((piece) => ({ sendAt: piece.from, arrivesMs: arrivesMs(piece, bound) }))
    .sort((one, other) => one.arrivesMs - other.arrivesMs);
  const { initiatedAt } = payment;
  const sendAt =
    first !== undefined && first.arrivesMs < Date.parse(now[bound])
      ? first.sendAt
      : (now.retryAt ?? localText(timetable, payment, new Date(initiatedAt).getTime()));
  return { sendAt, arrival: timetable.when({ ...payment, initiatedAt: sendAt }) };
}

/** Send times without an answer offer no sooner arrival. */
function piecesUntil(timetable: Timetable, payment: Payment, to: string): Piece[] {
  try {
    return timetable.profile(payment, { from: payment.initiatedAt, to });
  } catch (error) {
    if (error instanceof QuestionError) return [];
    throw error;
  }
}

function arrivesMs(piece: Piece, bound: LatestBound): number {
  const arrival = piece[bound];
  return "at" in arrival
    ? Date.parse(arrival.at)
    : Date.parse(piece.from) + (parseDuration(arrival.after) ?? 0);
}

/** Formats an instant in the zone of the payment's channel. */
function localText({ rulebook }: Timetable, { channel }: Payment, ms: number): string {
  const zone = zoneNamed(rulebook.channels[channel]?.zone ?? "UTC") as Zone;
  return formatInstant(zone, ms as Instant);
}
