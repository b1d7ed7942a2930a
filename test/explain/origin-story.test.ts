import { expect, test } from "vitest";
import { GOLDEN_FILES, optionsOf, timetableWith } from "../assess/golden-cases.js";

/** The explanations of the payment that this project began with, in full. */

const [, cases = []] = GOLDEN_FILES.find(([name]) => name === "assess-origin.json") ?? [];

test.each(["zh", "en"] as const)("the origin story in %s", async (locale) => {
  const timetable = await timetableWith();
  const explanations = cases.flatMap(({ payment, asks }) =>
    asks.map((ask) => {
      const assessment = timetable.assess(payment, optionsOf(ask));
      return `# ${ask.note}\n\n${timetable.explain(assessment, { locale })}\n`;
    }),
  );
  await expect(explanations.join("\n")).toMatchFileSnapshot(`snapshots/origin.${locale}.md`);
});
