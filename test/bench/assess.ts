import type { Timetable } from "../../src/timetable.js";
import { agree, QUESTIONS } from "./agree.js";
import { type Bench, saidAll } from "./bench.js";
import { type Asked, paymentsOf } from "./payments.js";
import { randomFrom } from "./random.js";
import { openShipped } from "./root.js";
import { timed, type Work } from "./timing.js";
import { asking } from "./when.js";

const PAYMENTS = 4096;
const HOUR_MS = 3_600_000;

export const assessAgainstWhen: Bench = {
  wanted: { assess_vs_when: "4 or less" },
  measures:
    "`assess` without events against `when` for the same payments over 2025 and 2026, asked up to four days after they were sent: before the expected arrival, before the latest, and overdue",
  unfair:
    "an assessment is only asked for its verdict, its reason and when it can next change; the arrivals inside it are there, and are read by `when` alone",
  async run() {
    const timetable = await openShipped();
    const random = randomFrom(7);
    const payments = paymentsOf(random, PAYMENTS);
    const nows = payments.map(({ initiatedAt }) => Date.parse(initiatedAt) + random.int(0, 96) * HOUR_MS);
    for (const [index, payment] of payments.slice(0, QUESTIONS).entries()) {
      const now = nows[index] as number;
      const { verdict, baseline } = timetable.assess(payment, { now });
      const { earliest, expected, latest } = timetable.when(payment);
      const overdue = now > Date.parse(latest);
      agree(
        "assess",
        { ...payment, now },
        {
          assess: [verdict, baseline.earliest, baseline.expected, baseline.latest],
          when: [overdue ? "anomalous" : "normal", earliest, expected, latest],
        },
      );
    }
    const { ns, ratio } = await timed({
      assess: assessing(timetable, payments, nows),
      when: asking(timetable, payments),
    });
    return { values: { assess_vs_when: ratio("assess", "when") }, detail: saidAll(ns) };
  },
};

function assessing(timetable: Timetable, payments: readonly Asked[], nows: readonly number[]): Work {
  let next = 0;
  return (count) => {
    let read = 0;
    for (let left = count; left > 0; left--) {
      const assessment = timetable.assess(payments[next] as Asked, { now: nows[next] as number });
      next = next + 1 === payments.length ? 0 : next + 1;
      read += assessment.verdict.length + assessment.reason.length + (assessment.nextCheckAt?.length ?? 1);
    }
    return read;
  };
}
