/** The two error classes, and every sentence that they say: in `errors/`, by what they speak of. */

export {
  arrivesTooLate,
  exampleSays,
  neverOpens,
  outsideCoverage,
  spanSays,
  textSays,
  unknownBound,
  verdictSays,
} from "./errors/answer.js";
export { calendarSays } from "./errors/calendar.js";
export { conditionSays, decisionSays, factSays } from "./errors/conditions.js";
export { findingSays } from "./errors/findings.js";
export { loadSays } from "./errors/load.js";
export { amountSays, eventSays, paymentSays } from "./errors/payment.js";
export {
  formatProblem,
  type Problem,
  type QuestionCode,
  QuestionError,
  RulebookError,
  type Sentence,
} from "./errors/problem.js";
export { cliSays, diffSays, fileSays, liveSays, recordSays } from "./errors/surfaces.js";
export { choose, meantBy, quote } from "./errors/words.js";
