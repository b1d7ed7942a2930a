import type { ChannelFile, ChannelRule } from "../../src/model/rulebook.js";
import { compileTimetable, type Timetable } from "../../src/timetable.js";
import { agree, QUESTIONS } from "./agree.js";
import { type Bench, saidAll } from "./bench.js";
import { type Asked, FROM, textOf } from "./payments.js";
import { type Random, randomFrom } from "./random.js";
import { readJson } from "./root.js";
import { timed } from "./timing.js";
import { asking } from "./when.js";

const RULES_EACH = 5;
const PAYMENTS = 4096;
const DAY_MS = 86_400_000;

export const manyRules: Bench = {
  wanted: { rules_5000_vs_50: "1.3 or less" },
  measures:
    "`when` with 5,000 rules on 1,000 channels against 50 rules on 10, each channel with five bands of the amount, payments of one day spread over all channels and bands; both compiled in memory with an example for each rule",
  unfair:
    "all payments are of one day, as those that a service is asked about mostly are; a thousand channels over many days keep more than the memory holds, and are then worked out again and again",
  async run() {
    const few = payable(10);
    const many = payable(1000);
    const { ns, ratio } = await timed({
      "50 rules": asking(few.timetable, few.payments),
      "5,000 rules": asking(many.timetable, many.payments),
      "5,000 rules asked about ten channels": asking(many.timetable, few.payments),
    });
    const loading = `compiled in ${few.ms.toFixed(0)} ms and ${many.ms.toFixed(0)} ms`;
    return {
      values: { rules_5000_vs_50: ratio("5,000 rules", "50 rules") },
      detail: `${saidAll(ns)}; ${loading}`,
    };
  },
};

interface Payable {
  readonly timetable: Timetable;
  readonly payments: readonly Asked[];
  /** How long compiling took, examples and all. */
  readonly ms: number;
}

/** The bands of one channel: a rule each, from its amount to the next one's. */
interface Band {
  readonly from: number;
  readonly until: number;
  /** The hour of the day at which it is posted, and the days that it takes. */
  readonly hour: number;
  readonly lag: number;
}

function payable(channels: number): Payable {
  const random = randomFrom(5);
  const bands = new Map(Array.from({ length: channels }, (_, n) => [`bank.${n}`, bandsOf(random)]));
  const start = performance.now();
  const timetable = timetableOf(bands);
  const ms = performance.now() - start;
  const names = [...bands.keys()];
  const payments = Array.from({ length: PAYMENTS }, () => paymentTo(random, random.pick(names)));
  for (const payment of payments.slice(0, QUESTIONS)) {
    const { earliest, expected, latest } = timetable.when(payment);
    agree("many rules", payment, { when: [earliest, expected, latest], byHand: byHand(bands, payment) });
  }
  return { timetable, payments, ms };
}

function bandsOf(random: Random): Band[] {
  const limits = Array.from(
    { length: RULES_EACH },
    (_, n) => n * 10_000 + (n === 0 ? 0 : random.int(0, 9000)),
  );
  return limits.map((from, n) => ({
    ...{ from, until: limits[n + 1] ?? 1e12 },
    ...{ hour: random.int(1, 20), lag: random.int(1, 3) },
  }));
}

const paymentTo = (random: Random, channel: string): Asked => ({
  channel,
  amount: `${random.int(0, RULES_EACH * 10_000)}.00`,
  initiatedAt: textOf(FROM + random.int(0, DAY_MS / 1000 - 1) * 1000),
});

/** The same by counting: the bands lag by calendar days, cut at 17:00, and are posted within an hour. */
function byHand(
  bands: ReadonlyMap<string, readonly Band[]>,
  { channel, amount, initiatedAt }: Asked,
): string[] {
  const at = Date.parse(initiatedAt);
  const { hour, lag } = (bands.get(channel) as Band[]).find(({ until }) => Number(amount) < until) as Band;
  const late = at - FROM >= 17 * 3_600_000 ? 1 : 0;
  const posted = FROM + (late + lag) * DAY_MS + hour * 3_600_000;
  return [posted, posted, posted + 3_600_000].map(textOf);
}

function timetableOf(bands: ReadonlyMap<string, readonly Band[]>): Timetable {
  const files = [...bands].map(
    ([channel, some]) => [`channels/${channel}.json`, fileOf(channel, some)] as const,
  );
  const shipped = ["facts.json", "systems.json"].map(
    (name) => [name, readJson<unknown>(`rules/${name}`)] as const,
  );
  const calendars = ["cn.statutory", "cn.hvps", "cn.cips"].map(
    (id) => [`${id}.json`, readJson<unknown>(`calendars/${id}.json`)] as const,
  );
  return compileTimetable({
    rules: Object.fromEntries([...shipped, ...files]),
    calendars: Object.fromEntries(calendars),
  });
}

function fileOf(channel: string, bands: readonly Band[]): ChannelFile {
  const title = { zh: channel, en: channel };
  return {
    $schema: "channel.schema.json",
    ...{ channel, title, zone: "Asia/Shanghai" },
    rules: bands.map((band, n) => ruleOf(`${channel}.${n}`, band)),
    examples: bands.map(({ from }, n) => ({
      payment: { amount: `${from}.00`, initiatedAt: "2025-01-01T12:00:00+08:00" },
      expect: { rule: `${channel}.${n}` },
    })),
  };
}

const two = (hour: number): string => `${String(hour).padStart(2, "0")}:00`;

const ruleOf = (name: string, { from, until, hour, lag }: Band): ChannelRule => ({
  name,
  priority: 10,
  conditions: {
    all: [
      { fact: "amount", operator: "greaterThanInclusive", value: from },
      { fact: "amount", operator: "lessThan", value: until },
    ],
  },
  event: {
    type: "route",
    params: {
      steps: [
        {
          kind: "settle",
          cutoff: "17:00",
          lag: `D+${lag}`,
          at: { earliest: two(hour), expected: two(hour), latest: two(hour + 1) },
          milestone: "credited",
        },
      ],
    },
  },
  basis: "assumed",
});
