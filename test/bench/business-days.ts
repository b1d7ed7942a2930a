import chineseDays from "chinese-days";
import { shift } from "../../src/calendar/business-days.js";
import { compileCalendars } from "../../src/calendar/compile.js";
import { type Day, formatDay, parseDay } from "../../src/time/day.js";
import { assertSame } from "./assert-same.js";
import { type Bench, timesText } from "./bench.js";
import { randomFrom } from "./random.js";
import { openShipped } from "./root.js";
import { measure, type Work } from "./timing.js";

const N = 20;
/** Both know the notices of these years. The last days are left out, because 20 business days later is in an unknown year. */
const FIRST = parseDay("2010-01-01") as Day;
const LAST = parseDay("2026-11-20") as Day;
const DAYS = 4096;

export const businessDays: Bench = {
  targets: { shift_vs_chinese_days: "1,000 or more" },
  measures:
    "the 20th business day after a random day from 2010 to 2026: `shift` on cn.statutory with day numbers, against `findWorkday` of chinese-days",
  caveats:
    "chinese-days takes and returns text, and searches day by day in a list of names; `shift` takes and returns numbers",
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
      assertSame("shift", date, { ours, theirs: theirs(date) });
    });
    const { ns, ratio } = await measure({
      shift: cycle(DAYS, (index) => shift(calendar, days[index] as Day, N)),
      "chinese-days": cycle(DAYS, (index) => theirs(texts[index] as string).length),
    });
    return { values: { shift_vs_chinese_days: ratio("chinese-days", "shift") }, detail: timesText(ns) };
  },
};

function cycle(length: number, ask: (index: number) => number): Work {
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
