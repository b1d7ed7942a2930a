import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { ParsedFolders } from "../../src/load/document.js";

/** Valid rulebooks for mutation: a part of the shipped pack, and a small one with every feature. */

type Json = Record<string, unknown>;

export interface Book extends ParsedFolders {
  readonly rules: Record<string, Json>;
  readonly calendars: Record<string, Json>;
}

/** The package folder, found from the sources or from the compiled files. */
const ROOT: URL = (function above(folder: URL): URL {
  return existsSync(new URL("package.json", folder)) ? folder : above(new URL("..", folder));
})(new URL(".", import.meta.url));

const text = (path: string): string => readFileSync(new URL(path, ROOT), "utf8");

const PACK_RULES = [
  "facts.json",
  "conditions.json",
  "systems.json",
  "holds.json",
  "verdicts.json",
  "reasons.json",
  "texts/zh.json",
  "texts/en.json",
  "channels/cn.acquiring.json",
  "channels/cn.atm.json",
  "channels/cn.beps.json",
  "channels/cn.hvps.json",
  ...readdirSync(new URL("rules/maintenance", ROOT)).map((name) => `maintenance/${name}`),
];

const packCalendars = readdirSync(new URL("calendars", ROOT)).filter((name) => name.endsWith(".json"));

const PACK_TEXT = JSON.stringify({
  rules: Object.fromEntries(PACK_RULES.map((path) => [path, JSON.parse(text(`rules/${path}`))])),
  calendars: Object.fromEntries(packCalendars.map((path) => [path, JSON.parse(text(`calendars/${path}`))])),
});

export const packBook = (): Book => JSON.parse(PACK_TEXT) as Book;

const pathOf = (path: string): string => new URL(path, ROOT).pathname;

/** The folders of the shipped pack. */
export const SHIPPED = { rules: pathOf("rules"), calendars: pathOf("calendars") };

const title = { zh: "名", en: "name" };
const schema = (kind: string): string => `../src/model/schema/${kind}.schema.json`;

const spread = (earliest: string, expected: string, latest: string): Json => ({ earliest, expected, latest });

const route = (name: string, priority: number, steps: Json[], conditions?: Json): Json => ({
  name,
  priority,
  ...(conditions && { conditions }),
  event: { type: "route", params: { steps } },
  basis: "published",
  source: [{ title: "a notice" }],
});

const credit = {
  kind: "process",
  system: "payee.bank",
  milestone: "credited",
  takes: spread("PT0S", "PT1M", "PT2H"),
};

const channel: Json = {
  $schema: schema("channel"),
  channel: "a.pay",
  title,
  zone: "Asia/Shanghai",
  calendar: "a.days",
  rules: [
    route("a.pay.t1", 10, [
      {
        kind: "settle",
        system: "rail",
        milestone: "settled",
        cutoff: "23:00",
        lag: "T+1",
        calendar: ["a.days"],
        at: spread("03:00", "10:00", "18:00"),
      },
      credit,
    ]),
    route(
      "a.pay.runs",
      20,
      [
        { kind: "process", system: "rail", milestone: "accepted", takes: "PT5M", clock: "open" },
        {
          kind: "settle",
          system: "bank",
          calendar: "a.days",
          runs: [
            { cutoff: "09:00", lag: "T+0", at: "10:00" },
            { cutoff: "17:00", lag: "T+0", at: "18:00" },
          ],
        },
        credit,
      ],
      {
        all: [
          { condition: "large" },
          { fact: "initiated.time", operator: "within", value: ["08:00", "18:00"] },
        ],
      },
    ),
    {
      name: "a.pay.closed",
      priority: 30,
      conditions: {
        all: [
          { fact: "initiated.day", operator: "equal", value: "holiday" },
          { fact: "kind", operator: "equal", value: "x" },
        ],
      },
      event: { type: "refuse", params: { reason: title } },
    },
  ],
  examples: [
    { payment: { amount: "1.00", initiatedAt: "2026-03-02T10:00:00+08:00" }, expect: { rule: "a.pay.t1" } },
    { payment: { amount: 70000, initiatedAt: "2026-03-02T10:00:00+08:00" }, expect: { rule: "a.pay.runs" } },
    {
      payment: { amount: 1, kind: "x", initiatedAt: "2026-02-18T10:00:00+08:00" },
      expect: { rule: "a.pay.closed", outcome: "refused" },
    },
  ],
};

