import { describe, expect, test } from "vitest";
import type { Rulebook } from "../../src/model/rulebook.js";
import { knownAt, publicationsOf } from "../../src/pieces/publications.js";
import { FOREVER, type Instant } from "../../src/time/instant.js";
import { feb } from "../answer/fixture.js";
import { at, closing, rulebookOf, WEEK } from "../decide/fixture.js";

/** The rulebook as known at an instant, and the instants of publication. */

describe("the rulebook as known at an instant", () => {
  const window = (name: string, published?: string) => {
    const plain = closing(name);
    const params = { ...plain.event.params, zone: "Asia/Shanghai" };
    return { ...plain, event: { ...plain.event, params }, ...(published === undefined ? {} : { published }) };
  };
  const book = {
    ...rulebookOf({
      windows: [
        window("always"),
        window("date", "2026-02-10"),
        window("instant", "2026-02-10T12:00:00+08:00"),
      ] as never,
    }),
    calendars: {
      week: {
        ...WEEK,
        amendments: [{ published: "2026-02-01", source: { title: "s" }, holidays: [], workdays: [] }],
      },
    },
  } as Rulebook;

  test("has a window from the start of its date of publication, or from its instant", () => {
    const known = (when: string): string[] => knownAt(book, at(when)).windows.map(({ name }) => name);
    expect(known("2026-02-09T23:59:59.999+08:00")).toEqual(["always"]);
    expect(known("2026-02-10T00:00:00+08:00")).toEqual(["always", "date"]);
    expect(known("2026-02-10T11:59:59.999+08:00")).toEqual(["always", "date"]);
    expect(known("2026-02-10T12:00:00+08:00")).toEqual(["always", "date", "instant"]);
  });

  test("has the notices of calendars, and changes at each publication, in order", () => {
    expect(publicationsOf(book).map((one) => new Date(one).toISOString())).toEqual([
      ...["2026-01-31T16:00:00.000Z", "2026-02-09T16:00:00.000Z", "2026-02-10T04:00:00.000Z"],
    ]);
    expect(knownAt(book, feb("01T00:00")).calendars.week?.amendments).toHaveLength(1);
    expect(knownAt(book, (feb("01T00:00") - 1) as Instant).calendars.week?.amendments).toEqual([]);
    expect(knownAt(book, FOREVER).windows).toHaveLength(3);
  });
});
