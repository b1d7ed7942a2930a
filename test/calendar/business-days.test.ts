import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as days from "../../src/calendar/business-days.js";
import { compileCalendars } from "../../src/calendar/compile.js";
import { QuestionError, RulebookError } from "../../src/errors.js";
import { BOUNDS } from "../../src/model/bound.js";
import type { CalendarFile } from "../../src/model/rulebook.js";
import { addDays, type Day, formatDay, WEEKDAYS, weekdayOf } from "../../src/time/day.js";
import { calendar, day, shippedCalendars } from "./calendar-files.js";

const text = (one: Day): string => formatDay(one);

describe("the family of questions, on February 2026 of cn.hvps", () => {
  // 02-14 is a Saturday worked; 02-15 to 02-23 is the holiday; 02-28 is a Saturday worked.
  const hvps = shippedCalendars().get("cn.hvps", "expected");

  test("shift counts business days strictly after or before a day", () => {
    expect(text(days.shift(hvps, day("2026-02-13"), 1))).toBe("2026-02-14");
    expect(text(days.shift(hvps, day("2026-02-13"), 2))).toBe("2026-02-24");
    expect(text(days.shift(hvps, day("2026-02-15"), 1))).toBe("2026-02-24");
    expect(text(days.shift(hvps, day("2026-02-24"), -1))).toBe("2026-02-14");
    expect(text(days.shift(hvps, day("2026-02-20"), -2))).toBe("2026-02-13");
  });

  test("shift by nothing is the day itself where it is open, else the next business day", () => {
    expect(text(days.shift(hvps, day("2026-02-14"), 0))).toBe("2026-02-14");
    expect(text(days.shift(hvps, day("2026-02-15"), 0))).toBe("2026-02-24");
    expect(text(days.nextOrSame(hvps, day("2026-02-15")))).toBe("2026-02-24");
  });

  test("next and previous never give the day itself, the others do", () => {
    expect(text(days.next(hvps, day("2026-02-14")))).toBe("2026-02-24");
    expect(text(days.previous(hvps, day("2026-02-14")))).toBe("2026-02-13");
    expect(text(days.previousOrSame(hvps, day("2026-02-14")))).toBe("2026-02-14");
    expect(text(days.previousOrSame(hvps, day("2026-02-23")))).toBe("2026-02-14");
  });

  test("count has its first day in and its last day out", () => {
    expect(days.count(hvps, day("2026-02-14"), day("2026-02-24"))).toBe(1);
    expect(days.count(hvps, day("2026-02-15"), day("2026-02-25"))).toBe(1);
    expect(days.count(hvps, day("2026-02-15"), day("2026-02-15"))).toBe(0);
    expect(days.count(hvps, day("2026-02-25"), day("2026-02-15"))).toBe(-1);
  });

  test("a closed day is a holiday where it has a name", () => {
    expect([days.kindOf(hvps, day("2026-02-16")), days.nameOf(hvps, day("2026-02-16"))]).toEqual([
      "holiday",
      "春节",
    ]);
    expect([days.kindOf(hvps, day("2026-03-01")), days.nameOf(hvps, day("2026-03-01"))]).toEqual([
      "weekend",
      undefined,
    ]);
    expect(days.kindOf(hvps, day("2026-02-14"))).toBe("makeup");
    expect(days.kindOf(hvps, day("2026-02-24"))).toBe("business");
  });
});

