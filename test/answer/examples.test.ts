import { expect, test } from "vitest";
import { RulebookError } from "../../src/errors.js";
import { SHIPPED } from "../../src/live.js";
import { documentsOf } from "../../src/load/document.js";
import { readFolders } from "../../src/load/read.js";
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

test("an incident that is declared on a day of an example does not keep the rulebook from loading", async () => {
  const timetable = await withWindow("incident");
  const payment = { channel: "cn.hvps", amount: 1, initiatedAt: "2026-03-03T10:00:00+08:00" };
  expect(timetable.when(payment).expected).toBe("2026-03-06T00:00:00+08:00");
});

test("planned maintenance on a day of an example contradicts it", async () => {
  await expect(withWindow("maintenance")).rejects.toThrow(RulebookError);
});
