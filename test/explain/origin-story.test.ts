import { expect, test } from "vitest";
import { GOLDEN_FILES, optionsOf, timetableWith } from "../assess/golden-cases.js";

/** The origin story as support would send it, from beginning to end. */

const [, cases = []] = GOLDEN_FILES.find(([name]) => name === "assess-origin.json") ?? [];

test.each(["zh", "en"] as const)("the origin story in %s", async (locale) => {
  const timetable = await timetableWith();
  const told = cases.flatMap(({ payment, asks }) =>
    asks.map((ask) => {
      const assessment = timetable.assess(payment, optionsOf(ask));
      return `# ${ask.note}\n\n${timetable.explain(assessment, { locale })}\n`;
    }),
  );
  await expect(told.join("\n")).toMatchFileSnapshot(`snapshots/origin.${locale}.md`);
});