describe("calendars", () => {
  test("the same question gets the same object, whatever the order and repetition of ids", () => {
    const one = shippedCalendars().get(["hk.bank", "cn.statutory"], "latest");
    expect(shippedCalendars().get(["cn.statutory", "hk.bank", "hk.bank"], "latest")).toBe(one);
    expect(shippedCalendars().get(["cn.hvps"], "latest")).toBe(shippedCalendars().get("cn.hvps", "latest"));
  });

  test("ids that only look alike when they are joined are two questions", () => {
    const coverage = { from: "2026-01-01", to: "2026-12-31" };
    const ids = ["a", "bc", "ab", "c"];
    const four = compileCalendars(Object.fromEntries(ids.map((id) => [id, calendar({ id, coverage })])));
    expect([four.get(["a", "bc"], "expected").id, four.get(["ab", "c"], "expected").id]).toEqual([
      "a+bc",
      "ab+c",
    ]);
    expect(() => four.get([], "expected")).toThrow(/there is no calendar ``/);
  });

  test("a weekend day that is worked in all of several is a make-up workday of theirs", () => {
    const coverage = { from: "2026-01-01", to: "2026-12-31" };
    const years = { "2026": { holidays: [], workdays: ["2026-02-14"] } };
    const two = compileCalendars({
      a: calendar({ id: "a", coverage, years }),
      b: calendar({ id: "b", coverage, years }),
    });
    const both = two.get(["a", "b"], "expected");
    expect(["2026-02-13", "2026-02-14", "2026-02-15"].map((one) => days.kindOf(both, day(one)))).toEqual([
      ...["business", "makeup", "weekend"],
    ]);
  });

  test("an unknown id is an error that names the nearest", () => {
    expect(() => shippedCalendars().get("cn.hvp", "expected")).toThrow(RulebookError);
    expect(() => shippedCalendars().get("cn.hvp", "expected")).toThrow(
      /there is no calendar `cn.hvp`\s+did you mean `cn.hvps`\?/,
    );
  });
});

