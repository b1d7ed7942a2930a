import { type Domain, statedFacts } from "../decide/facts.js";
import type { FactValue } from "../model/payment.js";
import type { Rulebook } from "../model/rulebook.js";

/** A rulebook's facts, arranged for reading payments. */

export interface Field {
  readonly name: string;
  /** Its place among all fields. */
  readonly index: number;
  readonly domain: Domain;
  /** All values that it may have, where they are listed and there are no others. */
  readonly values: ReadonlySet<unknown> | undefined;
}

/** What a key of a payment may stand for: a fact, an object that holds several, or either. */
export interface Entry {
  readonly field: Field | undefined;
  readonly group: ReadonlyMap<string, Field> | undefined;
  /** Of a fact such as `payer.bank`, the object that may state it too, and its key there. */
  readonly outer: string | undefined;
  readonly inner: string | undefined;
}

export interface Fields {
  /** In the order of their indexes. */
  readonly all: readonly Field[];
  readonly byKey: ReadonlyMap<string, Entry>;
  /** Every fact, with its default or undefined: each payment's facts start as a copy, so that all have one shape. */
  readonly blank: Readonly<Record<string, FactValue | undefined>>;
}

export function fieldsOf(rulebook: Rulebook): Fields {
  const all: Field[] = [];
  const groups = new Map<string, Map<string, Field>>([
    ["payer", new Map()],
    ["payee", new Map()],
  ]);
  const blank: Record<string, FactValue | undefined> = {};
  for (const [name, domain] of statedFacts(rulebook)) {
    const values = domain.open === true || domain.values === undefined ? undefined : new Set(domain.values);
    const field: Field = { name, index: all.length, domain, values };
    all.push(field);
    blank[name] = domain.default;
    const outer = outerOf(name);
    if (outer !== undefined) grouped(groups, outer).set(name.slice(outer.length + 1), field);
  }
  return { all, byKey: entriesOf(all, groups), blank };
}

function entriesOf(
  all: readonly Field[],
  groups: ReadonlyMap<string, ReadonlyMap<string, Field>>,
): ReadonlyMap<string, Entry> {
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

function grouped(groups: Map<string, Map<string, Field>>, name: string): Map<string, Field> {
  const group = groups.get(name) ?? new Map<string, Field>();
  groups.set(name, group);
  return group;
}

/** `payer.bank` is under `payer`, then under `bank`. */
function outerOf(name: string): string | undefined {
  const dot = name.indexOf(".");
  return dot > 0 ? name.slice(0, dot) : undefined;
}