const windowOf = (type: string, name: string, form: Json): Json => ({
  name,
  published: "2026-01-01",
  event: { type, params: { systems: ["rail"], effect: "closed", zone: "Asia/Shanghai", ...form } },
});

const years = Object.fromEntries(
  ["2025", "2026", "2027"].map((year) => [
    year,
    year === "2026"
      ? { holidays: [{ name: "春节", from: "2026-02-15", to: "2026-02-23" }], workdays: ["2026-02-14"] }
      : { holidays: [], workdays: [] },
  ]),
);

const smallRules = {
  "channels/a.json": channel,
  "conditions.json": {
    $schema: schema("conditions"),
    conditions: { large: { all: [{ fact: "amount", operator: "greaterThan", value: 50000 }] } },
  },
  "facts.json": {
    $schema: schema("facts"),
    facts: {
      amount: { title, type: "number", minimum: 0 },
      kind: { title, type: "string", values: ["x", "y"], default: "y" },
      "payee.bank": { title, type: "string", values: ["bank", "abc"], open: true },
    },
  },
  "systems.json": {
    $schema: schema("systems"),
    systems: {
      rail: { title, hours: [{ calendar: "a.days", opens: "-1d 20:30", closes: "17:15" }] },
      bank: { title },
      "payee.bank": { title, fact: "payee.bank" },
    },
  },
  "maintenance/w.json": {
    $schema: schema("windows"),
    rules: [
      windowOf("maintenance", "w.once", {
        interval: { from: "2026-03-04T00:00:00+08:00", until: "2026-03-04T12:00:00+08:00" },
      }),
      windowOf("maintenance", "w.dates", { dates: { on: ["2026-03-05"], from: "00:00", until: "08:00" } }),
      windowOf("maintenance", "w.weekly", {
        recurs: { every: "week", weekday: "sun", from: "02:00", until: "04:00" },
      }),
      windowOf("maintenance", "w.monthly", {
        effect: "degraded",
        recurs: { every: "month", day: 20, from: "-1d 22:00", until: "04:00" },
      }),
      windowOf("incident", "w.open", {
        interval: {
          from: "2026-03-10T00:00:00+08:00",
          reviewAt: "2026-03-10T12:00:00+08:00",
          recovery: "PT1H",
        },
      }),
    ],
  },
  "holds.json": {
    $schema: schema("holds"),
    rules: [
      {
        name: "h.day",
        title,
        conditions: { all: [{ fact: "amount", operator: "greaterThan", value: 100000 }] },
        event: {
          type: "hold",
          params: { for: "PT24H", cause: "risk-hold", before: "credited", who: "platform" },
        },
      },
    ],
  },
};

const SMALL_TEXT = JSON.stringify({
  rules: {
    ...smallRules,
    "verdicts.json": JSON.parse(text("rules/verdicts.json")),
    "texts/zh.json": JSON.parse(text("rules/texts/zh.json")),
    "texts/en.json": JSON.parse(text("rules/texts/en.json")),
  },
  calendars: {
    "a.json": {
      $schema: schema("calendar"),
      id: "a.days",
      title,
      zone: "Asia/Shanghai",
      weekend: ["sat", "sun"],
      coverage: { from: "2025-01-01", to: "2027-12-31" },
      years,
      amendments: [
        {
          published: "2026-02-20",
          source: { title: "a notice" },
          holidays: [{ name: "春节", from: "2026-02-24", to: "2026-02-25" }],
          workdays: [],
        },
      ],
    },
    "b.json": { $schema: schema("calendar"), id: "b.days", title, zone: "Asia/Shanghai", extends: "a.days" },
  },
});

export const smallBook = (): Book => JSON.parse(SMALL_TEXT) as Book;
