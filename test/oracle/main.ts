import { parseArgs } from "node:util";
import { randomFrom } from "../bench/random.js";
import { openPack, readFolders } from "./pack.js";
import { askBooks, askBoundaries, askPack, Tally } from "./runs.js";

/**
 * The long run: `npm run oracle -- --payments 200000 --seed 1`. Options, which may be combined: `--payments` for the
 * shipped pack, `--books` for random rulebooks with 60 payments each, `--boundaries` for every boundary in 2025 and 2026.
 */
const { values } = parseArgs({
  options: {
    payments: { type: "string", default: "0" },
    books: { type: "string", default: "0" },
    boundaries: { type: "boolean", default: false },
    seed: { type: "string", default: "1" },
  },
});

const SHOWN = 20;
const seed = Number(values.seed);
const tally = new Tally();
const started = performance.now();
const pack = openPack();
const random = randomFrom(seed);
const STRIDE = 10_000;
for (let left = Number(values.payments); left > 0; left -= STRIDE) {
  askPack(pack, random, tally, Math.min(left, STRIDE), 500);
  console.error(`${left} left, ${tally.disagreements.length} disagreements`);
}
if (Number(values.books) > 0) askBooks(readFolders(), seed, tally, Number(values.books), 60, console.error);
if (values.boundaries) askBoundaries(pack, random, tally);

console.table(tally.counts);
for (const one of tally.disagreements.slice(0, SHOWN)) console.log(JSON.stringify(one));
const seconds = ((performance.now() - started) / 1000).toFixed(0);
console.log(`${tally.disagreements.length} disagreements, seed ${seed}, ${seconds} s`);
process.exitCode = tally.disagreements.length === 0 ? 0 : 1;
