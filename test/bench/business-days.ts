import chineseDays from "chinese-days";
import { shift } from "../../src/calendar/business-days.js";
import { compileCalendars } from "../../src/calendar/compile.js";
import { type Day, formatDay, parseDay } from "../../src/time/day.js";
import { agree } from "./agree.js";
import { type Bench, saidAll } from "./bench.js";
import { randomFrom } from "./random.js";
import { openShipped } from "./root.js";
import { timed, type Work } from "./timing.js";

const N = 20;
/** Both know the notices of these years; the last days are left out, as 20 business days on lies in a year unknown. */
const FIRST = parseDay("2010-01-01") as Day;
const LAST = parseDay("2026-11-20") as Day;
const DAYS = 4096;

export const businessDays: Bench = {
  wanted: { shift_vs_chinese_days: "1,000 or more" },
  measures:
    "the 20th business day after a random day from 2010 to 2026: `shift` on cn.statutory, day numbers in and out, against chinese-days `findWorkday`",
  unfair:
    "chinese-days takes and gives text, and walks day by day through a list of names; `shift` takes and gives numbers, because text is read at the edge",
  async run() {
    const calendar = compileCalendars((await openShipped()).rulebook.calendars).get(
      "cn.statutory",
      "expected",
    );
    const random = randomFrom(6);
    const days = Int32Array.from({ length: DAYS }, () => random.int(FIRST, LAST));
    const texts = Array.from(days, (day) => formatDay(day as Day));
    const theirs = (date: string): string => chineseDays.findWorkday(N, date);
    texts.forEach((date, index) => {
      const ours = formatDay(shift(calendar, days[index] as Day, N));
      agree("shift", date, { ours, theirs: theirs(date) });
    });
    const { ns, ratio } = await timed({
      shift: inTurn(DAYS, (index) => shift(calendar, days[index] as Day, N)),
      "chinese-days": inTurn(DAYS, (index) => theirs(texts[index] as string).length),
    });
    return { values: { shift_vs_chinese_days: ratio("chinese-days", "shift") }, detail: saidAll(ns) };
  },
};

function inTurn(length: number, ask: (index: number) => number): Work {
  let next = 0;
  return (count) => {
    let sum = 0;
    for (let left = count; left > 0; left--) {
      sum += ask(next);
      next = next + 1 === length ? 0 : next + 1;
    }
    return sum;
  };
}
