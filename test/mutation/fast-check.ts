import fc from "fast-check";

/**
 * fast-check for mutation testing: the same seed every time, a fiftieth of the runs (a tenth for what survives that), and
 * the first counterexample is enough. A mutant is asked by hundreds of tests, and the runs of a property mostly ask the
 * same again.
 */

const SHARE = process.env.TESTS === "all" ? 10 : 50;
const LEAST = 10;

fc.configureGlobal({ seed: 20_260_101, endOnFailure: true });

type Assert = (property: fc.IRawProperty<unknown>, parameters?: fc.Parameters<unknown>) => unknown;

const assert: Assert = (property, parameters = {}) => {
  const { numRuns = 100 } = parameters;
  const share = Math.max(LEAST, Math.ceil(numRuns / SHARE));
  return fc.assert(property, { ...parameters, numRuns: Math.min(numRuns, share) });
};

export * from "fast-check";
export default { ...fc, assert: assert as typeof fc.assert };
