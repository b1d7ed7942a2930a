import { describe, expect, test } from "vitest";
import { arrive } from "../../src/answer/arrival.js";
import { compareOver } from "../../src/answer/compare.js";
import { latestSendOf } from "../../src/answer/latest-send.js";
import { profileOf } from "../../src/answer/profile.js";
import { QuestionError } from "../../src/errors.js";
import type { Arrival, LatestSend } from "../../src/model/answers.js";
import type { Bound } from "../../src/model/bound.js";
import type { Rulebook } from "../../src/model/rulebook.js";
import { knownAt, publicationsOf } from "../../src/pieces/publications.js";
import type { Query } from "../../src/pieces/query.js";
import { FOREVER, type Instant } from "../../src/time/instant.js";
import { at, closing, is, rulebookOf, WEEK } from "../decide/fixture.js";
import { closed, feb, quick, RUN, run, short, subject, through } from "./fixture.js";

/** Answers worked out on the calendar, rule by rule. */

const profile = (of: Query, from: string, to: string): string[] =>
  profileOf(of, feb(from), feb(to)).map(({ from: start, to: end, rule, expected, outcome = "" }) => {
    const arrival = "at" in expected ? short(expected.at) : expected.after;
    return `${short(start)} ${short(end)} ${rule} ${arrival} ${outcome}`.trim();
  });

describe("a profile", () => {
  test("has one piece for all that leave together, over closed days too, cut to what was asked", () => {
    expect(profile(subject(run), "12T00:00", "20T00:00")).toEqual([
      "12T00:00 12T16:00 run 13T10:00",
      "12T16:00 13T16:00 run 14T10:00",
      "13T16:00 18T16:00 run 19T10:00",
      "18T16:00 19T16:00 run 20T10:00",
      "19T16:00 20T00:00 run 23T10:00",
    ]);
    expect(profile(subject(run), "12T09:00", "12T15:59")).toEqual(["12T09:00 12T15:59 run 13T10:00"]);
    expect(profile(subject(run), "12T09:00", "12T09:00")).toEqual([]);
  });

  test("changes with the rule, and tells what is refused by when it would arrive", () => {
    const evening = quick(90, { priority: 2, conditions: is("initiated.time", "atOrAfter", "20:00") });
    const saturday = closed({ conditions: is("initiated.weekday", "equal", "sat") });
    expect(profile(subject(run, evening, saturday), "13T12:00", "15T12:00")).toEqual([
      "13T12:00 13T16:00 run 14T10:00",
      "13T16:00 13T20:00 run 19T10:00",
      "13T20:00 14T00:00 quick PT1H30M",
      "14T00:00 15T00:00 closed 19T10:00 refused",
      "15T00:00 15T12:00 run 19T10:00",
    ]);
  });

  test("continues over midnight as one piece while everybody takes equally long", () => {
    expect(profile(subject(quick(90, {})), "13T12:00", "15T12:00")).toEqual([
      "13T12:00 15T12:00 quick PT1H30M",
    ]);
  });
});

const latest = (of: Query, by: string, notBefore = "09T00:00", bound: Bound = "expected"): string => {
  const found = latestSendOf(of, feb(notBefore), feb(by), bound);
  return found === undefined ? "never" : told(found);
};

const told = ({ sendBy, inclusive, from, arrives }: LatestSend): string =>
  `${short(from)} to ${short(sendBy)}${inclusive ? " itself" : ""}, arrives ${short(arrives.expected)}`;

