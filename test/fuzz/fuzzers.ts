import { folders } from "./folders.js";
import type { Fuzzer } from "./fuzzer.js";
import { jsonLines } from "./lines.js";
import { soundEvents, soundPayments, spoiltEvents, spoiltPayments, spoiltQuestions } from "./payments.js";
import { anything, calendarFiles, ruleFiles, ruleTexts } from "./rule-files.js";

export const FUZZERS: readonly Fuzzer[] = [
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
