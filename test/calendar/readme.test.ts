import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { CalendarFile } from "../../src/model/rulebook.js";
import { problems, shippedFile, shippedFiles } from "./calendar-files.js";

const readme = readFileSync(new URL("../../calendars/README.md", import.meta.url), "utf8");

/** The worked edit of the checklist, as an operator would copy it. */
function workedEdit(): Pick<CalendarFile, "coverage" | "years"> {
  const block = /```json\n([\s\S]*?)```/.exec(readme)?.[1];
  if (block === undefined) throw new Error("calendars/README.md has lost its worked edit");
  return JSON.parse(block);
}

test("the worked edit of the checklist turns the calendar of the year before into the shipped one, and is clean", () => {
  const shipped = shippedFile("cn.statutory");
  const { "2026": _, ...earlier } = shipped.years ?? {};
  const before: CalendarFile = {
    ...shipped,
    coverage: { from: "2004-01-01", to: "2025-12-31" },
    years: earlier,
  };
  expect(problems(before)).toEqual([]);
  const edit = workedEdit();
  const after: CalendarFile = { ...before, ...edit, years: { ...before.years, ...edit.years } };
  expect(problems(after)).toEqual([]);
  expect(after).toEqual(shipped);
});

test("the table names every shipped calendar and no other", () => {
  const named = [...readme.matchAll(/^\| `([\w.]+)` +\|/gm)].map(([, id]) => id);
  expect(named.sort()).toEqual(Object.keys(shippedFiles()).sort());
});
