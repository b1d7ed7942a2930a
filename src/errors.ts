/** The two error classes, and the catalogues of their messages, by topic. */

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
export { cliMessages, diffMessages, fileMessages } from "./errors/cli.js";
export {
  conditionMessages,
  decisionMessages,
  factMessages,
} from "./errors/conditions.js";
export { findingMessages } from "./errors/findings.js";
export { liveMessages } from "./errors/live.js";
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
export { recordMessages } from "./errors/record.js";
export { closestChoice, quote } from "./errors/wording.js";
