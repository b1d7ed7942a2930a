import fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, test } from "vitest";
import { offsetAt, type Zone, zoneNamed } from "../../src/time/zone.js";
import { ZONES } from "./zones.js";

const zone = (name: string): Zone => zoneNamed(name) as Zone;

describe("zones as tables", () => {
  test("agree with luxon at a hundred thousand instants from 1900 to 2199", () => {
    const instants = fc.integer({ min: Date.UTC(1901, 0, 1), max: Date.UTC(2199, 0, 1) });
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.array(instants, { minLength: 500, maxLength: 500 }),
        (name, many) => {
          for (const ms of many) {
            expect(offsetAt(zone(name), ms)).toBe(DateTime.fromMillis(ms, { zone: name }).offset * 60_000);
          }
        },
      ),
      { numRuns: 200 },
    );
  }, 240_000);

  test("agree with luxon around every change of New York's clocks in 2026", () => {
    for (const change of [Date.UTC(2026, 2, 8, 7), Date.UTC(2026, 10, 1, 6)]) {
      for (const ms of [change - 1, change, change + 1]) {
        const offset = DateTime.fromMillis(ms, { zone: "America/New_York" }).offset * 60_000;
        expect(offsetAt(zone("America/New_York"), ms)).toBe(offset);
      }
    }
  });
});
