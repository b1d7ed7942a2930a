import { Engine, type RuleResult } from "json-rules-engine";
import type { ChannelFile, Leaf } from "../../src/model/rulebook.js";
import { type Arrivals, type RouteFunction, readTime, routesOf } from "./luxon-routes.js";
import type { BenchPayment } from "./payments.js";
import { readJson } from "./root.js";

/** The obvious solution with json-rules-engine: one shared engine for each channel, one run for each payment. */

export type Answer = (payment: BenchPayment) => Promise<Arrivals>;

export function jsonRulesPeer(): Answer {
  const channels = new Map(["cn.acquiring", "cn.hvps"].map((channel) => [channel, engineOf(channel)]));
  return async (payment) => {
    const { engine, routes } = channels.get(payment.channel) as Channel;
    const at = readTime(payment.initiatedAt);
    const { results } = await engine.run({
      ...payment,
      amount: Number(payment.amount),
      "initiated.time": clock(at),
    });
    const winner = results.reduce((best, rule) => (priorityOf(rule) > priorityOf(best) ? rule : best));
    return (routes.get(winner.name) as RouteFunction)(at);
  };
}

interface Channel {
  readonly engine: Engine;
  readonly routes: Map<string, RouteFunction>;
}

const priorityOf = ({ priority = 1 }: RuleResult): number => priority;

/** The rules that pay the payee. No date in the rules of the two channels matters from 2025 on. */
export const rulesOf = (file: ChannelFile): ChannelFile["rules"] =>
  file.rules.filter(({ event }) => event.type === "route" && event.params.outcome !== "returned");

function engineOf(channel: string): Channel {
  const file = readJson<ChannelFile>(`rules/channels/${channel}.json`);
  const rules = rulesOf(file).map(({ name, priority = 1, conditions, event }) => ({
    ...{ name, priority, event },
    conditions: (conditions ?? { all: [] }) as { all: Leaf[] },
  }));
  const engine = new Engine(rules, { allowUndefinedFacts: true });
  engine.addOperator("before", (time: string, until: string) => time < until);
  engine.addOperator("atOrAfter", (time: string, from: string) => time >= from);
  engine.addOperator(
    "within",
    (time: string, [from = "", until = ""]: string[]) => time >= from && time < until,
  );
  return { engine, routes: routesOf(file) };
}

const clock = (at: ReturnType<typeof readTime>): string => at.toFormat("HH:mm:ss.SSS");
