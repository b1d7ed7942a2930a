import { Engine, type RuleResult } from "json-rules-engine";
import type { ChannelFile, Leaf } from "../../src/model/rulebook.js";
import { type Carry, readTime, routesOf, type Three } from "./by-luxon.js";
import type { Asked } from "./payments.js";
import { readJson } from "./root.js";

/** The obvious way with the same packages: one shared engine for each channel, asked one payment at a time. */

export type Answer = (payment: Asked) => Promise<Three>;

export function byJsonRules(): Answer {
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
    return (routes.get(winner.name) as Carry)(at);
  };
}

interface Channel {
  readonly engine: Engine;
  readonly routes: Map<string, Carry>;
}

const priorityOf = ({ priority = 1 }: RuleResult): number => priority;

/** The rules that lead to the payee; those of the two channels name no dates that matter from 2025 on. */
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
