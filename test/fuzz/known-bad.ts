import fc from "fast-check";
import { type Fuzzer, fuzzer } from "./fuzzer.js";

/** Deliberate failures, to test that failures are found, shrunk and reproduced. They run only by name. */

const endless: Fuzzer = fuzzer({
  name: "endless",
  description: "now and then a loop without an end",
  cases: fc.nat(100),
  check: (one) => {
    while (one > 90);
  },
});

const foreign: Fuzzer = fuzzer({
  name: "foreign",
  description: "now and then an error of another class",
  cases: fc.nat(1000),
  check: (one) => {
    if (one >= 700) throw new TypeError(`${one} is not a function`);
  },
});

export const KNOWN_BAD: readonly Fuzzer[] = [endless, foreign];
