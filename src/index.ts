export type { Report, Weighed } from "./analyse/check.js";
export type { Ending } from "./analyse/coverage.js";
export type { Finding, Proof } from "./analyse/finding.js";
export type { Assessed, Assessments } from "./assess/assess-all.js";
export { type Problem, type QuestionCode, QuestionError, RulebookError } from "./errors.js";
export type { Locale } from "./explain/text.js";
export type { Listener, LiveEvents } from "./live/listeners.js";
export type { Rejection } from "./live/state.js";
export {
  type Folders,
  type LiveOptions,
  type LiveStatus,
  type LiveTimetable,
  type OpenOptions,
  openTimetable,
} from "./live.js";
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
export type {
  Assessment,
  Cluster,
  DelayCause,
  EventTime,
  Note,
  PaymentEvent,
  Phase,
  Status,
} from "./model/assessment.js";
export type { FactValue, JsonText, Payment } from "./model/payment.js";
export {
  type DecisionQuestion,
  type DecisionRecord,
  type Difference,
  type Replay,
  record,
  replay,
} from "./record.js";
export type { SharedTimetable } from "./timetable/shared-timetable.js";
export {
  type AssessOptions,
  adoptTimetable,
  compileTimetable,
  type Time,
  type Timetable,
} from "./timetable.js";
