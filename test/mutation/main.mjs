import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { figures, judge, mutantsOf } from "./survivors.mjs";

/**
 * `npm run mutate` puts the mutants of every room to the tests of that room, `npm run mutate -- time route` those of
 * some. What a run found is kept under coverage/mutation/, and the next one asks only what changed. Prints what became
 * of the mutants, and ends with 1 where one survives that the lists in survivors/ do not explain, or an explanation is idle.
 */

const ROOMS = ["time", "calendar", "decide", "route", "answer", "assess"];

const rooms = process.argv.length > 2 ? process.argv.slice(2) : ROOMS;
for (const room of rooms) {
  if (!ROOMS.includes(room)) throw new Error(`no room ${room}: there are ${ROOMS.join(", ")}`);
  stryker(room, "reaching");
  forgetSurvivors(`coverage/mutation/${room}.found.json`);
  stryker(room, "all");
}

/**
 * First a mutant is put to the tests that were seen to reach it, which is quick. That misses what is only done once, for
 * the first test or while a file is loaded: so what survives is put to all tests of the room, loaded with it. So
 * is what took too long, which may have been the machine's doing.
 */
function stryker(room, TESTS) {
  const { status } = spawnSync("stryker", ["run", "test/mutation/stryker.config.mjs"], {
    stdio: "inherit",
    env: { ...process.env, ROOM: room, TESTS },
  });
  if (status !== 0) process.exit(status ?? 2);
}

function forgetSurvivors(file) {
  const found = JSON.parse(readFileSync(file, "utf8"));
  for (const one of Object.values(found.files)) {
    one.mutants = one.mutants.filter(({ status }) => status === "Killed");
  }
  writeFileSync(file, JSON.stringify(found));
}

const reportOf = (room) => JSON.parse(readFileSync(`coverage/mutation/${room}.report.json`, "utf8"));
const mutants = rooms.flatMap((room) => mutantsOf(reportOf(room)));
const explained = (room) =>
  JSON.parse(readFileSync(new URL(`survivors/${room}.json`, import.meta.url), "utf8"));
const { unexplained, idle } = judge(mutants, rooms.flatMap(explained));
console.table(figures(mutants));
for (const { file, at, line, change } of unexplained) {
  console.error(`survives unexplained: ${file}:${at} ${JSON.stringify({ line, changes: [change] })}`);
}
for (const key of idle) console.error(`explained for nothing: ${key}`);
process.exitCode = unexplained.length + idle.length > 0 ? 1 : 0;
