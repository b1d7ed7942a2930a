import { folders } from "./folders.js";
import type { Fuzzer } from "./fuzzer.js";
import { KNOWN_BAD } from "./known-bad.js";
import { jsonLines } from "./lines.js";
import { soundEvents, soundPayments, spoiltEvents, spoiltPayments, spoiltQuestions } from "./payments.js";
import { anything, calendarFiles, ruleFiles, ruleTexts } from "./rule-files.js";

/** Those that run when none is named. */
const USUAL: readonly Fuzzer[] = [
  ruleFiles,
  calendarFiles,
  ruleTexts,
  anything,
  folders,
  soundPayments,
  spoiltPayments,
  soundEvents,
  spoiltEvents,
  spoiltQuestions,
  jsonLines,
];

export const FUZZERS: readonly Fuzzer[] = [...USUAL, ...KNOWN_BAD];

/** The places in `FUZZERS` of the one that is named, or else of the usual ones. */
export const chosen = (only: string | undefined): number[] =>
  [...FUZZERS.keys()].filter((index) =>
    only === undefined ? index < USUAL.length : FUZZERS[index]?.name === only,
  );
