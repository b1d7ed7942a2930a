import type { ChannelDifference, Move } from "../../analyse/diff.js";
import type { Delta, Shift, TreatmentSummary } from "../../analyse/shifts.js";
import type { Payment, Timetable } from "../../index.js";
import { BOUNDS } from "../../model/bound.js";
import { formatInstant, type Instant } from "../../time/instant.js";
import { type Zone, zoneNamed } from "../../time/zone.js";
import type { Editions } from "../edition.js";
import { hang } from "./layout.js";
import { compactDuration, fullMoment, shortMoment } from "./moments.js";
import type { Page } from "./page.js";

/** Moves, and groups of shifts, that are printed without `--all`. */
const SHOWN = 3;

/** Prints the moves of a channel, the largest first. */
export function differenceLines(
  difference: ChannelDifference,
  editions: Editions,
  all: boolean,
  page: Page,
): string[] {
  const words = page.words.diff;
  const { channel, status, moves, classes } = difference;
  const shown = all ? moves : moves.slice(0, SHOWN);
  const head =
    status === "moved"
      ? words.moved(channel, moves.length, classes)
      : `${channel}: ${status === "same" ? "" : words.status[status]}`;
  return [
    page.colors.bold(head),
    ...shown.flatMap((move) => moveLines(move, editions, page)),
    ...(shown.length < moves.length ? [words.more(moves.length - shown.length)] : []),
    "",
  ];
}

function moveLines(move: Move, editions: Editions, page: Page): string[] {
  const words = page.words.diff;
  const zone = zoneOf(editions, move.channel);
  const { channel: _, ...facts } = move.payment;
  const more = move.moreClasses === 0 ? "" : words.moreClasses(move.moreClasses);
  const groups = groupedShifts(move.shifts);
  return [
    `  ${JSON.stringify(facts)}${more}`,
    ...groups.slice(0, SHOWN).flatMap((group) => hang("    ", groupText(group, zone, page))),
    ...(groups.length > SHOWN ? [`  ${words.more(groups.length - SHOWN)}`] : []),
    ...witnessLines(move, editions, zone, page),
  ];
}

/** Groups shifts that differ only in their dates. */
function groupedShifts(shifts: readonly Shift[]): Shift[][] {
  const groups = new Map<string, Shift[]>();
  for (const shift of shifts) {
    const key = JSON.stringify([shift.before, shift.after, shift.by]);
    groups.set(key, [...(groups.get(key) ?? []), shift]);
  }
  return [...groups.values()].sort((one, other) => lengthOf(other) - lengthOf(one));
}

const lengthOf = (shifts: readonly Shift[]): number =>
  shifts.reduce((sum, { from, until }) => sum + until - from, 0);

function groupText(group: readonly Shift[], zone: Zone, page: Page): string {
  const words = page.words.diff;
  const [first, last] = [group[0] as Shift, group.at(-1) as Shift];
  const full = (at: Instant): string => fullMoment(formatInstant(zone, at), page.words);
  const short = (at: Instant): string => shortMoment(formatInstant(zone, at), page.words);
  const times =
    group.length === 1 ? "" : ` (${words.times(group.length, full(first.from), full(last.until))})`;
  return `${words.paid(full(first.from), short(first.until))}: ${shiftText(first, page)}${times}`;
}

/** Describes a shift: the new outcome, and how far each bound of the arrival moves. */
export function shiftText({ before, after, by }: Pick<Shift, "before" | "after" | "by">, page: Page): string {
  const words = page.words.diff;
  const hasNewFate = before.fate !== after.fate || before.outcome !== after.outcome;
  const fates = hasNewFate ? [words.becomes(sideText(before, page), sideText(after, page))] : [];
  const moved = BOUNDS.filter((bound) => by !== undefined && (by[bound].first !== 0 || by[bound].last !== 0));
  const bounds = moved.map(
    (bound) => `${words.bounds[bound]} ${deltaText((by as NonNullable<typeof by>)[bound], page)}`,
  );
  return [...fates, ...bounds].join(", ");
}

const sideText = ({ fate, code, outcome }: TreatmentSummary, { words }: Page): string =>
  [
    words.diff.fate[fate],
    ...(code === undefined ? [] : [`(${code})`]),
    ...(outcome === "returned" ? [outcome] : []),
  ].join(" ");

function deltaText({ first, last }: Delta, page: Page): string {
  const words = page.words.diff;
  const text = (ms: number): string => {
    const length = compactDuration(Math.abs(ms), page.words) || `0${page.words.units[3]}`;
    return ms < 0 ? words.sooner(length) : words.later(length);
  };
  return first === last ? text(first) : words.between(text(first), text(last));
}

/** Explains the first payment that moves, before and after the change. */
function witnessLines(
  { payment, shifts }: Move,
  { before, after }: Editions,
  zone: Zone,
  page: Page,
): string[] {
  const words = page.words.diff;
  const initiatedAt = formatInstant(zone, (shifts[0] as Shift).from);
  const witness = { ...payment, initiatedAt } as Payment;
  return [
    `    ${initiatedAt}`,
    ...hang(`      ${words.before}: `, explanation(before, witness, page)),
    ...hang(`      ${words.after}: `, explanation(after, witness, page)),
  ];
}

function explanation(timetable: Timetable, payment: Payment, { locale }: Page): string {
  const [answer] = timetable.whenAll([payment]);
  if (answer === undefined) return "";
  return answer instanceof Error
    ? answer.message
    : timetable.explain(answer, { locale }).replaceAll("\n", " ");
}

const zoneOf = ({ after }: Editions, channel: string): Zone =>
  zoneNamed(after.rulebook.channels[channel]?.zone ?? "UTC") as Zone;
