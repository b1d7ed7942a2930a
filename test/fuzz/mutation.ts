import fc from "fast-check";
import { PROTOTYPE_NAMES, scalar, textsOfSameKind } from "./scalars.js";

/** Nearly valid documents: a valid one with a few typical mistakes of people and programs. */

export interface Change {
  readonly kind: Kind;
  /** The index of the place to change, modulo the number of places. */
  readonly at: number;
  /** The index of a second place, or another choice, modulo their number. */
  readonly other: number;
  readonly value: unknown;
}

const KINDS = [
  "remove",
  "replace",
  "kin",
  "swap",
  "rename",
  "add",
  "copy",
  "repeat",
  "nest",
  "widen",
] as const;
type Kind = (typeof KINDS)[number];

export const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom(...KINDS.slice(0, 7)) },
    { weight: 1, arbitrary: fc.constantFrom(...KINDS.slice(7)) },
  ),
  at: fc.nat(1_000_000),
  other: fc.nat(1_000_000),
  value: scalar,
});

export const changes = (max: number): fc.Arbitrary<readonly Change[]> =>
  fc.array(change, { minLength: 1, maxLength: max, size: "max" });

type Owner = Record<string, unknown>;

/** A place in a document: an object or array with a key or index. */
interface Spot {
  readonly owner: Owner;
  readonly key: string;
}

const isOwner = (value: unknown): value is Owner => typeof value === "object" && value !== null;

/** The maximum depth for changes. Parts that a change has nested deeper are not changed again. */
const DEPTH_MAX = 20;
const SPOTS_MAX = 20_000;

function spotsIn(value: unknown, found: Spot[] = [], depth = 0): Spot[] {
  if (!isOwner(value) || depth > DEPTH_MAX) return found;
  for (const key of Object.keys(value)) {
    if (found.length >= SPOTS_MAX) return found;
    found.push({ owner: value, key });
    spotsIn(value[key], found, depth + 1);
  }
  return found;
}

/** Changes a document in place. */
export function mutate(document: Owner, list: readonly Change[]): void {
  for (const one of list) {
    const spots = spotsIn(document);
    const spot = spots[one.at % Math.max(1, spots.length)];
    const other = spots[one.other % Math.max(1, spots.length)];
    if (spot !== undefined && other !== undefined)
      CHANGES[one.kind](spot, other, { ...one, value: copied(one.value) });
  }
}

type Act = (spot: Spot, other: Spot, change: Change) => void;

/** Sets an own property, even if it is called `__proto__`. */
function put(owner: Owner, key: string, value: unknown): void {
  if (Array.isArray(owner) && !/^\d+$/.test(key)) owner.push(value);
  else Object.defineProperty(owner, key, { value, enumerable: true, configurable: true, writable: true });
}

function take({ owner, key }: Spot): void {
  if (Array.isArray(owner)) owner.splice(Number(key), 1);
  else delete owner[key];
}

const at = ({ owner, key }: Spot): unknown => owner[key];

/** Deep-copies lists and records, so that no two places share one. Other values are kept. */
export function copied(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copied);
  if (!isOwner(value) || !isRecord(value)) return value;
  const copy: Owner = {};
  for (const [key, member] of Object.entries(value)) put(copy, key, copied(member));
  return copy;
}

/** The maximum number of values after a repetition, as large values may be repeated again. */
const SIZE_MAX = 200_000;
const maxCopies = (value: unknown): number => Math.max(1, Math.floor(SIZE_MAX / sizeOf(value)));

function sizeOf(value: unknown): number {
  if (!isOwner(value) || !(Array.isArray(value) || isRecord(value))) return 1;
  return Object.values(value).reduce<number>((sum, member) => sum + sizeOf(member), 1);
}

const isRecord = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

const nameFrom = (choice: number, value: unknown): string =>
  typeof value === "string" ? value : (PROTOTYPE_NAMES[choice % PROTOTYPE_NAMES.length] as string);

const CHANGES: Readonly<Record<Kind, Act>> = {
  remove: (spot) => take(spot),
  replace: ({ owner, key }, _, { value }) => put(owner, key, value),
  kin: (spot, _, { other, value }) => {
    const like = at(spot);
    const choices = typeof like === "string" ? textsOfSameKind(like) : [];
    put(spot.owner, spot.key, choices.length === 0 ? value : choices[other % choices.length]);
  },
  swap: (spot, other) => put(spot.owner, spot.key, copied(at(other))),
  rename: (spot, other, { other: choice, value }) => {
    const kept = at(spot);
    take(spot);
    put(spot.owner, choice % 2 === 0 ? other.key : nameFrom(choice, value), kept);
  },
  add: ({ owner }, other, { other: choice, value }) =>
    put(owner, choice % 2 === 0 ? other.key : nameFrom(choice, value), copied(value)),
  copy: ({ owner, key }, _, { other: choice, value }) =>
    put(owner, Array.isArray(owner) ? "end" : nameFrom(choice, value), copied(owner[key])),
  repeat: (spot, _, { other }) =>
    put(
      spot.owner,
      spot.key,
      Array.from({ length: Math.min(1 + (other % 3000), maxCopies(at(spot))) }, () => copied(at(spot))),
    ),
  nest: (spot, _, { other }) => {
    let value = at(spot);
    for (let depth = 0; depth < other % 3000; depth++) value = other % 2 === 0 ? [value] : { not: value };
    put(spot.owner, spot.key, value);
  },
  widen: (spot, _, { value }) => {
    const wide: Owner = {};
    for (let index = 0; index < 10_000; index++) wide[`key-${index}`] = value;
    put(spot.owner, spot.key, wide);
  },
};
