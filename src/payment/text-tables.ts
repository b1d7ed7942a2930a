import type { FactWeights } from "./class-weights.js";
import type { Field, Fields, KeyEntry } from "./fields.js";

/** Tables that map UTF-8 bytes to values, so that the reader of JSON text creates no strings. */

export interface TextEntry<T> {
  readonly bytes: Uint8Array;
  readonly value: T;
}

/** Entries by the hash of their bytes. */
export type TextTable<T> = ReadonlyMap<number, TextEntry<T>>;

/** The meaning of a key of a payment, or of a group in it. */
export type PaymentKey = "channel" | "initiatedAt" | "references" | KeyEntry;

/** All tables for one rulebook. */
export interface ReaderTables {
  readonly keys: TextTable<PaymentKey>;
  readonly channels: TextTable<string>;
  readonly groups: ReadonlyMap<KeyEntry, TextTable<PaymentKey>>;
  /** By field index: the values of a closed domain. */
  readonly values: readonly (TextTable<true> | undefined)[];
  /** Weights by listed value, built on first use. */
  readonly weights: Map<FactWeights, TextTable<number>>;
}

/** The hash is 32-bit FNV-1a by Fowler, Noll and Vo (public domain). */
export const HASH_START: number = 0x811c9dc5;
export const hashByte = (hash: number, byte: number): number => Math.imul(hash ^ byte, 0x01000193);

export function readerTablesOf(fields: Fields, channels: readonly string[]): ReaderTables {
  const entries = [...fields.byKey];
  const groups = new Map(
    entries.flatMap(([, entry]) =>
      entry.group === undefined ? [] : [[entry, keysOf(entry.group)] as const],
    ),
  );
  const reserved = (["channel", "initiatedAt", "references"] as const).map((key) => [key, key] as const);
  return {
    keys: textTableOf<PaymentKey>([...entries, ...reserved]),
    channels: textTableOf(channels.map((channel) => [channel, channel])),
    groups,
    values: fields.all.map(({ values }) =>
      values === undefined
        ? undefined
        : textTableOf([...(values as Set<string>)].map((value) => [value, true])),
    ),
    weights: new Map(),
  };
}

const keysOf = (group: ReadonlyMap<string, Field>): TextTable<PaymentKey> =>
  textTableOf<PaymentKey>(
    [...group].map(([name, field]) => [
      name,
      { field, group: undefined, outer: undefined, inner: undefined },
    ]),
  );

export function weightTableOf(factWeights: FactWeights, { weights }: ReaderTables): TextTable<number> {
  const known = weights.get(factWeights);
  if (known !== undefined) return known;
  const listed = [...(factWeights.listed ?? [])].filter(
    (pair): pair is [string, number] => typeof pair[0] === "string",
  );
  const table = textTableOf(listed);
  weights.set(factWeights, table);
  return table;
}

/** Keeps the first of two texts with the same hash. The other one is then not plain. */
function textTableOf<T>(values: Iterable<readonly [string, T]>): TextTable<T> {
  const table = new Map<number, TextEntry<T>>();
  for (const [text, value] of values) {
    const bytes = encoder.encode(text);
    const hash = bytes.reduce(hashByte, HASH_START);
    if (!table.has(hash)) table.set(hash, { bytes, value });
  }
  return table;
}

const encoder = new TextEncoder();
