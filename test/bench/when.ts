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
    "one payment object with ISO text in, three instants as ISO text out, on cn.acquiring (T+1 and D+1, some with an acquirer) and cn.hvps over 2025 and 2026: `when` on the shipped pack against json-rules-engine `run`, and against zen-engine, each with the winning route carried out by luxon day by day, and each in turns with `when`",
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
    const pair = (peer: Answer) =>
      timed({ when: asking(timetable, payments), peer: awaiting(peer, payments) });
    const [obvious, zen] = [await pair(answers.obvious), await pair(answers.zen)];
    const values = {
      when_vs_obvious: obvious.ratio("peer", "when"),
      when_vs_zen: zen.ratio("peer", "when"),
    };
    const ns = {
      "when beside obvious": obvious.ns.when ?? 0,
      obvious: obvious.ns.peer ?? 0,
      "when beside zen": zen.ns.when ?? 0,
      zen: zen.ns.peer ?? 0,
    };
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
