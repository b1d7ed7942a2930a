import type { ChannelFile, ChannelRule } from "../../src/model/rulebook.js";
import { compileTimetable, type Timetable } from "../../src/timetable.js";
import { assertSame, QUESTIONS } from "./assert-same.js";
import { type Bench, timesText } from "./bench.js";
import { type BenchPayment, FROM, textOf } from "./payments.js";
import { type Random, randomFrom } from "./random.js";
import { readJson } from "./root.js";
import { measure } from "./timing.js";
import { whenWork } from "./when.js";

const RULES_EACH = 5;
const PAYMENTS = 4096;
const DAY_MS = 86_400_000;

export const manyRules: Bench = {
  targets: { rules_5000_vs_50: "1.3 or less" },
  measures:
    "`when` with 5,000 rules on 1,000 channels against 50 rules on 10, each channel with five bands of the amount, payments of one day over all channels and bands; both rulebooks are compiled in memory with an example for each rule",
  caveats:
    "all payments are of one day, as most payments of a service are; a thousand channels over many days exceed the cache, and their pieces are built repeatedly",
  async run() {
    const few = setUp(10);
    const many = setUp(1000);
    const { ns, ratio } = await measure({
      "50 rules": whenWork(few.timetable, few.payments),
      "5,000 rules": whenWork(many.timetable, many.payments),
      "5,000 rules, payments on ten channels": whenWork(many.timetable, few.payments),
    });
    const loading = `compiled in ${few.ms.toFixed(0)} ms and ${many.ms.toFixed(0)} ms`;
    return {
      values: { rules_5000_vs_50: ratio("5,000 rules", "50 rules") },
      detail: `${timesText(ns)}; ${loading}`,
    };
  },
};

interface Setup {
  readonly timetable: Timetable;
  readonly payments: readonly BenchPayment[];
  /** The time of compiling, examples included, in milliseconds. */
  readonly ms: number;
}

/** A band of amounts of one channel, with its own rule. */
interface Band {
  readonly from: number;
  readonly until: number;
  /** The hour at which it is posted, and the lag in days. */
  readonly hour: number;
  readonly lag: number;
}

function setUp(channels: number): Setup {
  const random = randomFrom(5);
  const bands = new Map(Array.from({ length: channels }, (_, n) => [`bank.${n}`, bandsOf(random)]));
  const start = performance.now();
  const timetable = timetableOf(bands);
  const ms = performance.now() - start;
  const names = [...bands.keys()];
  const payments = Array.from({ length: PAYMENTS }, () => paymentTo(random, random.pick(names)));
  for (const payment of payments.slice(0, QUESTIONS)) {
    const { earliest, expected, latest } = timetable.when(payment);
    assertSame("many rules", payment, { when: [earliest, expected, latest], byHand: byHand(bands, payment) });
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

const paymentTo = (random: Random, channel: string): BenchPayment => ({
  channel,
  amount: `${random.int(0, RULES_EACH * 10_000)}.00`,
  initiatedAt: textOf(FROM + random.int(0, DAY_MS / 1000 - 1) * 1000),
});

/** The same by hand: the lag is in calendar days, the cutoff is 17:00, and posting takes up to an hour. */
function byHand(
  bands: ReadonlyMap<string, readonly Band[]>,
  { channel, amount, initiatedAt }: BenchPayment,
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

const hourText = (hour: number): string => `${String(hour).padStart(2, "0")}:00`;

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
          at: { earliest: hourText(hour), expected: hourText(hour), latest: hourText(hour + 1) },
          milestone: "credited",
        },
      ],
    },
  },
  basis: "assumed",
});
