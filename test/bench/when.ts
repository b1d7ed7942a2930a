import { BOUNDS } from "../../src/model/bound.js";
import type { Timetable } from "../../src/timetable.js";
import { agree, QUESTIONS } from "./agree.js";
import { type Bench, saidAll } from "./bench.js";
import { type Answer, byJsonRules } from "./by-json-rules.js";
import type { Three } from "./by-luxon.js";
import { byZen } from "./by-zen.js";
import { type Asked, paymentsOf } from "./payments.js";
import { randomFrom } from "./random.js";
import { openShipped } from "./root.js";
import { timed, type Work } from "./timing.js";

/** How many different payments are asked about in turn. */
const PAYMENTS = 4096;

export const whenAgainstEngines: Bench = {
  wanted: { when_vs_obvious: "500 or more, better 2,000", when_vs_zen: "100 or more" },
  measures:
    "one payment object with ISO text in, three instants as ISO text out, on cn.acquiring (T+1 and D+1, some with an acquirer) and cn.hvps over 2025 and 2026: `when` on the shipped pack against json-rules-engine `run`, and against zen-engine, each with the winning route carried out by luxon day by day",
  unfair:
    "the two years are warm, so `when` finds its pieces in memory while the others know nothing of the last question; it does check the payment and tell rules and certainty, which they do not",
  async run() {
    const timetable = await openShipped();
    const payments = paymentsOf(randomFrom(1), PAYMENTS);
    const answers = { obvious: byJsonRules(), zen: byZen() };
    for (const payment of payments.slice(0, QUESTIONS)) {
      const { earliest, expected, latest } = timetable.when(payment);
      const ours: Three = { earliest, expected, latest };
      agree("when", payment, {
        ours,
        obvious: await answers.obvious(payment),
        zen: await answers.zen(payment),
      });
    }
    const { ns, ratio } = await timed({
      when: asking(timetable, payments),
      obvious: awaiting(answers.obvious, payments),
      zen: awaiting(answers.zen, payments),
    });
    const values = { when_vs_obvious: ratio("obvious", "when"), when_vs_zen: ratio("zen", "when") };
    return { values, detail: saidAll(ns) };
  },
};

/** Asks about one payment after another and reads all three instants. */
export function asking(timetable: Timetable, payments: readonly Asked[]): Work {
  let next = 0;
  return (count) => {
    let read = 0;
    for (let left = count; left > 0; left--) {
      const arrival = timetable.when(payments[next] as Asked);
      next = next + 1 === payments.length ? 0 : next + 1;
      read +=
        arrival.earliest.charCodeAt(12) + arrival.expected.charCodeAt(12) + arrival.latest.charCodeAt(12);
    }
    return read;
  };
}

function awaiting(answer: Answer, payments: readonly Asked[]): Work {
  let next = 0;
  return async (count) => {
    let read = 0;
    for (let left = count; left > 0; left--) {
      const three = await answer(payments[next] as Asked);
      next = next + 1 === payments.length ? 0 : next + 1;
      for (const bound of BOUNDS) read += three[bound].charCodeAt(12);
    }
    return read;
  };
}
