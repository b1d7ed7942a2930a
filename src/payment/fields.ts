import { type Domain, statedFacts } from "../decide/facts.js";
import type { FactValue } from "../model/payment.js";
import type { Rulebook } from "../model/rulebook.js";

/** The facts of a rulebook, indexed for reading payments. */

export interface Field {
  readonly name: string;
  /** Index in `Fields.all`. */
  readonly index: number;
  readonly domain: Domain;
  /** The allowed values of a closed domain; undefined for all other domains. */
  readonly values: ReadonlySet<unknown> | undefined;
}

/** The meaning of a payment's key: a fact, a group (an object with several facts), or both. */
export interface KeyEntry {
  readonly field: Field | undefined;
  readonly group: ReadonlyMap<string, Field> | undefined;
  /** For a grouped fact such as `payer.bank`: the key of the group, and the key inside it. */
  readonly outer: string | undefined;
  readonly inner: string | undefined;
}

export interface Fields {
  /** In order of index. */
  readonly all: readonly Field[];
  readonly byKey: ReadonlyMap<string, KeyEntry>;
  /** Every fact with its default or undefined. The facts of a payment start as a copy: all objects share one shape. */
  readonly defaults: Readonly<Record<string, FactValue | undefined>>;
}

export function fieldsOf(rulebook: Rulebook): Fields {
  const all: Field[] = [];
  const groups = new Map<string, Map<string, Field>>([
    ["payer", new Map()],
    ["payee", new Map()],
  ]);
  const defaults: Record<string, FactValue | undefined> = {};
  for (const [name, domain] of statedFacts(rulebook)) {
    const values = domain.open === true || domain.values === undefined ? undefined : new Set(domain.values);
    const field: Field = { name, index: all.length, domain, values };
    all.push(field);
    defaults[name] = domain.default;
    const outer = outerOf(name);
    if (outer !== undefined) groupOf(groups, outer).set(name.slice(outer.length + 1), field);
  }
  return { all, byKey: entriesOf(all, groups), defaults };
}

function entriesOf(
  all: readonly Field[],
  groups: ReadonlyMap<string, ReadonlyMap<string, Field>>,
): ReadonlyMap<string, KeyEntry> {
  const fields = new Map(all.map((field) => [field.name, field]));
  const keys = new Set([...fields.keys(), ...groups.keys()]);
  return new Map(
    [...keys].map((key) => {
      const outer = fields.has(key) ? outerOf(key) : undefined;
      const inner = outer && key.slice(outer.length + 1);
      return [key, { field: fields.get(key), group: groups.get(key), outer, inner }];
    }),
  );
}

function groupOf(groups: Map<string, Map<string, Field>>, name: string): Map<string, Field> {
  const group = groups.get(name) ?? new Map<string, Field>();
  groups.set(name, group);
  return group;
}

/** The group of a fact: `payer` for `payer.bank`. */
function outerOf(name: string): string | undefined {
  const dot = name.indexOf(".");
  return dot > 0 ? name.slice(0, dot) : undefined;
}
