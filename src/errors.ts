/** The two error classes, and every sentence that they say: in `errors/`, by what they speak of. */

export {
  arrivesTooLate,
  exampleMessages as exampleSays,
  neverOpens,
  outsideCoverage,
  spanMessages as spanSays,
  textMessages as textSays,
  unknownBound,
  verdictMessages as verdictSays,
} from "./errors/answer.js";
export { calendarMessages as calendarSays } from "./errors/calendar.js";
export {
  conditionMessages as conditionSays,
  decisionMessages as decisionSays,
  factMessages as factSays,
} from "./errors/conditions.js";
export { findingMessages as findingSays } from "./errors/findings.js";
export { loadMessages as loadSays } from "./errors/load.js";
export {
  amountMessages as amountSays,
  eventMessages as eventSays,
  paymentMessages as paymentSays,
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
  cliMessages as cliSays,
  diffMessages as diffSays,
  fileMessages as fileSays,
  liveMessages as liveSays,
  recordMessages as recordSays,
} from "./errors/surfaces.js";
export { choose, meantBy, quote } from "./errors/words.js";
