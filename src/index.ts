export type { Locale } from "./answer/text.js";
export { type Problem, type QuestionCode, QuestionError, RulebookError } from "./errors.js";
export { type Folders, openTimetable } from "./live.js";
export type {
  Arrival,
  Cause,
  Certainty,
  Columns,
  Comparison,
  LatestSend,
  Outcome,
  Piece,
  PieceBound,
  Segment,
} from "./model/answers.js";
export type { FactValue, Payment } from "./model/payment.js";
export { compileTimetable, type Time, type Timetable } from "./timetable.js";
