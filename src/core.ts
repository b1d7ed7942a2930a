/**
 * The portable core, `daozhang/core`: compiles parsed JSON and answers. It needs no file system and makes no code at run
 * time, so that bundlers and browsers take it as it is. Its errors are classes of its own, not those of `daozhang`.
 */

export { provideHolidays } from "./calendar/provided-holiday-library.js";
export { type Problem, type QuestionCode, QuestionError, RulebookError } from "./errors.js";
export type { Locale } from "./explain/text.js";
export type * from "./model/answers.js";
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
export type { SharedTimetable } from "./timetable/shared-timetable.js";
export {
  type AssessOptions,
  adoptTimetable,
  compileTimetable,
  type Time,
  type Timetable,
} from "./timetable.js";