describe("the latest send", () => {
  test("is before the cutoff of the last run that makes it, over closed days back to the cutoff before", () => {
    expect(latest(subject(run), "19T10:00")).toBe("13T16:00 to 18T16:00, arrives 19T10:00");
    expect(latest(subject(run), "19T09:59")).toBe("12T16:00 to 13T16:00, arrives 14T10:00");
    expect(latest(subject(run), "14T10:00")).toBe("12T16:00 to 13T16:00, arrives 14T10:00");
    expect(latest(subject(run), "14T09:59")).toBe("11T16:00 to 12T16:00, arrives 13T10:00");
  });

  test("is the very instant where the money takes as long as it takes", () => {
    expect(latest(subject(quick(90, {})), "14T12:00")).toBe("14T10:30 to 14T10:30 itself, arrives 14T12:00");
  });

  test("is the end of a rule where that comes first", () => {
    const morning = quick(30, { priority: 2, conditions: is("initiated.time", "before", "08:00") });
    expect(latest(subject(run, morning), "12T09:00")).toBe(
      "12T07:59:59.999+08:00 to 12T08:00, arrives 12T08:29:59.999+08:00",
    );
    expect(latest(subject(run, morning), "12T08:10")).toBe("12T07:40 to 12T07:40 itself, arrives 12T08:10");
  });

  test("passes over what is refused, and what was sent too early to be asked", () => {
    const saturday = closed({ conditions: is("initiated.weekday", "equal", "sat") });
    expect(latest(subject(quick(1, {}), saturday), "14T12:00")).toBe(
      "13T23:59:59.999+08:00 to 14T00:00, arrives 14T00:00:59.999+08:00",
    );
    expect(latest(subject(run), "13T09:59", "12T00:00")).toBe("never");
    expect(latest(subject(run), "13T10:00", "12T15:00")).toBe("11T16:00 to 12T16:00, arrives 13T10:00");
    expect(latest(subject(run), "13T10:00", "12T16:00")).toBe("never");
  });

  test("may lie weeks back, and is asked of any bound", () => {
    const spread = through("spread", {
      ...RUN,
      lag: { earliest: "D+1", expected: "D+20", latest: "D+40" },
      cutoff: "24:00",
    });
    const expected = latestSendOf(
      subject(spread),
      at("2026-01-05T00:00:00+08:00"),
      feb("25T10:00"),
      "expected",
    );
    expect(expected?.sendBy).toBe("2026-02-06T00:00:00+08:00");
    const slowest = latestSendOf(subject(spread), at("2026-01-05T00:00:00+08:00"), feb("25T10:00"), "latest");
    expect([slowest?.from, slowest?.sendBy]).toEqual([
      "2026-01-16T00:00:00+08:00",
      "2026-01-17T00:00:00+08:00",
    ]);
  });
});

describe("sending later", () => {
  const evening = quick(1, { priority: 2, conditions: is("initiated.time", "atOrAfter", "20:00") });
  const sooner = (of: Query, when: string): string => {
    const { sooner: found } = arrive(of, feb(when));
    return found === undefined ? "no" : `${short(found.sendAt)} arrives ${short(found.expected)}`;
  };

  test("wins where another rule decides before the money arrives, and is faster", () => {
    expect(sooner(subject(run, evening), "12T12:00")).toBe("12T20:00 arrives 12T20:01");
    expect(sooner(subject(run, evening), "12T20:00")).toBe("no");
    expect(sooner(subject(run), "12T12:00")).toBe("no");
  });

  test("does not win where the other rule is slower, as slow, or refuses", () => {
    const slow = quick(14 * 60 + 1, { priority: 2, conditions: is("initiated.time", "atOrAfter", "20:00") });
    const alike = quick(14 * 60, { priority: 2, conditions: is("initiated.time", "atOrAfter", "20:00") });
    const barely = quick(14 * 60 - 1, {
      priority: 2,
      conditions: is("initiated.time", "atOrAfter", "20:00"),
    });
    const never = closed({ conditions: is("initiated.time", "atOrAfter", "16:00") });
    expect(sooner(subject(run, slow), "12T12:00")).toBe("no");
    expect(sooner(subject(run, alike), "12T12:00")).toBe("no");
    expect(sooner(subject(run, barely), "12T12:00")).toBe("12T20:00 arrives 13T09:59");
    expect(sooner(subject(run, never), "12T12:00")).toBe("no");
  });

  test("is no advice where the later instant has no answer", () => {
    const day = { ...run, conditions: is("initiated.time", "before", "16:00") };
    expect(sooner(subject(day), "12T12:00")).toBe("no");
  });
});