describe("outside coverage", () => {
  const files = {
    "a.near": calendar({ id: "a.near", coverage: { from: "2020-01-01", to: "2020-06-30" } }),
    "b.far": calendar({ id: "b.far", coverage: { from: "2019-01-01", to: "2021-12-31" } }),
    "c.child": calendar({ id: "c.child", extends: "a.near" }),
  };
  const compiled = compileCalendars(files);

  const thrown = (ask: () => unknown): QuestionError => {
    try {
      ask();
    } catch (error) {
      if (error instanceof QuestionError) return error;
      throw error;
    }
    throw new Error("nothing was thrown");
  };

  test("names the calendar, the bound that was crossed and the file to extend", () => {
    const error = thrown(() => days.isOpen(compiled.get("c.child", "expected"), day("2020-07-01")));
    expect([error.code, error.where]).toEqual(["outside-coverage", "calendar c.child"]);
    expect(error.what).toBe(
      "the question goes beyond 2020-06-30: calendar `c.child` is known until 2020-06-30",
    );
    expect(error.help).toBe("add the next year's notice to calendars/a.near.json, or give it a `projection`");
  });

  test("of several calendars, names the one that stops", () => {
    const both = compiled.get(["a.near", "b.far"], "expected");
    expect(thrown(() => days.next(both, day("2020-06-30"))).what).toContain(
      "calendar `a.near` is known until",
    );
    expect(thrown(() => days.previous(both, day("2020-01-01"))).what).toContain(
      "before 2020-01-01, the first day that calendar `a.near` knows",
    );
  });

  test("of several calendars, all are named as the one that was asked", () => {
    const both = compiled.get(["a.near", "b.far"], "expected");
    expect(thrown(() => days.next(both, day("2020-06-30"))).where).toBe("calendar a.near+b.far");
  });

  test("a calendar knows no more than it covers itself, and no more than the one that it extends", () => {
    const coverage = { from: "2020-02-01", to: "2020-12-31" };
    const narrow = compileCalendars({
      ...files,
      "d.narrow": calendar({ id: "d.narrow", extends: "a.near", coverage }),
    });
    const error = (text: string) => thrown(() => days.isOpen(narrow.get("d.narrow", "expected"), day(text)));
    expect(error("2020-01-31").help).toContain("calendars/d.narrow.json");
    expect(error("2020-07-01").help).toContain("calendars/a.near.json");
  });

  test("an answer on the last day is given, and one day beyond is refused", () => {
    const near = compiled.get("a.near", "expected"); // 2020-06-30 was a Tuesday
    expect(text(days.next(near, day("2020-06-29")))).toBe("2020-06-30");
    expect(days.count(near, day("2020-06-30"), day("2020-07-01"))).toBe(1);
    expect(thrown(() => days.next(near, day("2020-06-30"))).code).toBe("outside-coverage");
    expect(thrown(() => days.count(near, day("2020-06-30"), day("2020-07-02"))).code).toBe(
      "outside-coverage",
    );
  });

  test("the first day has nothing before it", () => {
    const near = compiled.get("a.near", "expected");
    expect(text(days.nextOrSame(near, day("2020-01-01")))).toBe("2020-01-01");
    expect(thrown(() => days.previous(near, day("2020-01-01"))).code).toBe("outside-coverage");
    expect(thrown(() => days.next(near, day("2019-12-31"))).code).toBe("outside-coverage");
    expect(days.count(near, day("2020-01-01"), day("2020-01-01"))).toBe(0);
    expect(days.count(near, day("2020-01-04"), day("2020-01-01"))).toBe(-3);
  });

  test("of several calendars, each bound is that of the one that is reached first, whichever it is", () => {
    const limits = (...ids: string[]) => {
      const { first, last, officialUntil } = compileCalendars({
        ...files,
        "z.late": calendar({ id: "z.late", coverage: { from: "2019-06-01", to: "2020-03-31" } }),
      }).get(ids, "expected");
      return [first.id, text(first.day), last.id, text(last.day), text(officialUntil)];
    };
    expect(limits("a.near", "b.far")).toEqual(["a.near", "2020-01-01", "a.near", "2020-06-30", "2020-06-30"]);
    expect(limits("b.far", "z.late")).toEqual(["z.late", "2019-06-01", "z.late", "2020-03-31", "2020-03-31"]);
    expect(limits("a.near", "z.late")).toEqual([
      "a.near",
      "2020-01-01",
      "z.late",
      "2020-03-31",
      "2020-03-31",
    ]);
    expect(limits("a.near", "c.child").slice(0, 3)).toEqual(["a.near", "2020-01-01", "a.near"]);
  });

  test("after a projection, the help is to move its end", () => {
    const coverage = { from: "2026-01-01", to: "2026-12-31" };
    const projection = { country: "CN", until: "2027-12-31", blocks: [] };
    const projected = compileCalendars({ p: calendar({ id: "p", coverage, projection }) }).get(
      "p",
      "expected",
    );
    expect(thrown(() => days.isOpen(projected, day("2028-01-01"))).what).toBe(
      "the question goes beyond 2027-12-31: calendar `p` is projected until 2027-12-31",
    );
  });

  test("the narrower coverage holds, whether it is the own or that of the calendar that is extended", () => {
    const wide = calendar({ id: "w", coverage: { from: "2019-01-01", to: "2021-12-31" } });
    const own = { from: "2020-01-01", to: "2020-12-31" };
    const child = compileCalendars({ w: wide, n: calendar({ id: "n", extends: "w", coverage: own }) });
    const limits = ({ first, last }: days.BusinessDays) => [
      first.file,
      text(first.day),
      last.file,
      text(last.day),
    ];
    expect(limits(child.get("n", "expected"))).toEqual(["n", "2020-01-01", "n", "2020-12-31"]);
    const bare = compileCalendars({
      b: calendar({ id: "b" }),
      n: calendar({ id: "n", extends: "b", coverage: own }),
    });
    expect(limits(bare.get("n", "expected"))).toEqual(["n", "2020-01-01", "n", "2020-12-31"]);
  });

  test("where no file of a calendar says what it covers, nothing is known", () => {
    const bare = compileCalendars({ b: calendar({ id: "b" }) }).get("b", "expected");
    expect([bare.first, bare.last].map(({ day: one, file }) => [text(one), file])).toEqual([
      ["1900-01-01", "b"],
      ["1899-12-31", "b"],
    ]);
    expect(thrown(() => days.isOpen(bare, day("1900-01-01"))).code).toBe("outside-coverage");
  });
});

