import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { differences, answerFieldsOf } from "../../src/answer/examples.js";
import { type Arrival, type Payment, QuestionError, type Timetable } from "../../src/index.js";
import type { ChannelFile, Expectation } from "../../src/model/rulebook.js";
import { compileReader } from "../../src/payment/parsed-payment.js";
import { compileSnapshots, type Snapshots } from "../../src/pieces/snapshots.js";
import { buildOnce, commandLine, shippedTimetable, spawnCommand } from "../support/command-line.js";

/**
 * Payments with the answers that they must get, each with a note and where the answer comes from. A file of this
 * folder is a list of cases, or has them as `cases`.
 */
interface Golden {
  readonly note: string;
  readonly source?: string;
  readonly payment: Payment;
  readonly asOf?: string;
  readonly expect: Expectation;
}

const MUTATED = process.env.STRYKER_MUTATOR_WORKER !== undefined;
const FOLDER = new URL(".", import.meta.url);

const FILES = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".json") && !name.startsWith("assess"))
  .sort()
  .map((name): [string, readonly Golden[]] => [name, casesIn(name)]);

function casesIn(name: string): readonly Golden[] {
  const json: unknown = JSON.parse(readFileSync(new URL(name, FOLDER), "utf8"));
  return Array.isArray(json) ? json : (json as { cases: Golden[] }).cases;
}

type Said = Arrival | { error: { code: string; what: string } };

let timetable: Timetable;
let views: Snapshots;
let read: ReturnType<typeof compileReader>;
beforeAll(async () => {
  if (!MUTATED) buildOnce();
  timetable = await shippedTimetable();
  views = compileSnapshots(timetable.rulebook);
  read = compileReader(timetable.rulebook);
});

/** What the library says, as JSON shows it. */
function librarySays({ payment, asOf }: Golden): Said {
  try {
    return JSON.parse(JSON.stringify(timetable.when(payment, asOf === undefined ? {} : { asOf })));
  } catch (error) {
    if (error instanceof QuestionError) return error.toJSON();
    throw error;
  }
}

const argumentsOf = ({ asOf }: Golden): string[] => [
  ...["when", "--payment", "-", "--json"],
  ...(asOf === undefined ? [] : ["--as-of", asOf]),
];

/** The answer by the keys that an expectation may have; an instant's date is that of its own offset. */
function laidOut(said: Said): Record<string, string | undefined> {
  if ("error" in said) return { error: said.error.code, detail: said.error.what };
  const { outcome, earliest, expected, latest, retryAt, certainty, rules } = said;
  return {
    ...{ outcome, earliest, expected, latest, retryAt, certainty, rule: rules[0] },
    earliestDate: earliest.slice(0, 10),
    expectedDate: expected.slice(0, 10),
    latestDate: latest.slice(0, 10),
  };
}

/** Milestones are no part of an answer, and the way back is not asked for by `when`: both are looked up inside. */
function found(golden: Golden, said: Said): Record<string, string | undefined> {
  const { payment, expect: wanted } = golden;
  const file = timetable.rulebook.channels[payment.channel];
  const inside = file === undefined ? {} : answerFieldsOf(views, read, file as ChannelFile, golden);
  return wanted.outcome === "returned" ? inside : { ...inside, ...laidOut(said) };
}

describe.each(FILES)("%s", (_, cases) => {
  test.each(cases.map((golden): [string, Golden] => [golden.note, golden]))("%s", async (_, golden) => {
    const said = librarySays(golden);
    const { out } = await commandLine(argumentsOf(golden), { stdin: JSON.stringify(golden.payment) });
    expect(JSON.parse(out)).toEqual(said);
    expect(differences(golden.expect, found(golden, said))).toEqual([]);
  });

  // A process of its own runs what was built, where mutation testing changes nothing.
  test.skipIf(MUTATED)("its first case is answered alike by a process of its own", () => {
    const [golden] = cases;
    if (golden === undefined) throw new Error("this file has no cases");
    const { out } = spawnCommand(argumentsOf(golden), JSON.stringify(golden.payment));
    expect(JSON.parse(out)).toEqual(librarySays(golden));
  });
});
