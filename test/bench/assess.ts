import type { Timetable } from "../../src/timetable.js";
import { assertSame, QUESTIONS } from "./assert-same.js";
import { type Bench, timesText } from "./bench.js";
import { type BenchPayment, paymentsOf } from "./payments.js";
import { randomFrom } from "./random.js";
import { openShipped } from "./root.js";
import { measure, type Work } from "./timing.js";
import { whenWork } from "./when.js";

const PAYMENTS = 4096;
const HOUR_MS = 3_600_000;

export const assessAgainstWhen: Bench = {
  targets: { assess_vs_when: "4 or less" },
  measures:
    "`assess` without events against `when` for the same payments over 2025 and 2026, at up to four days after the send time: before the expected arrival, before the latest, and overdue",
  caveats:
    "only verdict, reason and next check of an assessment are read; of an arrival, the three instants are read",
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
      assertSame(
        "assess",
        { ...payment, now },
        {
          assess: [verdict, baseline.earliest, baseline.expected, baseline.latest],
          when: [overdue ? "anomalous" : "normal", earliest, expected, latest],
        },
      );
    }
    const { ns, ratio } = await measure({
      assess: assessWork(timetable, payments, nows),
      when: whenWork(timetable, payments),
    });
    return { values: { assess_vs_when: ratio("assess", "when") }, detail: timesText(ns) };
  },
};

function assessWork(timetable: Timetable, payments: readonly BenchPayment[], nows: readonly number[]): Work {
  let next = 0;
  return (count) => {
    let read = 0;
    for (let left = count; left > 0; left--) {
      const assessment = timetable.assess(payments[next] as BenchPayment, { now: nows[next] as number });
      next = next + 1 === payments.length ? 0 : next + 1;
      read += assessment.verdict.length + assessment.reason.length + (assessment.nextCheckAt?.length ?? 1);
    }
    return read;
  };
}
