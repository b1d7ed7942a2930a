/** Re-exports the schemas of channels, facts, conditions, systems, windows, holds and texts. */

export {
  ChannelFile,
  ChannelRule,
  ChannelRules,
  Example,
  Examples,
  Expectation,
  RefuseEvent,
  RouteEvent,
} from "./channel.js";
export { ConditionsFile } from "./condition.js";
export { FactDefinition, FactsFile } from "./facts.js";
export { HoldRule, HoldsFile } from "./holds.js";
export { ProcessStep, SettleRun, SettleStep, Step } from "./steps.js";
export { Hours, SystemDefinition, SystemsFile } from "./systems.js";
export { TextsFile } from "./texts.js";
export { WindowRule, WindowsFile } from "./windows.js";
