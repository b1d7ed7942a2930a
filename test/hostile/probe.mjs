import { Session } from "node:inspector";
import { text } from "node:stream/consumers";

/**
 * Compiles a rulebook from standard input with the built package, runs some queries, and prints as JSON all code that
 * V8 compiled from strings meanwhile.
 */

const { book, payment, now, shipped } = JSON.parse(await text(process.stdin));
const session = new Session();
session.connect();
const ids = [];
session.on("Debugger.scriptParsed", ({ params }) => {
  if (!/^(file|node):/.test(params.url)) ids.push(params.scriptId);
});
session.post("Debugger.enable");
ids.length = 0;

const { compileTimetable, openTimetable } = await import("../../dist/index.js");
const timetable = shipped ? await openTimetable() : compileTimetable(book);
const arrival = timetable.when(payment);
const assessment = timetable.assess(payment, { now });
const explanations = [arrival, assessment].map((answer) => timetable.explain(answer, { locale: "zh" }));
timetable.profile(payment, { from: payment.initiatedAt, to: now });
timetable.check({ today: "2026-03-02" });

const sources = ids.map((scriptId) => {
  let source = "";
  session.post("Debugger.getScriptSource", { scriptId }, (_, found) => {
    source = found?.scriptSource ?? "";
  });
  return source;
});
console.log(
  JSON.stringify({ rule: arrival.rules[0], explanations, sources, marked: globalThis.zqmarked ?? null }),
);
