import { parseArgs } from "node:util";
import { randomFrom } from "../bench/random.js";
import { compareLatest, compareSooner, compareWhen, type Disagreement } from "./agree.js";
import { openPack, readFolders } from "./pack.js";
import { drawPayment } from "./payments.js";
import { drawBook, drawSent } from "./rulebooks.js";

/** The long run: `npm run oracle -- --payments 200000 --seed 1`. */

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    books: { type: "string", default: "0" },
    payments: { type: "string", default: "10000" },
    seed: { type: "string", default: "1" },
  },
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
const shipped = readFolders();
let books = 0;
for (let n = 0; n < Number(values.books); n++) {
  const begun = Date.now();
  if (values.only !== undefined && n !== Number(values.only)) continue;
  const random = randomFrom(Number(values.seed) * 1000 + n);
  const drawn = drawBook(random, shipped, (why) => console.log("not loaded", why));
  if (drawn === undefined) continue;
  books += 1;
  for (let m = 0; m < 60; m++) {
    const payment = drawSent(random);
    const question = { book: drawn.book, payment };
    const asOf = random.int(1, 3) === 1 ? payment.initiatedAt + random.int(-60, 30) * 86_400_000 : undefined;
    const found = compareWhen(drawn.timetable, { ...question, asOf });
    if (found === undefined) continue;
    wrong.push(found);
    console.log(n, JSON.stringify(found));
  }
  console.log("book", n, Date.now() - begun);
}
console.log({ books });
console.log(counts, Number(process.hrtime.bigint() - started) / 1e9);
for (const one of wrong.slice(0, 15)) console.log(JSON.stringify(one));
const kinds: Record<string, number> = {};
for (const { payment, fields, question } of wrong) {
  const key = `${payment.channel} ${question.slice(0, 10)} ${fields}`;
  kinds[key] = (kinds[key] ?? 0) + 1;
}
console.log(kinds, wrong.length, { far });
