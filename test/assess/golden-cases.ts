import { readdirSync, readFileSync } from "node:fs";
import type { Assessment, Payment, PaymentEvent, Timetable } from "../../src/index.js";
import { SHIPPED } from "../../src/live.js";
import { documentsOf } from "../../src/load/document.js";
import { readFolders } from "../../src/load/folder-reader.js";
import { timetableOf } from "../../src/timetable.js";

/** A payment, and the assessments that it must get. */
export interface GoldenCase {
  readonly note: string;
  readonly source: string;
  readonly payment: Payment;
  /** Windows in addition to the shipped ones. */
  readonly incidents?: readonly unknown[];
  readonly asks: readonly GoldenAsk[];
}

export interface GoldenAsk {
  readonly note: string;
  readonly now: string;
  readonly events?: readonly PaymentEvent[];
  readonly arrivedAt?: string;
  readonly expect: Readonly<Record<string, unknown>>;
}

const FOLDER = new URL("../golden/", import.meta.url);

export const GOLDEN_FILES: readonly (readonly [string, readonly GoldenCase[]])[] = readdirSync(FOLDER)
  .filter((name) => name.startsWith("assess") && name.endsWith(".json"))
  .sort()
  .map((name) => [name, JSON.parse(readFileSync(new URL(name, FOLDER), "utf8")).cases]);

let shipped: Promise<Timetable> | undefined;

/** The shipped rulebook with the incidents of a case. Without incidents it is compiled once. */
export function timetableWith(incidents?: readonly unknown[]): Promise<Timetable> {
  if (incidents !== undefined) return compiledWith(incidents);
  shipped ??= compiledWith([]);
  return shipped;
}

async function compiledWith(incidents: readonly unknown[]): Promise<Timetable> {
  const documents = await readFolders(SHIPPED);
  const $schema = "../../src/model/schema/windows.schema.json";
  const own = documentsOf({ rules: { "incidents/own.json": { $schema, rules: incidents } }, calendars: {} });
  return timetableOf([...documents, ...own]);
}

export const optionsOf = ({ now, events, arrivedAt }: GoldenAsk) => ({
  now,
  ...(events && { events }),
  ...(arrivedAt !== undefined && { arrivedAt }),
});

/** An assessment with the keys that an expectation may have. A missing `nextCheckAt` is null. */
export function flatten(assessment: Assessment): Record<string, unknown> {
  const { baseline, estimate, advice, stuckAt, notes, ...plain } = assessment;
  return {
    ...plain,
    nextCheckAt: plain.nextCheckAt ?? null,
    baselineLatest: baseline.latest,
    outcome: estimate.outcome,
    expected: estimate.expected,
    latest: estimate.latest,
    certainty: estimate.certainty,
    who: advice.who,
    quote: advice.quote,
    from: advice.from,
    system: stuckAt?.system,
    milestone: stuckAt?.milestone,
    notes: notes?.map(({ kind }) => kind),
  };
}