describe("a refused payment", () => {
  test("would be taken when the rule ends, and arrives as one that is sent then", () => {
    const saturday = closed({ conditions: is("initiated.weekday", "equal", "sat"), basis: "published" });
    const {
      outcome,
      retryAt = "",
      expected,
      rules,
      timeline,
      certainty,
    } = arrive(subject(run, saturday), feb("14T12:00"));
    expect([outcome, short(retryAt), short(expected), rules, certainty]).toEqual([
      ...["refused", "15T00:00", "19T10:00"],
      ["closed", "run"],
      "official",
    ]);
    expect(
      timeline.map(({ from, to, cause, rule }) => [short(from), short(to), cause, rule].join(" ")),
    ).toEqual([
      "14T12:00 15T00:00 closed closed",
      "15T00:00 16T00:00 weekend run",
      "16T00:00 19T00:00 holiday run",
      "19T00:00 19T10:00 batch run",
    ]);
  });

  test("that never would be taken does not leave the payer", () => {
    const sent = "2026-02-14T12:00:00+08:00";
    const answer = arrive(subject(closed({ basis: "published" })), feb("14T12:00"));
    expect(answer).toEqual({
      ...{ outcome: "refused", earliest: sent, expected: sent, latest: sent, certainty: "official" },
      ...{ basis: "published", rules: ["closed"], timeline: [], version: "test" },
    });
    expect(arrive(subject(closed({})), feb("14T12:00")).basis).toBe("assumed");
  });
});

describe("over several channels", () => {
  const answer = (expected: string, more: Partial<Arrival> = {}): Arrival =>
    ({ outcome: "credited", expected, latest: expected, ...more }) as Arrival;
  const answers: Record<string, () => Arrival> = {
    slow: () => answer("2026-02-14T12:00:00+08:00"),
    abroad: () => answer("2026-02-14T03:30:00Z"),
    steady: () => answer("2026-02-14T12:00:00+08:00", { latest: "2026-02-14T11:59:00+08:00" }),
    again: () => answer("2026-02-14T12:00:00+08:00"),
    refusing: () => answer("2026-02-14T09:00:00+08:00", { outcome: "refused" }),
    without: () => {
      throw new QuestionError("no-rule", "without", { what: "w", help: "h" });
    },
    beyond: () => {
      throw new QuestionError("outside-coverage", "beyond", { what: "w", help: "h" });
    },
    torn: () => {
      throw new QuestionError("ambiguous-rules", "torn", { what: "w", help: "h" });
    },
    broken: () => {
      throw new TypeError("broken");
    },
  };
  const order = (...channels: string[]): string[] =>
    compareOver(
      channels,
      { amount: 1, initiatedAt: 0 },
      ({ channel }) => answers[channel]?.() as Arrival,
    ).map(({ channel }) => channel);

  test("the soonest comes first, then the surer, then the name; who does not take it is left out", () => {
    expect(order("slow", "refusing", "without", "abroad", "beyond", "steady", "again")).toEqual([
      ...["abroad", "steady", "again", "slow"],
    ]);
    expect(order("again", "slow")).toEqual(["again", "slow"]);
  });

  test("any other error is told", () => {
    expect(() => order("slow", "torn")).toThrow(QuestionError);
    expect(() => order("broken")).toThrow(TypeError);
  });
});

describe("what was known when", () => {
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

  test("a window is known from the start of its date of publication, or from its instant", () => {
    const known = (when: string): string[] => knownAt(book, at(when)).windows.map(({ name }) => name);
    expect(known("2026-02-09T23:59:59.999+08:00")).toEqual(["always"]);
    expect(known("2026-02-10T00:00:00+08:00")).toEqual(["always", "date"]);
    expect(known("2026-02-10T11:59:59.999+08:00")).toEqual(["always", "date"]);
    expect(known("2026-02-10T12:00:00+08:00")).toEqual(["always", "date", "instant"]);
  });

  test("calendars are known by their notices, and knowledge changes at each publication, in order", () => {
    expect(publicationsOf(book).map((one) => new Date(one).toISOString())).toEqual([
      ...["2026-01-31T16:00:00.000Z", "2026-02-09T16:00:00.000Z", "2026-02-10T04:00:00.000Z"],
    ]);
    expect(knownAt(book, feb("01T00:00")).calendars.week?.amendments).toHaveLength(1);
    expect(knownAt(book, (feb("01T00:00") - 1) as Instant).calendars.week?.amendments).toEqual([]);
    expect(knownAt(book, FOREVER).windows).toHaveLength(3);
  });
});
