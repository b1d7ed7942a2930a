import type { Share } from "./class-weights.js";
import type { Entry, Field, Fields } from "./fields.js";

/** Texts that are known by their bytes, so that none has to be made of what is read. */

/** A text that is known, by the hash of its bytes. */
export interface Word<T> {
  readonly bytes: Uint8Array;
  readonly means: T;
}

export type Words<T> = ReadonlyMap<number, Word<T>>;

/** What a key at the top, or in a group, may be. */
export type Key = "channel" | "initiatedAt" | "references" | Entry;

export interface Vocabulary {
  readonly keys: Words<Key>;
  readonly channels: Words<string>;
  readonly groups: ReadonlyMap<Entry, Words<Key>>;
  /** By index of the field, the values that it may have, where they are all listed. */
  readonly values: readonly (Words<true> | undefined)[];
  /** What the listed values of a share add, made when first needed. */
  readonly shares: Map<Share, Words<number>>;
}

/** Of Fowler, Noll and Vo (FNV-1a, public domain). */
export const HASH_START: number = 0x811c9dc5;
export const hashed = (hash: number, byte: number): number => Math.imul(hash ^ byte, 0x01000193);

export function vocabularyOf(fields: Fields, channels: readonly string[]): Vocabulary {
  const entries = [...fields.byKey];
  const groups = new Map(
    entries.flatMap(([, entry]) =>
      entry.group === undefined ? [] : [[entry, keysOf(entry.group)] as const],
    ),
  );
  const named = (["channel", "initiatedAt", "references"] as const).map((key) => [key, key] as const);
  return {
    keys: wordsOf<Key>([...entries, ...named]),
    channels: wordsOf(channels.map((channel) => [channel, channel])),
    groups,
    values: fields.all.map(({ values }) =>
      values === undefined ? undefined : wordsOf([...(values as Set<string>)].map((value) => [value, true])),
    ),
    shares: new Map(),
  };
}

const keysOf = (group: ReadonlyMap<string, Field>): Words<Key> =>
  wordsOf<Key>(
    [...group].map(([name, field]) => [
      name,
      { field, group: undefined, outer: undefined, inner: undefined },
    ]),
  );

export function wordsOfShare(share: Share, { shares }: Vocabulary): Words<number> {
  const known = shares.get(share);
  if (known !== undefined) return known;
  const listed = [...(share.listed ?? [])].filter(
    (one): one is [string, number] => typeof one[0] === "string",
  );
  const words = wordsOf(listed);
  shares.set(share, words);
  return words;
}

/** Of two texts with one hash, only the first is known. */
function wordsOf<T>(meanings: Iterable<readonly [string, T]>): Words<T> {
  const words = new Map<number, Word<T>>();
  for (const [text, means] of meanings) {
    const bytes = encoder.encode(text);
    const hash = bytes.reduce(hashed, HASH_START);
    if (!words.has(hash)) words.set(hash, { bytes, means });
  }
  return words;
}

const encoder = new TextEncoder();
