import type { Sentence } from "./problem.js";
import { describeValue, suggest } from "./wording.js";

/** Messages about decision records. */
export const recordMessages = {
  notJson: (): Sentence => ({
    what: "this question cannot be written as JSON",
    help: "give texts, finite numbers, true, false, lists, objects and Dates",
  }),
  notARecord: (value: unknown): Sentence => ({
    what: `${describeValue(value)} is not a decision record`,
    help: "give a line as `record` wrote it, an object with `record`, `kind`, `payment` and `answer` or `error`",
  }),
  unknownFormat: (value: unknown): Sentence => ({
    what: `${describeValue(value)} is not a format of decision records that is known`,
    help: "replay it with the release that wrote it",
  }),
  unknownKind: (value: unknown, choices: readonly string[]): Sentence => ({
    what: `${describeValue(value)} is not a kind of question`,
    help: suggest(typeof value === "string" ? value : "", choices),
  }),
  unfit: (value: unknown): Sentence => ({
    what: `${describeValue(value)} is not what stands here in a decision record`,
    help: "give the line as `record` wrote it",
  }),
  answerOrError: (): Sentence => ({
    what: "a decision record has an `answer` or an `error`, and not both",
    help: "give the line as `record` wrote it",
  }),
};
