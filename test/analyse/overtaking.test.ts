import fc from "fast-check";
import { expect, test } from "vitest";
import { contextOf } from "../../src/analyse/context.js";
import { overtakingFindings } from "../../src/analyse/overtaking.js";
import { arrive } from "../../src/answer/arrival.js";
import { QuestionError } from "../../src/errors.js";
import { type Query, queryOf } from "../../src/pieces/query.js";
import { compileSnapshot } from "../../src/pieces/snapshot.js";
import { DAY_MS } from "../../src/time/day.js";
import type { Instant } from "../../src/time/instant.js";
import { FIRST, rulebookWithChoices, worldWithChoices } from "../support/random-rulebook.js";

/** The expected arrival of one payment; undefined if it is refused or has no answer. */
function expectedOf(query: Query, at: number): number | undefined {
  try {
    const arrival = arrive(query, at as Instant);
    return arrival.outcome === "refused" ? undefined : Date.parse(arrival.expected);
  } catch (error) {
    if (error instanceof QuestionError) return undefined;
    throw error;
  }
}

/** Whether a payment arrives before one that was sent earlier, sampled every half hour. */
function anyOvertakes(query: Query, from: number, days: number): boolean {
  let latest = Number.NEGATIVE_INFINITY;
  for (let at = from; at < from + days * DAY_MS; at += DAY_MS / 48) {
    const arrives = expectedOf(query, at);
    if (arrives === undefined) continue;
    if (arrives < latest) return true;
    latest = arrives;
  }
  return false;
}

test("overtaking is found wherever half-hourly samples show it, and the reported instants are correct", () => {
  let overtaken = 0;
  fc.assert(
    fc.property(worldWithChoices, (world) => {
      const rulebook = rulebookWithChoices(world);
      const snapshot = compileSnapshot(rulebook);
      const query = queryOf(snapshot, "random", { amount: 1000 });
      const { findings, proofs } = overtakingFindings(contextOf(rulebook, () => ({}), FIRST));
      if (anyOvertakes(query, (FIRST + 1) * DAY_MS, 40)) {
        overtaken++;
        expect(findings.map(({ code }) => code)).toContain("sooner");
      }
      expect(proofs.length).toBe(findings.length === 0 ? 1 : 0);
      for (const { what, witness } of findings) {
        const instants = what.match(/\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)/g) ?? [];
        const [sent = 0, arrives, laterSent = 0, laterArrives] = instants.map((text) => Date.parse(text));
        expect(Date.parse(String(witness?.initiatedAt))).toBe(sent);
        expect([expectedOf(query, sent), expectedOf(query, laterSent)]).toEqual([arrives, laterArrives]);
        expect(sent < laterSent && Number(laterArrives) < Number(arrives)).toBe(true);
      }
    }),
    { numRuns: 15 },
  );
  expect(overtaken).toBeGreaterThan(0);
});
