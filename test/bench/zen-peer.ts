import { ZenEngine } from "@gorules/zen-engine";
import type { ChannelFile, ChannelRule, Leaf } from "../../src/model/rulebook.js";
import { type Answer, rulesOf } from "./json-rules-peer.js";
import { type RouteFunction, readTime, routesOf } from "./luxon-routes.js";
import { readJson } from "./root.js";

/** The engine of gorules: one decision table for each channel, one row for each rule. The first row that matches decides. */
export function zenPeer(): Answer {
  const engine = new ZenEngine();
  const channels = new Map(
    ["cn.acquiring", "cn.hvps"].map((channel) => {
      const file = readJson<ChannelFile>(`rules/channels/${channel}.json`);
      return [channel, { decision: engine.createDecision(graphOf(rulesOf(file))), routes: routesOf(file) }];
    }),
  );
  return async (payment) => {
    const found = channels.get(payment.channel);
    if (found === undefined) throw new Error(`no table for ${payment.channel}`);
    const at = readTime(payment.initiatedAt);
    const { settlement, acquirer } = payment;
    const time = at.diff(at.startOf("day")).as("minutes");
    const facts = { settlement, acquirer, amount: Number(payment.amount), time };
    const { result } = await found.decision.evaluate(facts);
    return (found.routes.get(result.rule) as RouteFunction)(at);
  };
}

const COLUMNS = ["settlement", "acquirer", "card", "amount", "initiated.time"] as const;

/** A rule whose conditions are a plain `all` becomes a row. An empty cell matches everything. */
function graphOf(rules: readonly ChannelRule[]): object {
  const rows = rules.toSorted((one, other) => (other.priority ?? 1) - (one.priority ?? 1)).map(rowOf);
  const place = { x: 0, y: 0 };
  const table = {
    hitPolicy: "first",
    inputs: COLUMNS.map((fact) => ({ id: fact, name: fact, field: fieldOf(fact) })),
    outputs: [{ id: "rule", name: "rule", field: "rule" }],
    rules: rows,
  };
  return {
    nodes: [
      { id: "in", name: "in", type: "inputNode", position: place },
      { id: "table", name: "table", type: "decisionTableNode", position: place, content: table },
      { id: "out", name: "out", type: "outputNode", position: place },
    ],
    edges: [
      { id: "1", sourceId: "in", targetId: "table", type: "edge" },
      { id: "2", sourceId: "table", targetId: "out", type: "edge" },
    ],
  };
}

function rowOf({ name, conditions }: ChannelRule): Record<string, string> {
  const cells = Object.fromEntries(COLUMNS.map((fact) => [fact, ""]));
  const leaves = conditions !== undefined && "all" in conditions ? (conditions.all as Leaf[]) : [];
  for (const leaf of leaves) cells[leaf.fact] = cellOf(leaf);
  return { ...cells, _id: name, rule: JSON.stringify(name) };
}

function cellOf({ operator, value }: Leaf): string {
  if (operator === "equal") return JSON.stringify(value);
  if (operator === "greaterThanInclusive") return `>= ${value}`;
  if (operator === "before") return `< ${minutes(value)}`;
  if (operator === "atOrAfter") return `>= ${minutes(value)}`;
  if (operator === "within" && Array.isArray(value)) return `[${minutes(value[0])}..${minutes(value[1])})`;
  throw new Error(`no cell for the operator ${operator}`);
}

const fieldOf = (fact: string): string => (fact === "initiated.time" ? "time" : fact);

const minutes = (text: unknown): number =>
  Number(String(text).slice(0, 2)) * 60 + Number(String(text).slice(3, 5));
