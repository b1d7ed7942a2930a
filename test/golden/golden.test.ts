import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { answerFieldsOf, differences } from "../../src/answer/examples.js";
import { type Arrival, type Payment, QuestionError, type Timetable } from "../../src/index.js";
import type { ChannelFile, Expectation } from "../../src/model/rulebook.js";
import { compileReader } from "../../src/payment/parsed-payment.js";
import { compileSnapshots, type Snapshots } from "../../src/pieces/snapshots.js";
import { buildOnce, commandLine, shippedTimetable, spawnCommand } from "../support/command-line.js";

/**
 * A payment with its required answer, a note, and the source of the answer. Each file of this folder is a list of cases, or has
 * a list as `cases`.
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

type Answer = Arrival | { error: { code: string; what: string } };

let timetable: Timetable;
let snapshots: Snapshots;
let read: ReturnType<typeof compileReader>;
beforeAll(async () => {
  if (!MUTATED) buildOnce();
  timetable = await shippedTimetable();
  snapshots = compileSnapshots(timetable.rulebook);
  read = compileReader(timetable.rulebook);
});

/** The answer of the library, as JSON. */
function libraryAnswer({ payment, asOf }: Golden): Answer {
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

/** An answer by the keys that an expectation may have. The date of an instant is that of its offset. */
function fieldsOf(answer: Answer): Record<string, string | undefined> {
  if ("error" in answer) return { error: answer.error.code, detail: answer.error.what };
  const { outcome, earliest, expected, latest, retryAt, certainty, rules } = answer;
  return {
    ...{ outcome, earliest, expected, latest, retryAt, certainty, rule: rules[0] },
    earliestDate: earliest.slice(0, 10),
    expectedDate: expected.slice(0, 10),
    latestDate: latest.slice(0, 10),
  };
}

/** The public answer has no milestones, and `when` does not answer returns; for both, internal functions are used. */
function actualFields(golden: Golden, answer: Answer): Record<string, string | undefined> {
  const { payment, expect: wanted } = golden;
  const file = timetable.rulebook.channels[payment.channel];
  const inside = file === undefined ? {} : answerFieldsOf(snapshots, read, file as ChannelFile, golden);
  return wanted.outcome === "returned" ? inside : { ...inside, ...fieldsOf(answer) };
}

describe.each(FILES)("%s", (_, cases) => {
  test.each(cases.map((golden): [string, Golden] => [golden.note, golden]))("%s", async (_, golden) => {
    const answer = libraryAnswer(golden);
    const { out } = await commandLine(argumentsOf(golden), { stdin: JSON.stringify(golden.payment) });
    expect(JSON.parse(out)).toEqual(answer);
    expect(differences(golden.expect, actualFields(golden, answer))).toEqual([]);
  });

  // The process runs the built library, which mutation testing does not change.
  test.skipIf(MUTATED)("a separate process gives the same answer to the first case", () => {
    const [golden] = cases;
    if (golden === undefined) throw new Error("this file has no cases");
    const { out } = spawnCommand(argumentsOf(golden), JSON.stringify(golden.payment));
    expect(JSON.parse(out)).toEqual(libraryAnswer(golden));
  });
});