/** The obvious form: read the files anew for every day, step by single days. It shares no code with the fast form. */
const slow = {
  chain(files: Record<string, CalendarFile>, id: string): CalendarFile[] {
    const file = files[id] as CalendarFile;
    return [...(file.extends === undefined ? [] : slow.chain(files, file.extends)), file];
  },
  isOpenAlone(files: Record<string, CalendarFile>, id: string, one: Day): boolean {
    let weekend: readonly string[] = ["sat", "sun"];
    let weekendWork = true;
    let said: boolean | undefined;
    for (const file of slow.chain(files, id)) {
      weekend = file.weekend ?? weekend;
      weekendWork = file.weekendWork ?? weekendWork;
      for (const notice of [...Object.values(file.years ?? {}), ...(file.amendments ?? [])]) {
        if (notice.holidays.some(({ from, to }) => from <= text(one) && text(one) <= to)) said = false;
        if (notice.workdays.includes(text(one))) said = true;
      }
    }
    if (weekend.includes(weekdayOf(one))) return weekendWork && (said ?? false);
    return said ?? true;
  },
  isOpen: (files: Record<string, CalendarFile>, ids: readonly string[], one: Day): boolean =>
    ids.every((id) => slow.isOpenAlone(files, id, one)),
  shift(files: Record<string, CalendarFile>, ids: readonly string[], from: Day, n: number): Day | undefined {
    let at = from;
    let left = Math.abs(n);
    if (n === 0 && slow.isOpen(files, ids, at)) return at;
    if (n === 0) left = 1;
    while (left > 0) {
      at = addDays(at, n < 0 ? -1 : 1);
      if (at < FIRST || at > LAST) return undefined;
      if (slow.isOpen(files, ids, at)) left--;
    }
    return at;
  },
};

const FIRST = day("2019-11-20");
const LAST = day("2021-02-10");

const anyDay = fc.integer({ min: FIRST, max: LAST }).map((n) => n as Day);
const anyRange = fc
  .tuple(anyDay, fc.nat({ max: 12 }))
  .map(([from, length]) => ({ name: "h", from: text(from), to: text(addDays(from, length)) }));
const anyNotice = fc.record({
  holidays: fc.array(anyRange, { maxLength: 4 }),
  workdays: fc.array(anyDay.map(text), { maxLength: 6 }),
});
const anyFile = (id: string, parent?: string) =>
  fc
    .record(
      {
        weekend: fc.subarray([...WEEKDAYS], { maxLength: 5 }),
        weekendWork: fc.boolean(),
        years: fc.record({ "2020": anyNotice, "2021": anyNotice }),
        amendments: fc.array(
          anyNotice.map((notice) => ({ ...notice, published: "2020-01-01", source: { title: "t" } })),
          { maxLength: 2 },
        ),
      },
      { requiredKeys: [] },
    )
    .map((extra) =>
      calendar({
        id,
        ...extra,
        ...(parent === undefined ? { coverage: { from: text(FIRST), to: text(LAST) } } : { extends: parent }),
      }),
    );
const anyFiles = fc.record({ a: anyFile("a"), b: anyFile("b", "a"), c: anyFile("c", "b"), d: anyFile("d") });
const anyIds = fc.subarray(["a", "b", "c", "d"], { minLength: 1 });

test("bits answer as reading the files day by day does, alone, extended and together", () => {
  fc.assert(
    fc.property(
      anyFiles,
      anyIds,
      fc.constantFrom(...BOUNDS),
      fc.array(fc.tuple(anyDay, anyDay, fc.integer({ min: -40, max: 40 })), { minLength: 5, maxLength: 5 }),
      (files, ids, bound, questions) => {
        const fast = compileCalendars(files).get(ids, bound);
        for (const [one, other, n] of questions) {
          expect(days.isOpen(fast, one)).toBe(slow.isOpen(files, ids, one));
          const wanted = slow.shift(files, ids, one, n);
          if (wanted === undefined) expect(() => days.shift(fast, one, n)).toThrow(QuestionError);
          else expect(text(days.shift(fast, one, n))).toBe(text(wanted));
          const [from, until] = [Math.min(one, other) as Day, Math.max(one, other) as Day];
          const between = Array.from({ length: until - from }, (_, k) => addDays(from, k));
          expect(days.count(fast, from, until)).toBe(
            between.filter((d) => slow.isOpen(files, ids, d)).length,
          );
        }
      },
    ),
    { numRuns: 80 },
  );
});

test("there and back again: the n-th business day before the n-th after is the day one started from", () => {
  const hvps = shippedCalendars().get("cn.hvps", "expected");
  const anyKnown = fc.integer({ min: day("2005-06-01"), max: day("2025-06-01") }).map((n) => n as Day);
  fc.assert(
    fc.property(anyKnown, fc.integer({ min: 1, max: 300 }), (one, n) => {
      const start = days.nextOrSame(hvps, one);
      const end = days.shift(hvps, start, n);
      expect(days.shift(hvps, end, -n)).toBe(start);
      expect(days.count(hvps, start, end)).toBe(n);
    }),
  );
});
