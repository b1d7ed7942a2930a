type Json = Readonly<Record<string, unknown>>;

interface TemplateFile {
  /** The name of its schema. */
  readonly kind: string;
  readonly json: Json;
}

const contract = [{ title: "our contract, annex 2" }];

const rulebook: Json = {
  note: "everything of the pack holds, but for what a file here names in `replaces`, and for what `without` names here",
  extends: "daozhang",
};

const systems: Json = {
  note: "a system's hours: `replaces` names what the pack has already; a new system needs no such word",
  replaces: ["yeepay"],
  systems: {
    yeepay: {
      title: { zh: "易宝支付", en: "YeePay" },
      zone: "Asia/Shanghai",
      hours: [{ calendar: "our.days", opens: "06:00", closes: "22:00", basis: "assumed", source: contract }],
    },
  },
};

const instant = { earliest: "PT0S", expected: "PT10M", latest: "PT1H" };

const acquirer: Json = {
  addsTo: "cn.acquiring",
  note: "an acquirer: its rules have a higher priority than the general ones (10), and examples on each side of every boundary",
  rules: [
    {
      name: "cn.acquiring.d0.our-acquirer",
      title: {
        zh: "示例收单机构 D0：7:00-23:00 一小时内",
        en: "our acquirer, D0: 07:00-23:00 within an hour",
      },
      priority: 30,
      conditions: {
        all: [
          { fact: "settlement", operator: "equal", value: "d0" },
          { fact: "acquirer", operator: "equal", value: "our-acquirer" },
          { fact: "initiated.time", operator: "within", value: ["07:00", "23:00"] },
        ],
      },
      event: {
        type: "route",
        params: {
          steps: [
            { kind: "process", system: "acquirer", takes: instant },
            { kind: "process", system: "ibps", milestone: "sent", takes: "PT0S" },
            { kind: "process", system: "payee.bank", milestone: "credited", takes: "PT0S" },
          ],
        },
      },
      basis: "published",
      source: contract,
    },
  ],
  examples: [
    {
      note: "the last minute of the instant payout",
      payment: exampleAt("2026-12-01T22:59:00+08:00"),
      expect: {
        rule: "cn.acquiring.d0.our-acquirer",
        expected: "2026-12-01T23:09:00+08:00",
        latest: "2026-12-01T23:59:00+08:00",
      },
    },
    {
      note: "after it the general rule of the pack decides",
      payment: exampleAt("2026-12-01T23:00:00+08:00"),
      expect: { rule: "cn.acquiring.d0-late" },
    },
  ],
};

function exampleAt(initiatedAt: string): Json {
  return { settlement: "d0", acquirer: "our-acquirer", amount: "1000.00", initiatedAt };
}

const maintenance: Json = {
  note: "windows: one file per year or per system",
  rules: [
    {
      name: "our.psbc-2026-12-20",
      title: { zh: "邮储银行系统维护", en: "maintenance of PSBC" },
      published: "2026-12-10",
      event: {
        type: "maintenance",
        params: {
          systems: ["psbc"],
          effect: "closed",
          cause: "maintenance",
          zone: "Asia/Shanghai",
          dates: { on: ["2026-12-20"], from: "00:00", until: "06:00" },
        },
      },
      basis: "assumed",
      source: [{ title: "notice of the bank" }],
    },
  ],
};

const calendar: Json = {
  id: "our.days",
  title: { zh: "本单位工作日", en: "our working days" },
  note: "the statutory working days without the annual closing; `addsTo` in place of `id` would add to a calendar of the pack",
  zone: "Asia/Shanghai",
  extends: "cn.statutory",
  amendments: [
    {
      published: "2026-11-01",
      source: { title: "our notice of the annual closing" },
      holidays: [{ name: "年终决算", from: "2026-12-31", to: "2026-12-31" }],
      workdays: [],
    },
  ],
};

/** The files of `init`, by path: an example of each usual change. */
export const TEMPLATE: Readonly<Record<string, TemplateFile>> = {
  "rules/rulebook.json": { kind: "rulebook", json: rulebook },
  "rules/systems.json": { kind: "systems", json: systems },
  "rules/channels/cn.acquiring.json": { kind: "channel-addition", json: acquirer },
  "rules/maintenance/2026.json": { kind: "windows", json: maintenance },
  "calendars/our.days.json": { kind: "calendar", json: calendar },
};

/** Asks about a payment of the example acquirer. */
export const SAMPLE_COMMAND =
  "daozhang when --channel cn.acquiring --fact settlement=d0 --fact acquirer=our-acquirer --amount 1000 --at 2026-12-01T22:59:00+08:00";
