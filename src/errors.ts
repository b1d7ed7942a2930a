/** The two error classes, and every sentence that they say: in `errors/`, by what they speak of. */

export {
  arrivesTooLate,
  exampleMessages,
  neverOpens,
  outsideCoverage,
  spanMessages,
  textMessages,
  unknownBound,
  verdictMessages,
} from "./errors/answer.js";
export { calendarMessages } from "./errors/calendar.js";
export {
  conditionMessages,
  decisionMessages,
  factMessages,
} from "./errors/conditions.js";
export { findingMessages } from "./errors/findings.js";
export { loadMessages } from "./errors/load.js";
export {
  amountMessages,
  eventMessages,
  paymentMessages,
} from "./errors/payment.js";
export {
  formatProblem,
  type Problem,
  type QuestionCode,
  QuestionError,
  RulebookError,
  type Sentence,
} from "./errors/problem.js";
export {
  cliMessages,
  diffMessages,
  fileMessages,
  liveMessages,
  recordMessages,
} from "./errors/surfaces.js";
export { choose, meantBy, quote } from "./errors/words.js";
