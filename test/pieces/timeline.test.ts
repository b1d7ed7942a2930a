import { expect, test } from "vitest";
import { segmentOf } from "../../src/pieces/timeline.js";
import type { Instant } from "../../src/time/instant.js";
import { HOUR, UTC } from "./template-fixture.js";

/** Segments of a timeline. */

test("a segment has no key without a value", () => {
  const [from, to] = [0 as Instant, HOUR as Instant];
  const bare = { from: "1970-01-01T00:00:00+00:00", to: "1970-01-01T01:00:00+00:00", cause: "batch" };
  expect(segmentOf({ from, to, cause: "batch" }, "way", UTC)).toStrictEqual({ ...bare, rule: "way" });
  const full = { system: "one", cause: "batch", name: "n", calendar: "c", rule: "other" } as const;
  const keys = ["system", "name", "calendar"] as const;
  for (let chosen = 0; chosen < 8; chosen++) {
    const without = keys.filter((_, index) => (chosen & (1 << index)) !== 0);
    const wait = { ...full, ...Object.fromEntries(without.map((key) => [key, undefined])) };
    const present = Object.fromEntries(Object.entries(wait).filter(([, value]) => value !== undefined));
    expect(segmentOf({ from, to, ...wait }, "way", UTC)).toStrictEqual({ ...bare, ...present });
  }
});
