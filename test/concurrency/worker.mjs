// A thread that answers from a shared timetable: a list of payments, or one payment continuously.
import { createRequire } from "node:module";
import { setImmediate as turn } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { adoptTimetable } from "../../dist/index.js";
import { answersTo } from "./answers.mjs";

let timetable = adoptTimetable(workerData);

const ajvIsLoaded = () =>
  Object.keys(createRequire(import.meta.url).cache).some((file) =>
    /[\\/]node_modules[\\/]ajv[\\/]/.test(file),
  );

let asking = false;

async function askContinuously(payment) {
  const seen = {};
  let asked = 0;
  for (asking = true; asking; asked++) {
    const { version, expected } = timetable.when(payment);
    seen[version] = [...new Set([...(seen[version] ?? []), expected])];
    if (asked % 50 === 0) await turn();
  }
  parentPort.postMessage({ seen, asked, version: timetable.version });
}

parentPort.on("message", ({ payments, payment, shared, end }) => {
  if (shared !== undefined) timetable = adoptTimetable(shared);
  if (payments !== undefined)
    parentPort.postMessage({
      answers: payments.map((one) => answersTo(timetable, one)),
      version: timetable.version,
      checked: ajvIsLoaded(),
    });
  if (payment !== undefined) askContinuously(payment);
  if (end) asking = false;
});
