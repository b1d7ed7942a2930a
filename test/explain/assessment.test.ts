import { describe, expect, test } from "vitest";
import { explainAssessment } from "../../src/explain/assessment.js";
import type { Texts } from "../../src/explain/text.js";
import type { ChannelRule, Rulebook } from "../../src/model/rulebook.js";
import {
  assessAt,
  at,
  closure,
  holdRule,
  RETURN_RULE,
  routeOf,
  STEPS,
  smallRulebook,
  VERDICTS,
  verdict,
} from "../assess/small-rulebook.js";
import { is } from "../decide/fixture.js";

/** Which messages an explanation has, with which arguments. Message keys stand for the texts, times of day for instants. */

type Values = Readonly<Record<string, string | number>>;

const MESSAGES: Readonly<Record<string, (values: Values) => string>> = {
  date: ({ month, day }) => `${month}-${day}`,
  "date.year": ({ year, month, day }) => `${year}-${month}-${day}`,
  instant: ({ date, time }) => `${date === "3-10" ? "" : `${date} `}${time}`,
  "quote.separator": () => " and ",
  "system.none": () => "the channel",
  "status.sent": () => "sent as such",
  "assessment.line": ({ from, what }) => `${from} ${what}`,
};

const valuesText = (values: Values): string =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}=${value}`)
    .join("");

/** The cause, system and name of a segment. */
const segmentText = (key: string, { system, name }: Values): string =>
  [key.replace(/^(cause|assessment)\./, ""), system, name]
    .filter((one) => one !== "" && one !== "none")
    .join(" ");

const textsIn = (locale: "en" | "zh"): Texts => ({
  locale,
  has: (key) => Object.hasOwn(MESSAGES, key),
  title: (title) => title[locale],
  say: (key, values = {}) => {
    if (MESSAGES[key] !== undefined) return MESSAGES[key](values);
    return /^cause|waiting$/.test(key)
      ? segmentText(key, values)
      : key.replace("assessment.", "") + valuesText(values);
  },
});

const named = (en: string): { zh: string; en: string } => ({ zh: `${en}（中）`, en });
const plain = smallRulebook();
const titledRulebook = (more: Partial<Rulebook> & { rules?: readonly ChannelRule[] } = {}): Rulebook => {
  const book = smallRulebook(more);
  const [channel] = Object.values(book.channels);
  if (channel === undefined) throw new Error("no channel");
  return {
    ...book,
    channels: { "cn.test": { ...channel, title: named("Test") } },
    systems: {
      rail: { title: named("Rail"), zone: "Asia/Shanghai" },
      "payer.bank": { title: named("Payer"), zone: "Asia/Shanghai" },
      "payee.bank": { title: named("Payee"), zone: "Asia/Shanghai", fact: "payee.bank" },
    },
    holds: book.holds.map((one) => ({ ...one, title: named(`hold ${one.name}`) })),
    reasons: Object.fromEntries(
      Object.entries(plain.reasons).map(([code, one]) => [code, { ...one, title: named(`meaning ${code}`) }]),
    ),
  };
};

const BOOK = titledRulebook();

const lines = (now: string, events = "", rulebook: Rulebook = BOOK, more = {}, locale: "en" | "zh" = "en") =>
  explainAssessment(rulebook, textsIn(locale), assessAt(now, events, rulebook, more)).split("\n");

const WHY = "reason.why";

describe("the explanation", () => {
  test("before the expected time", () => {
    expect(lines("01:30")).toEqual([
      `normal ${WHY} system=Rail expected=04:00 latest=08:00 deadline=08:00`,
      "00:00 processing Payer",
      "01:00 processing Rail",
      "now now=01:30",
      "due expected=04:00 latest=08:00 deadline=08:00",
      "next who=who.rail action=advice.do",
      "check at=08:00",
    ]);
  });

  test("a segment that starts now is part of the history", () => {
    expect(lines("01:00").slice(1, 4)).toEqual([
      "00:00 processing Payer",
      "01:00 processing Rail",
      "now now=01:00",
    ]);
    expect(lines("00:59:59.999").slice(1, 3)).toEqual(["00:00 processing Payer", "now now=00:59:59.999"]);
  });

  test("in Chinese, without a space between sentences", () => {
    expect(lines("01:30", "", BOOK, {}, "zh").slice(0, 2)).toEqual([
      `normal${WHY} system=Rail（中） expected=04:00 latest=08:00 deadline=08:00`,
      "00:00 processing Payer（中）",
    ]);
  });

  test("between the expected and the latest time: waiting in the last step", () => {
    expect(lines("04:30")).toEqual([
      `normal ${WHY} system=Rail expected=05:30 latest=08:00 deadline=08:00`,
      "00:00 processing Payer",
      "01:00 processing Rail",
      "03:00 waiting Payee",
      "now now=04:30",
      "due expected=05:30 latest=08:00 deadline=08:00",
      "next who=who.rail action=advice.do",
      "check at=08:00",
    ]);
    // At the deadline the money is expected at once.
    expect(lines("08:00").slice(3, 6)).toEqual([
      "03:00 waiting Payee",
      "now now=08:00",
      "due.now expected=08:00 latest=08:00 deadline=08:00",
    ]);
  });

  test("overdue: without a promise", () => {
    expect(lines("09:30")).toEqual([
      `anomalous overdue=duration.hours count=2 ${WHY} system=Payer expected=10:30 latest=17:30 deadline=08:00`,
      "00:00 processing Payer",
      "01:00 processing Rail",
      "03:00 waiting Payee",
      "now now=09:30",
      "next who=who.rail action=advice.do",
    ]);
  });

  test("arrived, in time or late", () => {
    const before = ["00:00 processing Payer", "01:00 processing Rail"];
    expect(lines("03:00", "02:30 credited")).toEqual([
      `normal ${WHY} system=the channel expected=02:30 latest=02:30 deadline=08:00`,
      ...before,
      "done at=02:30",
      "now now=03:00",
      "next who=who.rail action=advice.do",
    ]);
    expect(lines("09:00", "08:30 credited")).toEqual([
      `anomalous.done ${WHY} system=the channel expected=08:30 latest=08:30 deadline=08:00`,
      ...before,
      "03:00 processing Payee",
      "done at=08:30",
      "now now=09:00",
      "next who=who.rail action=advice.do",
    ]);
  });

  test("held: with the expected end of the hold", () => {
    expect(lines("03:00", "02:30 hold look")).toEqual([
      `normal ${WHY} system=Rail expected=07:30 latest=13:30 deadline=08:00`,
      "00:00 processing Payer",
      "01:00 processing Rail",
      "02:30 hold hold look",
      "now now=03:00",
      "due.held expected=07:30 latest=13:30 deadline=08:00",
      "next who=who.platform action=advice.do",
      "check at=08:00",
    ]);
  });

  test("held too long: still a hold", () => {
    expect(lines("09:00", "02:30 hold look").slice(1, -1)).toEqual([
      "00:00 processing Payer",
      "01:00 processing Rail",
      "02:30 hold hold look",
      "09:00 waiting Rail",
      "now now=09:00",
    ]);
  });

  test("returning, and returned", () => {
    expect(lines("03:00", "02:30 code BACK")).toEqual([
      `normal.returning ${WHY} system=Rail expected=05:30 latest=07:30 deadline=07:30`,
      "00:00 processing Payer",
      "01:00 processing Rail",
      "code code=BACK meaning=meaning BACK",
      "now now=03:00",
      "back expected=05:30 latest=07:30",
      "next who=who.rail action=advice.do",
      "check at=07:30",
    ]);
    expect(lines("03:00", "02:30 code WRONG").slice(-4)).toEqual([
      "now now=03:00",
      "back expected=05:30 latest=07:30",
      "next who=who.payer action=advice.do",
      "check at=07:30",
    ]);
    expect(lines("05:00", "03:00 returned")).toEqual([
      `normal ${WHY} system=the channel expected=03:00 latest=03:00 deadline=08:00`,
      "00:00 processing Payer",
      "01:00 processing Rail",
      "ended at=03:00",
      "now now=05:00",
      "next who=who.rail action=advice.do",
    ]);
    expect(lines("09:00", "02:30 code BACK").slice(-3)).toEqual([
      "now now=09:00",
      "back expected=12:00 latest=14:00",
      "next who=who.rail action=advice.do",
    ]);
  });
});

describe("reports", () => {
  test("codes with their meanings, in order, between the history and now", () => {
    expect(lines("01:30", "00:30 code GO, 01:00 code ZZ").slice(1, -3)).toEqual([
      "note.unknown-code at=01:00 about=ZZ",
      "00:00 processing Payer",
      "01:00 processing Rail",
      "code code=GO meaning=meaning GO",
      "code code=ZZ meaning=code.unknown",
      "now now=01:30",
    ]);
  });

  test.each([
    ["01:00 release look", "note.release-without-hold at=01:00 about=hold look"],
    ["01:00 settled, 01:10 sent", "note.regression at=01:10 about=sent as such"],
    ["01:00 settled, 01:10 accepted", "note.regression at=01:10 about=accepted"],
    ["01:00 code ZZ", "note.unknown-code at=01:00 about=ZZ"],
  ])("notes: %s", (events, note) => {
    expect(lines("01:30", events)[1]).toBe(note);
  });

  test("a channel without a rule for returns: its name, and no time of the return", () => {
    const none = titledRulebook({ rules: [routeOf(STEPS)] });
    const text = lines("03:00", "01:30 code WRONG", none);
    expect(text[1]).toBe("note.no-return-rule at=01:30 about=Test");
    expect(text.slice(-3)).toEqual([
      "now now=03:00",
      "next who=who.payer action=advice.do",
      "check at=08:00",
    ]);
  });
});

describe("a payment that was refused", () => {
  const no = (more: object): ChannelRule => ({
    name: "no",
    priority: 5,
    conditions: is("initiated.time", "before", "06:00"),
    event: { type: "refuse", params: { reason: named("It is night.") } },
    ...more,
  });
  test("has a reason and no outlook", () => {
    const night = titledRulebook({ rules: [routeOf(STEPS), RETURN_RULE, no({})] });
    expect(lines("01:00", "", night)).toEqual([
      `normal ${WHY} system=the channel expected=10:00 latest=14:00 deadline=14:00because reason=It is night.`,
      "00:00 closed",
      "now now=01:00",
      "next who=who.rail action=advice.do",
      "check at=14:00",
    ]);
  });
});

test("wrong details have no outlook", () => {
  const facts = { "payee.account": { title: named("account"), type: "string", open: true } };
  const book = titledRulebook({ facts: { ...plain.facts, ...facts } as Rulebook["facts"] });
  const text = lines("01:30", "", book, { payee: { account: "closed" } });
  expect(text.slice(-3)).toEqual(["now now=01:30", "next who=who.rail action=advice.do", "check at=08:00"]);
});

describe("an anomaly before the deadline", () => {
  const strict = [
    ...VERDICTS,
    verdict("strict", 9, "anomalous", is("assessment.phase", "equal", "before-latest")),
  ];
  test("has its own headline, without a next check", () => {
    const text = lines("04:30", "", titledRulebook({ verdicts: strict }));
    expect(text[0]).toBe(`anomalous.early ${WHY} system=Rail expected=05:30 latest=08:00 deadline=08:00`);
    expect(text.at(-1)).toBe("next who=who.rail action=advice.do");
    const turning = titledRulebook({ verdicts: strict.slice(1) });
    expect(assessAt("04:30", "", turning).nextCheckAt).toBe(at("08:00:00.001"));
    expect(lines("04:30", "", turning).at(-1)).toBe("next who=who.rail action=advice.do");
  });

  test("is the next check of a normal payment", () => {
    expect(lines("01:30", "", titledRulebook({ verdicts: strict })).at(-1)).toBe("check at=04:00:00.001");
    const lax = [
      ...VERDICTS.slice(1),
      verdict("lax", 9, "anomalous", is("assessment.overdueMinutes", "greaterThanInclusive", 30)),
    ];
    // A next check after the deadline is given as the deadline.
    expect(lines("01:30", "", titledRulebook({ verdicts: lax })).at(-1)).toBe("check at=08:00");
    expect(lines("08:10", "", titledRulebook({ verdicts: lax })).slice(0, 1)).toEqual([
      `normal ${WHY} system=Payer expected=09:10 latest=16:10 deadline=08:00`,
    ]);
  });
});

describe("the next step", () => {
  const advised = (advice: object, more: object = {}): string[] =>
    lines(
      "01:30",
      "",
      titledRulebook({ verdicts: [verdict("one", 1, "normal", undefined, advice)] }),
      more,
    ).slice(5);
  test("has the references to quote, and when it is due", () => {
    const references = { order: "42", trace: "7" };
    expect(advised({ quote: ["trace", "order"], from: "PT3H" }, { references })).toEqual([
      "next who=who.rail action=advice.do",
      "quote quote=7 and 42",
      "from from=11:00",
    ]);
    expect(advised({ who: "payee", action: "advice.wait" })).toEqual([
      "next who=who.payee action=advice.wait",
    ]);
  });
});

describe("an open incident", () => {
  const open = {
    ...closure("down", "rail", "01:30", "03:30"),
    event: {
      type: "incident" as const,
      params: {
        systems: ["rail"],
        effect: "closed" as const,
        interval: { from: at("01:30"), reviewAt: at("05:00") },
      },
    },
  };
  test("gives its review, whatever the verdict", () => {
    expect(lines("03:00", "", titledRulebook({ windows: [open] })).slice(-4)).toEqual([
      "now now=03:00",
      "due expected=07:00 latest=11:00 deadline=11:00",
      "next who=who.rail action=advice.do",
      "open-incident at=05:00",
    ]);
    const verdicts = [verdict("one", 1, "anomalous")];
    expect(lines("03:00", "", titledRulebook({ windows: [open], verdicts })).at(-1)).toBe(
      "open-incident at=05:00",
    );
  });
});

test("projected days are mentioned if something is expected", () => {
  const projected = (now: string, events = ""): string[] => {
    const assessment = assessAt(now, events, BOOK);
    const estimate = { ...assessment.estimate, certainty: "projected" as const };
    return explainAssessment(BOOK, textsIn("en"), { ...assessment, estimate }).split("\n");
  };
  expect(projected("01:30").slice(-4, -2)).toEqual([
    "due expected=04:00 latest=08:00 deadline=08:00",
    "arrival.projected",
  ]);
  expect(projected("03:00", "02:30 code BACK").slice(-4, -2)).toEqual([
    "back expected=05:30 latest=07:30",
    "arrival.projected",
  ]);
  expect(projected("09:00").slice(-3)).toEqual([
    "now now=09:00",
    "arrival.projected",
    "next who=who.rail action=advice.do",
  ]);
  expect(projected("03:00", "02:30 credited").slice(-2)).toEqual([
    "now now=03:00",
    "next who=who.rail action=advice.do",
  ]);
});

test("a system and a hold that the rulebook no longer has are given by name", () => {
  const assessment = assessAt("03:00", "02:30 release look", BOOK);
  const gone = { ...BOOK, systems: {}, holds: [] };
  const text = explainAssessment(gone, textsIn("en"), assessment).split("\n");
  expect(text[0]).toBe(`normal ${WHY} system=the channel expected=04:00 latest=08:00 deadline=08:00`);
  expect(text[1]).toBe("note.release-without-hold at=02:30 about=look");
});

test("the year is given if it differs from that of now", () => {
  const [first] = lines("2027-03-10T00:00:00+08:00");
  expect(first).toContain("deadline=2026-3-10 08:00");
  const holds = [holdRule("look", "P300D", "regulatory", "credited", "police")];
  expect(lines("03:00", "02:30 hold look", titledRulebook({ holds }))[0]).toContain(
    "expected=2027-1-4 03:30",
  );
});
