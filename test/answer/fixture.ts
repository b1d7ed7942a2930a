import { QuestionError } from "../../src/errors.js";
import type { ChannelRule, Step } from "../../src/model/rulebook.js";
import { type Query, queryOf } from "../../src/pieces/query.js";
import { compileSnapshot } from "../../src/pieces/snapshot.js";
import type { Instant } from "../../src/time/instant.js";
import { at, route, rulebookOf } from "../decide/fixture.js";

/**
 * Rules for answers worked out by hand on the calendar of `decide/fixture.ts`: Saturday 2026-02-14 is a workday, and Sunday
 * the 15th to Wednesday the 18th are closed.
 */

export const stepRule = (name: string, step: object, more: Partial<ChannelRule> = {}): ChannelRule =>
  route(name, { event: { type: "route", params: { steps: [step as Step] } }, ...more });

export const RUN = {
  kind: "settle",
  calendar: "week",
  cutoff: "16:00",
  lag: "T+1",
  at: "10:00",
  milestone: "credited",
};
export const run = stepRule("run", RUN);
export const quick = (minutes: number, more: Partial<ChannelRule>): ChannelRule =>
  stepRule("quick", { kind: "process", takes: `PT${minutes}M`, milestone: "credited" }, more);
export const closed = (more: Partial<ChannelRule>): ChannelRule => ({
  name: "closed",
  priority: 5,
  event: { type: "refuse", params: { reason: { zh: "停", en: "closed" } } },
  ...more,
});

export const queryWith = (...rules: ChannelRule[]): Query =>
  queryOf(compileSnapshot(rulebookOf({ rules })), "cn.test", { amount: 1 });

/** `DDTHH:MM` of February 2026 in Shanghai. */
export const feb = (text: string): Instant => at(`2026-02-${text}:00+08:00`);
export const short = (iso: string): string => iso.replace(/^2026-02-/, "").replace(/:00\+08:00$/, "");

/** `answered`, or the code, place and text of the error. */
export const errorOf = (ask: () => unknown): string => {
  try {
    ask();
    return "answered";
  } catch (error) {
    if (error instanceof QuestionError) return `${error.code} ${error.where}: ${error.what}`;
    throw error;
  }
};
