// Prints every answer to the golden cases, as text, in whatever zone this process runs.
import { readdirSync, readFileSync } from "node:fs";
import { openTimetable } from "../../dist/index.js";

const folder = new URL("../golden/", import.meta.url);
const timetable = await openTimetable();
process.stdout.write(`${JSON.stringify(timetable.endings({ today: "2026-11-24" }))}\n`);
const ask = (question) => {
  try {
    return question();
  } catch (error) {
    return { error: error.code };
  }
};

/** The golden cases of assessments that need no incident of their own. */
function printAssessments({ cases }) {
  for (const { payment, incidents, asks } of cases) {
    if (incidents !== undefined) continue;
    for (const { now, events, arrivedAt } of asks) {
      const assessment = timetable.assess(payment, { now, events, arrivedAt });
      const said = timetable.explain(assessment, { locale: "en" });
      process.stdout.write(`${JSON.stringify({ assessment, said })}\n`);
    }
  }
}

for (const name of readdirSync(folder)
  .filter((one) => one.endsWith(".json"))
  .sort()) {
  const read = JSON.parse(readFileSync(new URL(name, folder), "utf8"));
  if (name.startsWith("assess")) {
    printAssessments(read);
    continue;
  }
  for (const { payment, asOf } of read.cases ?? read) {
    const arrival = ask(() => timetable.when(payment, asOf === undefined ? {} : { asOf }));
    const said = arrival.error === undefined ? timetable.explain(arrival, { locale: "zh" }) : "";
    const by = new Date(Date.parse(payment.initiatedAt) + 6 * 86_400_000).toISOString();
    const latest = ask(() => timetable.latestSend(payment, { by }));
    const profile = ask(() => timetable.profile(payment, { from: payment.initiatedAt, to: by }));
    const { channel: _, ...money } = payment;
    const over = ask(() => timetable.compare(money));
    const instants = Float64Array.from([Date.parse(payment.initiatedAt), Date.parse(by)]);
    const columns = ask(() => timetable.columns(payment, instants));
    process.stdout.write(`${JSON.stringify({ arrival, said, latest, profile, over, columns })}\n`);
  }
}
