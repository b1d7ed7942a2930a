import { expect, test } from "vitest";
import { RulebookError } from "../../src/errors.js";
import { SHIPPED } from "../../src/live.js";
import { documentsOf } from "../../src/load/document.js";
import { readFolders } from "../../src/load/folder-reader.js";
import { type Timetable, timetableOf } from "../../src/timetable.js";

/** The shipped pack with one more window file. */
async function withWindow(type: string): Promise<Timetable> {
  const interval = { from: "2026-03-03T00:00:00+08:00", until: "2026-03-06T00:00:00+08:00" };
  const event = { type, params: { systems: ["hvps", "cups", "ibps", "beps"], effect: "closed", interval } };
  const rules = [{ name: "one-more", title: { zh: "停", en: "stop" }, basis: "assumed", event }];
  const file = { $schema: "windows.schema.json", rules };
  const [extra] = documentsOf({ rules: { "incidents/one-more.json": file }, calendars: {} });
  return timetableOf([...(await readFolders(SHIPPED)), ...(extra === undefined ? [] : [extra])]);
}

test("the rulebook loads although an incident is declared on the day of an example", async () => {
  const timetable = await withWindow("incident");
  const payment = { channel: "cn.hvps", amount: 1, initiatedAt: "2026-03-03T10:00:00+08:00" };
  expect(timetable.when(payment).expected).toBe("2026-03-06T00:00:00+08:00");
});

test("the rulebook does not load if maintenance contradicts an example", async () => {
  await expect(withWindow("maintenance")).rejects.toThrow(RulebookError);
});

test("an example that two rules match is one problem that names both", () => {
  const title = { zh: "名", en: "name" };
  const rule = {
    name: "pay.once",
    priority: 10,
    event: { type: "route", params: { steps: [{ kind: "process", milestone: "credited", takes: "PT1H" }] } },
    basis: "assumed",
  };
  const example = {
    payment: { amount: "1.00", initiatedAt: "2026-03-03T10:00:00+08:00" },
    expect: { rule: "pay.once", expected: "2026-03-03T11:00:00+08:00", expectedDate: "2026-03-03" },
  };
  const channel = {
    $schema: "channel.schema.json",
    ...{ channel: "pay", title, zone: "Asia/Shanghai" },
    rules: [rule, { ...rule, name: "pay.twice" }],
    examples: [example],
  };
  const load = (): Timetable =>
    timetableOf(
      documentsOf({
        rules: {
          "channels/pay.json": channel,
          "facts.json": { $schema: "facts.schema.json", facts: {} },
          "systems.json": { $schema: "systems.schema.json", systems: {} },
        },
        calendars: {},
      }),
    );
  expect(load).toThrowErrorMatchingInlineSnapshot(`
    [RulebookError: rules/channels/pay.json  examples[0].payment
      the example has no answer (ambiguous-rules): \`pay.once\` and \`pay.twice\` both match this payment with priority 10
      give the rule that should decide a higher \`priority\`, or let their conditions exclude each other
    rules/channels/pay.json  rules[1]  (pay.twice)
      no example is decided by \`pay.twice\`
      add an example whose \`expect.rule\` is this rule: one on each side of every boundary that it has]
  `);
});
