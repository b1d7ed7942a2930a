import { folders } from "./folders.js";
import type { Fuzzer } from "./fuzzer.js";
import { jsonLines } from "./json-lines.js";
import { KNOWN_BAD } from "./known-bad.js";
import { invalidEvents, invalidPayments, invalidQueries, validEvents, validPayments } from "./payments.js";
import { anything, calendarFiles, ruleFiles, ruleTexts } from "./rule-files.js";

/** The fuzzers that run by default. */
const DEFAULT_FUZZERS: readonly Fuzzer[] = [
  ruleFiles,
  calendarFiles,
  ruleTexts,
  anything,
  folders,
  validPayments,
  invalidPayments,
  validEvents,
  invalidEvents,
  invalidQueries,
  jsonLines,
];

export const FUZZERS: readonly Fuzzer[] = [...DEFAULT_FUZZERS, ...KNOWN_BAD];

/** The indexes in `FUZZERS` of the named fuzzer, or of the default ones. */
export const selectFuzzers = (only: string | undefined): number[] =>
  [...FUZZERS.keys()].filter((index) =>
    only === undefined ? index < DEFAULT_FUZZERS.length : FUZZERS[index]?.name === only,
  );
