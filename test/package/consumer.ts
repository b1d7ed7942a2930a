import {
  type Arrival,
  type Assessment,
  adoptTimetable,
  compileTimetable,
  type Ending,
  type LiveTimetable,
  openTimetable,
  type Payment,
  QuestionError,
  RulebookError,
  record,
  replay,
  type SharedTimetable,
  type Timetable,
} from "daozhang";

/**
 * Code of a project that has installed the package. `install.mjs` compiles it under each module resolution, and runs
 * it with each given Node.js.
 */

const timetable: Timetable = await openTimetable();
const payment: Payment = {
  channel: "cn.acquiring",
  settlement: "t1",
  amount: "1000.00",
  initiatedAt: "2026-02-13T23:30:00+08:00",
};
const arrival: Arrival = timetable.when(payment);
const assessment: Assessment = timetable.assess(payment, { now: "2026-02-24T15:00:00+08:00" });
const replayed = replay(timetable, record(timetable, { kind: "when", payment }));

function codeOf(ask: () => unknown): string | undefined {
  try {
    ask();
    return undefined;
  } catch (error) {
    return error instanceof QuestionError ? error.code : String(error);
  }
}

function problemsOf(rules: Record<string, unknown>): number {
  try {
    compileTimetable({ rules, calendars: {} });
    return 0;
  } catch (error) {
    return error instanceof RulebookError ? error.problems.length : -1;
  }
}

const live: LiveTimetable = await openTimetable({ watch: true });
const end: () => void = live.on("reloaded", ({ version }) => console.log(version));
const { watching } = live.status();
end();
live.close();
const shared: SharedTimetable = timetable.share();
const endings: readonly Ending[] = timetable.endings({ today: "2026-11-24" });

console.log(
  JSON.stringify({
    expected: arrival.expected,
    verdict: assessment.verdict,
    said: timetable.explain(arrival, { locale: "zh" }).length > 20,
    same: replayed.same,
    code: codeOf(() => timetable.when({ ...payment, initiatedAt: "2026-02-13 23:30" })),
    problems: problemsOf({ "facts.json": { $schema: "facts.schema.json", facts: { amount: {} } } }) > 0,
    watching,
    adopted: adoptTimetable(shared).version === timetable.version,
    endings: endings.length > 0,
  }),
);
