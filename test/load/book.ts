import { expect } from "vitest";
import { formatProblem } from "../../src/errors.js";
import { documentsOf } from "../../src/load/document.js";
import { linkRulebook } from "../../src/load/link.js";
import { parsePath, valueAt } from "../../src/load/path.js";

/** A small valid rulebook, for tests that break one part of it. */

type Json = Record<string, unknown>;
export interface Book {
  rules: Record<string, Json>;
  calendars: Record<string, Json>;
}

const schema = (kind: string) => `../../src/model/schema/${kind}.schema.json`;
const title = { zh: "名", en: "name" };
const spread = { earliest: "PT0S", expected: "PT1M", latest: "PT2H" };

export const SETTLE = "rules[0].event.params.steps[0]";
export const PROCESS = "rules[0].event.params.steps[1]";

const channel = {
  $schema: schema("channel"),
  channel: "a.pay",
  title,
  zone: "Asia/Shanghai",
  calendar: "a.days",
  rules: [
    {
      name: "a.pay.t1",
      priority: 10,
      effective: { from: "2016-01-01", until: "2030-01-01" },
      conditions: { all: [{ fact: "amount", operator: "greaterThan", value: 0 }] },
      event: {
        type: "route",
        params: {
          steps: [
            {
              kind: "settle",
              system: "rail",
              milestone: "settled",
              cutoff: "23:00",
              lag: "T+1",
              calendar: ["a.days"],
              at: { earliest: "03:00", expected: "10:00", latest: "18:00" },
            },
            { kind: "process", system: "payee.bank", milestone: "credited", takes: spread },
          ],
        },
      },
      basis: "published",
      source: [{ title: "a notice", published: "2016-01-01", grade: "A" }],
    },
  ],
  examples: [
    { payment: { amount: "1.00" }, expect: { rule: "a.pay.t1", expected: "2020-04-03T10:00:00+08:00" } },
  ],
};

const systems = {
  $schema: schema("systems"),
  systems: {
    rail: { title, hours: [{ calendar: "a.days", opens: "-1d 20:30", closes: "17:15" }] },
    "payee.bank": { title, fact: "payee.bank" },
  },
};

const facts = {
  $schema: schema("facts"),
  facts: {
    amount: { title, type: "number", unit: "CNY", minimum: 0, default: 0 },
    "payee.bank": { title, type: "string", values: ["icbc", "abc"], open: true },
  },
};

const windowOf = (type: string, name: string, form: Json) => ({
  name,
  published: "2026-01-01",
  event: { type, params: { systems: ["rail"], effect: "closed", zone: "Asia/Shanghai", ...form } },
});

const windows = {
  $schema: schema("windows"),
  rules: [
    windowOf("maintenance", "w.once", {
      interval: { from: "2026-02-01T00:00:00+08:00", until: "2026-02-01T08:00:00+08:00" },
    }),
    windowOf("maintenance", "w.dates", { dates: { on: ["2026-02-01"], from: "00:00", until: "08:00" } }),
    windowOf("maintenance", "w.weekly", {
      recurs: { every: "week", weekday: "sun", from: "02:00", until: "04:00" },
    }),
    windowOf("incident", "w.open", {
      interval: { from: "2026-02-01T00:00:00+08:00", reviewAt: "2026-02-01T01:00:00+08:00" },
    }),
  ],
};

const holds = {
  $schema: schema("holds"),
  rules: [
    {
      name: "h.day",
      title,
      event: {
        type: "hold",
        params: { for: "PT24H", cause: "risk-hold", before: "credited", who: "platform" },
      },
    },
  ],
};

const conditions = {
  $schema: schema("conditions"),
  conditions: { small: { fact: "amount", operator: "equal", value: 1 } },
};

const texts = (locale: string) => ({
  $schema: schema("texts"),
  locale,
  messages: { hello: "{name}", bye: "-" },
});

const calendar = {
  $schema: "../src/model/schema/calendar.schema.json",
  id: "a.days",
  title,
  zone: "Asia/Shanghai",
  weekend: ["sat", "sun"],
  coverage: { from: "2026-01-01", to: "2026-12-31" },
  years: {
    "2026": { holidays: [{ name: "春节", from: "2026-02-15", to: "2026-02-23" }], workdays: ["2026-02-14"] },
  },
};

/** Copies the book so that no two places share an object, as in files. */
const fresh = (shared: Book): Book => JSON.parse(JSON.stringify(shared));

export const book = (): Book =>
  fresh({
    rules: {
      "channels/a.json": channel,
      "conditions.json": conditions,
      "facts.json": facts,
      "holds.json": holds,
      "maintenance/w.json": windows,
      "systems.json": systems,
      "texts/en.json": texts("en"),
      "texts/zh.json": texts("zh"),
    },
    calendars: { "a.json": calendar },
  });

export type Edit = readonly [file: string, path: string, value: unknown];

/** The book with some values set, or deleted if undefined. */
export function edited(...edits: Edit[]): Book {
  const changed = book();
  for (const [file, path, value] of edits) {
    const folder = file.startsWith("calendars/") ? changed.calendars : changed.rules;
    const segments = parsePath(path);
    const owner = valueAt(folder[file.replace("calendars/", "")], segments.slice(0, -1)) as Json;
    const key = segments.at(-1) ?? "";
    if (value === undefined) delete owner[key];
    else owner[key] = value;
  }
  return changed;
}

/** All problems of a book, formatted. */
export const problemsOf = (changed: Book): string =>
  linkRulebook(documentsOf(changed)).problems.map(formatProblem).join("\n");

/** The problems of the value `bad` at a place. First asserts that the similar value `good` has none. */
export function problemAt(file: string, path: string, bad: unknown, good: unknown): string {
  expect(problemsOf(edited([file, path, good]))).toBe("");
  return problemsOf(edited([file, path, bad]));
}
