import type { DayKind } from "../../calendar/business-days.js";
import { addDays, type Day, dayOf, dayOfMonth, monthOf, weekdayIndex } from "../../time/day.js";
import type { YearGrid } from "../calendar-year.js";
import { padEnd } from "./layout.js";
import type { Colors, Page } from "./page.js";

const MONTH_WIDTH = 7 * 3;
const BETWEEN = " ".repeat(5);

/** The mark of each kind of day, for output without colour, and its colour. */
const MARKS: Readonly<Record<DayKind | "unknown", { mark: string; color?: "dim" | "red" | "green" }>> = {
  business: { mark: " " },
  weekend: { mark: ".", color: "dim" },
  holiday: { mark: "*", color: "red" },
  makeup: { mark: "+", color: "green" },
  unknown: { mark: "?", color: "dim" },
};

/** Draws twelve months, three in a row. Weeks begin on Monday. */
export function gridLines(grid: YearGrid, page: Page): string[] {
  const months = Array.from({ length: 12 }, (_, n) => monthLines(grid, n + 1, page));
  const rows = [0, 3, 6, 9].map((first) => joinMonths(months.slice(first, first + 3)));
  return [...rows.flatMap((row) => [...row, ""]), legend(grid, page)];
}

/** Joins the months of a row, padded to the same height. */
function joinMonths(months: readonly (readonly string[])[]): string[] {
  const height = Math.max(...months.map(({ length }) => length));
  return Array.from({ length: height }, (_, n) =>
    months.map((month) => month[n] ?? " ".repeat(MONTH_WIDTH)).join(BETWEEN),
  );
}

function monthLines({ summary: { year }, kind }: YearGrid, month: number, { words, colors }: Page): string[] {
  const first = dayOf(year, month, 1);
  const cells: string[] = Array(weekdayIndex(first)).fill("   ");
  for (let day = first; monthOf(day) === month; day = addDays(day, 1))
    cells.push(cellOf(day, kind(day) ?? "unknown", colors));
  while (cells.length % 7 !== 0) cells.push("   ");
  const weeks = Array.from({ length: cells.length / 7 }, (_, n) => cells.slice(n * 7, n * 7 + 7).join(""));
  return [
    colors.bold(padEnd(words.months[month - 1] ?? "", MONTH_WIDTH)),
    colors.dim(words.weekdayHeads.map((head) => padEnd(head, 3)).join("")),
    ...weeks,
  ];
}

const cellOf = (day: Day, kind: keyof typeof MARKS, colors: Colors): string =>
  colored(`${String(dayOfMonth(day)).padStart(2)}${MARKS[kind].mark}`, kind, colors);

function colored(text: string, kind: keyof typeof MARKS, colors: Colors): string {
  const { color } = MARKS[kind];
  return color === undefined ? text : colors[color](text);
}

/** Explains `unknown` only if a day of the year is unknown. */
function legend({ summary, kind }: YearGrid, { words, colors }: Page): string {
  const isPartial = [dayOf(summary.year, 1, 1), dayOf(summary.year, 12, 31)].some(
    (day) => kind(day) === undefined,
  );
  const kinds = ["holiday", "weekend", "makeup", ...(isPartial ? ["unknown" as const] : [])] as const;
  return kinds.map((one) => colored(`${MARKS[one].mark} ${words.legend[one]}`, one, colors)).join("   ");
}
