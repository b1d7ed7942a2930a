import { parseArgs } from "node:util";
import { randomFrom } from "../bench/random.js";
import { compareLatest, compareSooner, compareWhen, type Disagreement } from "./agree.js";
import { openPack } from "./pack.js";
import { drawPayment } from "./payments.js";

/** The long run: `npm run oracle -- --payments 200000 --seed 1`. */

const { values } = parseArgs({
  options: { payments: { type: "string", default: "10000" }, seed: { type: "string", default: "1" } },
});

const { book, timetable } = openPack();
const random = randomFrom(Number(values.seed));
const channels = Object.keys(book.channels);
const counts: Record<string, number> = {};
const wrong: Disagreement[] = [];
let far = 0;
const started = process.hrtime.bigint();
for (let n = 0; n < Number(values.payments); n++) {
  const channel = channels[n % channels.length] as string;
  const payment = drawPayment({ book, random }, channel);
  counts[channel] = (counts[channel] ?? 0) + 1;
  const begun = Date.now();
  const question = { book, payment };
  const by =
    payment.initiatedAt + random.int(0, 5 * 24 * 60) * 60_000 + random.pick([0, 0, 0, 1, -1, 30_000]);
  if (random.int(1, 20) === 1) {
    const missed = [
      compareLatest(timetable, question, by, random.pick(["expected", "latest"])),
      compareSooner(timetable, question),
      compareWhen(timetable, { ...question, asOf: payment.initiatedAt + random.int(-400, 100) * 86_400_000 }),
    ];
    wrong.push(...missed.filter((one) => one !== undefined));
  }
  const took = Date.now() - begun;
  if (took > 2000) console.log("slow", took, JSON.stringify(payment), new Date(by).toISOString());
  const found = compareWhen(timetable, question);
  if (found === undefined) continue;
  const { oracle, engine } = found as { oracle: { retryAt?: number }; engine: { retryAt?: number | null } };
  if (engine.retryAt === null && (oracle.retryAt ?? 0) > payment.initiatedAt + 400 * 86_400_000) far += 1;
  else wrong.push(found);
}
console.log(counts, Number(process.hrtime.bigint() - started) / 1e9);
for (const one of wrong.slice(0, 15)) console.log(JSON.stringify(one));
const kinds: Record<string, number> = {};
for (const { payment, oracle, engine } of wrong) {
  const fields = Object.keys({ ...(oracle as object), ...(engine as object) }).filter(
    (key) =>
      JSON.stringify((oracle as Record<string, unknown>)[key]) !==
      JSON.stringify((engine as Record<string, unknown>)[key]),
  );
  const key = `${payment.channel} ${fields}`;
  kinds[key] = (kinds[key] ?? 0) + 1;
}
console.log(kinds, wrong.length, { far });
