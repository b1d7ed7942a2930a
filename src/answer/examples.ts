import { exampleMessages, type Problem, QuestionError } from "../errors.js";
import type { Locate } from "../model/place.js";
import type { ChannelFile, Example, Expectation } from "../model/rulebook.js";
import type { ParsedPayment } from "../payment/parsed-payment.js";
import { pieceAt } from "../pieces/piece-lookup.js";
import { queryFor } from "../pieces/query.js";
import { compileSnapshots, type Snapshots, snapshotAt } from "../pieces/snapshots.js";
import { milestonesOf } from "../pieces/timeline.js";
import { formatDay } from "../time/day.js";
import { formatInstant, type Instant, parseInstant } from "../time/instant.js";
import { localDay } from "../time/zone.js";
import { arrive } from "./arrival.js";

/** An answer as text, by the keys that an expectation may have. */
type AnswerFields = Readonly<Record<string, string | undefined>>;

type Read = (payment: unknown) => ParsedPayment;

/** An example that the rules contradict. */
export interface FailingExample {
  readonly channel: string;
  /** The payment as the example states it. */
  readonly payment: Example["payment"];
  /** One for each expectation that is not met. */
  readonly problems: readonly Problem[];
}

/** The results of the examples of one channel. */
export interface ExampleResults {
  readonly failing: readonly FailingExample[];
  /** One problem for each rule that no example decides. */
  readonly untested: readonly Problem[];
}

/** Every example that the rules contradict, and every rule that no example decides. */
export const checkExamples = (snapshots: Snapshots, read: Read, locate: Locate): Problem[] =>
  exampleProblems(testExamples(snapshots, read, locate));

export const exampleProblems = (channels: readonly ExampleResults[]): Problem[] =>
  channels.flatMap(({ failing, untested }) => [...failing.flatMap(({ problems }) => problems), ...untested]);

/** Tests the examples of every channel. Incidents are ignored, because declaring one must not make examples fail. */
export function testExamples(snapshots: Snapshots, read: Read, locate: Locate): ExampleResults[] {
  const { rulebook } = snapshots;
  const planned = rulebook.windows.filter(({ event }) => event.type !== "incident");
  const tested =
    planned.length === rulebook.windows.length
      ? snapshots
      : compileSnapshots({ ...rulebook, windows: planned });
  return Object.values(rulebook.channels).map((channel) => testChannel(tested, read, channel, locate));
}

function testChannel(snapshots: Snapshots, read: Read, channel: ChannelFile, locate: Locate): ExampleResults {
  const decided = new Set<string | undefined>();
  const failing = channel.examples.flatMap((example): FailingExample[] => {
    const found = answerFieldsOf(snapshots, read, channel, example);
    decided.add(found.rule);
    // An example without an answer still counts for its rule, so that one fault is not reported twice.
    if (isUnanswered(example, found)) decided.add(example.expect.rule);
    const problems = problemsWith(example, found, channel, locate);
    return problems.length === 0 ? [] : [{ channel: channel.channel, payment: example.payment, problems }];
  });
  const untested = channel.rules
    .filter(({ name }) => !decided.has(name))
    .map((rule) => ({ ...locate(rule), name: rule.name, ...exampleMessages.missing(rule.name) }));
  return { failing, untested };
}

const isUnanswered = ({ expect }: Example, found: AnswerFields): boolean =>
  found.error !== undefined && expect.error === undefined;

function problemsWith(
  example: Example,
  found: AnswerFields,
  { channel }: ChannelFile,
  locate: Locate,
): Problem[] {
  if (isUnanswered(example, found)) return [unansweredProblem(example, found, locate)];
  return differences(example.expect, found).map(([key, wanted, got]) => {
    const place = locate(example, `expect.${key}`);
    const names = [...new Set([example.expect.rule ?? found.rule ?? channel, channel])];
    const sentence =
      place.layer === undefined
        ? exampleMessages.differs(key, wanted, got)
        : exampleMessages.differsBelow(key, wanted, got, place.layer, names);
    return { ...place, ...sentence };
  });
}

function unansweredProblem(
  example: Example,
  { error = "", what = "", help = "" }: AnswerFields,
  locate: Locate,
): Problem {
  const place = locate(example, "payment");
  return { ...place, ...exampleMessages.unanswered(error, { what, help }, place.layer) };
}

/** The keys of an expectation that are not met, each with the expected and the actual value. */
export function differences(
  expect: Expectation,
  found: AnswerFields,
): [string, string, string | undefined][] {
  return Object.entries(flatten(expect))
    .filter(([key, wanted]) => !sameValue(key, wanted, found[key]))
    .map(([key, wanted]) => [key, wanted, found[key]]);
}

/** Answers the question of an example. An error is an answer too. */
export function answerFieldsOf(
  snapshots: Snapshots,
  read: Read,
  channel: ChannelFile,
  example: Example,
): AnswerFields {
  try {
    return fieldsOf(snapshots, read, channel, example);
  } catch (error) {
    if (error instanceof QuestionError) {
      const { code, message, what, help } = error;
      return { error: code, detail: message, what, help };
    }
    throw error;
  }
}

function fieldsOf(
  snapshots: Snapshots,
  read: Read,
  channel: ChannelFile,
  { payment, asOf, expect }: Example,
): AnswerFields {
  const parsed = read({ ...payment, channel: channel.channel });
  const snapshot = snapshotAt(snapshots, asOf === undefined ? undefined : (parseInstant(asOf) as Instant));
  const query = queryFor(snapshot, parsed, expect.outcome === "returned" ? "returned" : "credited");
  const { zone } = query;
  const arrival = arrive(query, parsed.at);
  const { rule, routeAnswer, refused } = pieceAt(query, parsed.at);
  const reached =
    routeAnswer === undefined || refused ? [] : milestonesOf(routeAnswer.route.paths.expected, parsed.at);
  const dateOf = (iso: string): string => formatDay(localDay(zone, parseInstant(iso) as Instant));
  return {
    rule: rule.name,
    outcome: arrival.outcome,
    earliest: arrival.earliest,
    expected: arrival.expected,
    latest: arrival.latest,
    earliestDate: dateOf(arrival.earliest),
    expectedDate: dateOf(arrival.expected),
    latestDate: dateOf(arrival.latest),
    retryAt: arrival.retryAt,
    certainty: arrival.certainty,
    ...Object.fromEntries(
      reached.map(({ milestone, at }) => [`milestones.${milestone}`, formatInstant(zone, at)]),
    ),
  };
}

function flatten({ milestones, note: _, ...plain }: Expectation): Record<string, string> {
  const reached = Object.entries(milestones ?? {}).map(([name, at]) => [`milestones.${name}`, at]);
  return { ...plain, ...Object.fromEntries(reached) };
}

/** Instants are compared as instants, whatever offset they are written with. */
function sameValue(key: string, wanted: string, got: string | undefined): boolean {
  if (got === undefined || !wanted.includes("T") || key === "rule") return wanted === got;
  return parseInstant(wanted) === parseInstant(got);
}
