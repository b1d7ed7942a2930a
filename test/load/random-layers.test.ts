import fc from "fast-check";
import { expect, test } from "vitest";
import { documentsOf } from "../../src/load/document.js";
import { linkRulebook } from "../../src/load/link.js";
import { book } from "./book.js";

/**
 * Splits a rulebook into two layers at random. Each definition is in the lower layer, or added by the upper one, or
 * wrong in the lower layer and replaced by the upper one. Unwanted definitions of the lower layer are removed.
 */

type Json = Record<string, unknown>;
type Place = "below" | "added" | "replaced";

const whole = book();
const KEYED = [
  ["systems.json", "systems", "systems"],
  ["facts.json", "facts", "facts"],
  ["conditions.json", "conditions", "conditions"],
  ["texts/en.json", "messages", "texts"],
  ["texts/zh.json", "messages", "texts"],
] as const;
const LISTED = ["channels/a.json", "holds.json", "maintenance/w.json"] as const;

const places = fc.infiniteStream(fc.constantFrom<Place>("below", "added", "replaced"));

/** Another value of the same shape. */
const wrong = (value: unknown): unknown =>
  typeof value === "string" ? `${value}!` : { ...(value as Json), note: "wrong" };

function keyedFile(file: Json, under: string, next: () => Place): { below: Json; own: Json } {
  const below: Json = {};
  const own: Json = {};
  const replaces: string[] = [];
  for (const [name, value] of Object.entries(file[under] as Json)) {
    const place = next();
    if (place !== "added") below[name] = place === "below" ? value : wrong(value);
    if (place !== "below") own[name] = value;
    if (place === "replaced") replaces.push(name);
  }
  const override = replaces.length > 0 ? { replaces } : {};
  return { below: { ...file, [under]: below }, own: { ...file, [under]: own, ...override } };
}

function listedFile(file: Json, next: () => Place): { below: Json; own: Json } {
  const rules = (file.rules as Json[]).map((rule) => ({ rule, place: next() }));
  const replaces = rules.filter(({ place }) => place === "replaced").map(({ rule }) => rule.name);
  return {
    below: {
      ...file,
      rules: rules
        .filter(({ place }) => place !== "added")
        .map(({ rule, place }) => (place === "below" ? rule : wrong(rule))),
    },
    own: {
      ...file,
      rules: rules.filter(({ place }) => place !== "below").map(({ rule }) => rule),
      ...(replaces.length > 0 && { replaces }),
    },
  };
}

/** The upper part of a channel is an addition. The lower part needs a rule, which is removed if unwanted. */
function channelFiles({ below, own }: { below: Json; own: Json }, spare: Json): { below: Json; own: Json } {
  const { $schema: _, channel: addsTo, rules, replaces, examples } = own;
  const addition: Json = { $schema: "channel-addition.schema.json", addsTo, examples };
  if ((rules as Json[]).length > 0) addition.rules = rules;
  if (replaces !== undefined) addition.replaces = replaces;
  return {
    below: {
      ...below,
      rules: [...(below.rules as Json[]), spare],
      examples: [{ payment: {}, expect: { rule: "spare" } }],
    },
    own: addition,
  };
}

test("a rulebook split into two layers is the same rulebook", () => {
  const expected = linkRulebook(documentsOf(book())).rulebook;
  fc.assert(
    fc.property(places, (stream) => {
      const next = (): Place => stream.next().value ?? "below";
      const below: Record<string, Json> = {};
      const own: Record<string, Json> = {};
      for (const [path, under] of KEYED) {
        const divided = keyedFile(whole.rules[path] ?? {}, under, next);
        below[path] = divided.below;
        own[path] = divided.own;
      }
      for (const path of LISTED) {
        const divided = listedFile(whole.rules[path] ?? {}, next);
        const [spare] = (whole.rules[path]?.rules ?? []) as [Json];
        const isChannel = path === "channels/a.json";
        const both = isChannel ? channelFiles(divided, { ...spare, name: "spare" }) : divided;
        below[path] = both.below;
        own[path] = both.own;
      }
      (below["systems.json"]?.systems as Json).spare = { title: { zh: "余", en: "spare" } };
      own["rulebook.json"] = {
        $schema: "rulebook.schema.json",
        extends: "daozhang",
        without: { systems: ["spare"], rules: ["spare"] },
      };
      const linked = linkRulebook(
        documentsOf({ rules: own, calendars: {} }, { rules: below, calendars: whole.calendars }),
      );
      expect(linked.problems).toEqual([]);
      expect({ ...linked.rulebook, version: "" }).toEqual({ ...expected, version: "" });
    }),
    { numRuns: 200 },
  );
});
