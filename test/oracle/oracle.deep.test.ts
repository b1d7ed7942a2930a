import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { randomFrom } from "../bench/random.js";
import { pathOf } from "../bench/root.js";
import { openPack, readFolders } from "./pack.js";
import { askBooks, askBoundaries, askPack, Tally } from "./runs.js";

/**
 * Compares the engine with a second implementation that is slow and simple: day by day, minute by minute. `npm run oracle`
 * compares more payments.
 */

const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1e9));
const pack = openPack();
/** The oracle is slow, especially on a busy machine. */
const TIMEOUT = { timeout: 300_000 };

/** Failures show the seed. */
const expectAgreement = ({ disagreements }: Tally): void =>
  expect({ seed, disagreements: disagreements.slice(0, 3) }).toEqual({ seed, disagreements: [] });

test("agrees for random payments on all channels of the shipped pack", TIMEOUT, () => {
  const tally = new Tally();
  askPack(pack, randomFrom(seed), tally, 1700, 150);
  expectAgreement(tally);
  expect(Object.keys(tally.counts)).toEqual(expect.arrayContaining(Object.keys(pack.book.channels)));
});

test("agrees for random payments on random rulebooks", TIMEOUT, () => {
  const tally = new Tally();
  askBooks(readFolders(), seed, tally, 4, 50);
  expectAgreement(tally);
  expect(tally.counts["payments of random rulebooks"]).toBe(4 * 50);
});

test(
  "agrees one millisecond before, at and after boundaries of the shipped pack in 2025 and 2026",
  TIMEOUT,
  () => {
    const tally = new Tally();
    askBoundaries(pack, randomFrom(seed), tally, 10);
    expectAgreement(tally);
  },
);

test("the oracle shares only types with the engine", () => {
  const ORACLE = [
    "answer",
    "assess",
    "book",
    "calendar",
    "decide",
    "latest-send",
    "local-time",
    "systems",
    "route",
    "unanswerable",
  ];
  const folder = pathOf("test/oracle");
  const own = readdirSync(folder).filter((file) => ORACLE.includes(file.replace(/\.ts$/, "")));
  const wrong = own.flatMap((file) =>
    [...readFileSync(`${folder}/${file}`, "utf8").matchAll(/import (type )?[^;]*? from "([^"]+)"/g)]
      .filter(([, type, module]) => {
        if (module?.startsWith("../../src/model/")) return type === undefined;
        const other = /^\.\/([\w-]+)\.js$/.exec(module as string)?.[1];
        return other === undefined
          ? !["luxon", "date-holidays"].includes(module as string)
          : !ORACLE.includes(other);
      })
      .map(([statement]) => `${file}: ${statement}`),
  );
  expect(own.length).toBeGreaterThan(7);
  expect(wrong).toEqual([]);
});
