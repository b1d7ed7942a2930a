import { parseArgs } from "node:util";
import { randomFrom } from "../bench/random.js";
import { compareWhen, type Disagreement } from "./agree.js";
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
const started = process.hrtime.bigint();
for (let n = 0; n < Number(values.payments); n++) {
  const channel = channels[n % channels.length] as string;
  const payment = drawPayment({ book, random }, channel);
  counts[channel] = (counts[channel] ?? 0) + 1;
  const found = compareWhen(timetable, { book, payment });
  if (found !== undefined) wrong.push(found);
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
console.log(kinds, wrong.length);
