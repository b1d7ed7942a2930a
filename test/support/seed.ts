import fc from "fast-check";

/** Property tests draw a new seed each time, and print it when they fail; SEED=N repeats a run. */
const { SEED } = process.env;
if (SEED !== undefined) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(SEED) });
