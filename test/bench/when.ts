import { BOUNDS } from "../../src/model/bound.js";
import type { Timetable } from "../../src/timetable.js";
import { assertSame, QUESTIONS } from "./assert-same.js";
import { type Bench, timesText } from "./bench.js";
import { type Answer, jsonRulesPeer } from "./json-rules-peer.js";
import type { Arrivals } from "./luxon-routes.js";
import { type BenchPayment, paymentsOf } from "./payments.js";
import { randomFrom } from "./random.js";
import { openShipped } from "./root.js";
import { measure, type Work } from "./timing.js";
import { zenPeer } from "./zen-peer.js";

/** The number of payments that are asked about in turn. */
const PAYMENTS = 4096;

export const whenAgainstEngines: Bench = {
  targets: { when_vs_obvious: "500 or more, better 2,000", when_vs_zen: "100 or more" },
  measures:
    "from one payment object to three instants as ISO text, on cn.acquiring (T+1 and D+1, some with an acquirer) and cn.hvps over 2025 and 2026: `when` on the shipped pack against json-rules-engine `run`, and against zen-engine, each with the route computed by luxon day by day, and each in turns with `when`",
  caveats:
    "the two years are cached by `when`, while the others cache nothing; `when` also checks the payment and gives rules and certainty",
  async run() {
    const timetable = await openShipped();
    const payments = paymentsOf(randomFrom(1), PAYMENTS);
    const answers = { obvious: jsonRulesPeer(), zen: zenPeer() };
    for (const payment of payments.slice(0, QUESTIONS)) {
      const { earliest, expected, latest } = timetable.when(payment);
      const ours: Arrivals = { earliest, expected, latest };
      assertSame("when", payment, {
        ours,
        obvious: await answers.obvious(payment),
        zen: await answers.zen(payment),
      });
    }
    const pair = (peer: Answer) =>
      measure({ when: whenWork(timetable, payments), peer: peerWork(peer, payments) });
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
    return { values, detail: timesText(ns) };
  },
};

/** Answers one payment after another and reads all three instants. */
export function whenWork(timetable: Timetable, payments: readonly BenchPayment[]): Work {
  let next = 0;
  return (count) => {
    let read = 0;
    for (let left = count; left > 0; left--) {
      const arrival = timetable.when(payments[next] as BenchPayment);
      next = next + 1 === payments.length ? 0 : next + 1;
      read +=
        arrival.earliest.charCodeAt(12) + arrival.expected.charCodeAt(12) + arrival.latest.charCodeAt(12);
    }
    return read;
  };
}

function peerWork(answer: Answer, payments: readonly BenchPayment[]): Work {
  let next = 0;
  return async (count) => {
    let read = 0;
    for (let left = count; left > 0; left--) {
      const three = await answer(payments[next] as BenchPayment);
      next = next + 1 === payments.length ? 0 : next + 1;
      for (const bound of BOUNDS) read += three[bound].charCodeAt(12);
    }
    return read;
  };
}
