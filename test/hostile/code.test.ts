import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { type Book, smallBook } from "../fuzz/books.js";
import { buildOnce } from "../support/command-line.js";
import { rulesOf, brokenBook } from "./broken-book.js";

/** Rules are data: nothing that stands in a rulebook is ever run as code. */

const SRC = fileURLToPath(new URL("../../src", import.meta.url));
const PROBE = fileURLToPath(new URL("probe.mjs", import.meta.url));

beforeAll(buildOnce);

/** It joins two patterns of its own. */
const SAFE = ["cli/layout.ts"];

describe("no source of ours", () => {
  const sources = readdirSync(SRC, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name): [string, string] => [name, readFileSync(join(SRC, name), "utf8")]);

  test.each([
    [
      "evaluates a text",
      /\beval\(|\bnew Function\b|\bFunction\(|GeneratorFunction|AsyncFunction|node:vm|"vm"/,
    ],
    ["imports or requires what is not written out", /\bimport\((?!")|\brequire\((?!")/],
    ["starts a timer with a text", /\bset(Timeout|Interval|Immediate)\(\s*["'`]/],
    ["makes a pattern of a text", /\bnew RegExp\b|\bRegExp\(/],
    [
      "compiles a schema but those of the package",
      /\.compile\((?!SCHEMAS\[kind\]\))|addSchema|compileAsync|loadSchema/,
    ],
  ])("%s", (_, pattern) => {
    const found = sources.filter(([name, text]) => !SAFE.includes(name) && pattern.test(text));
    expect(found.map(([name]) => name)).toEqual([]);
  });
});

interface Probed {
  readonly rule: string;
  readonly said: readonly string[];
  /** The code that the engine was given as texts. */
  readonly sources: readonly string[];
  readonly marked: unknown;
}

const asked = {
  payment: { channel: "a.pay", amount: 70000, initiatedAt: "2026-03-02T10:00:00+08:00" },
  now: "2026-03-05T00:00:00+08:00",
};

function probe(
  input: object,
  ...flags: readonly string[]
): { status: number | null; err: string; probed: Probed } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, PROBE], {
    input: JSON.stringify({ ...asked, ...input }),
    encoding: "utf8",
  });
  return { status, err: stderr, probed: status === 0 ? JSON.parse(stdout) : undefined };
}

const MARK = "zqmark";
/** Breaks out of every kind of quote that code may stand in. */
const BREAKOUT = `${MARK}"'\`);globalThis.zqmarked=1;//\${globalThis.zqmarked=1}\\`;

/** The mark, or code, in every text that a rulebook may choose: names, keys, values, sentences, remarks, links. */
function markedBook(): Book {
  const text = JSON.stringify(smallBook())
    .replaceAll('"a.pay', `"${MARK}.pay`)
    .replaceAll("a.days", `${MARK}.days`)
    .replaceAll('"large"', `"${MARK}-large"`)
    .replace(/"rail"(?=:|\])|(?<="system":)"rail"/g, `"${MARK}-rail"`)
    .replaceAll("../src/model/schema/", `../${BREAKOUT.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}/`);
  const book = JSON.parse(text) as Book;
  for (const json of [...Object.values(book.rules), ...Object.values(book.calendars)]) json.note = BREAKOUT;
  const [rule] = rulesOf(book, "channels/a.json");
  Object.assign(rule as object, {
    note: BREAKOUT,
    title: { zh: BREAKOUT, en: BREAKOUT },
    source: [{ title: BREAKOUT, link: `javascript:${BREAKOUT}` }],
  });
  const { facts } = book.rules["facts.json"] as { facts: Record<string, { values?: string[] }> };
  facts.kind?.values?.push(BREAKOUT);
  for (const locale of ["zh", "en"]) {
    const { messages } = book.rules[`texts/${locale}.json`] as { messages: Record<string, string> };
    messages[BREAKOUT] = BREAKOUT.replaceAll("'", "''").replaceAll("{", "'{'");
    messages["arrival.direct"] = MARK;
  }
  return book;
}

describe("with the engine itself as the witness", () => {
  test("the probe sees code that is given as a text: that which ajv makes of the schemas of the package", () => {
    const { probed, err } = probe({ book: smallBook() });
    expect(err).toBe("");
    expect(probed.sources.length).toBeGreaterThan(5);
    for (const source of probed.sources) expect(source).toMatch(/validate|scope/);
  });

  test("no text of a rulebook is in any code, and the code is the same whatever the rulebook says", () => {
    const { probed, err } = probe({
      book: markedBook(),
      payment: { ...asked.payment, channel: `${MARK}.pay` },
    });
    expect(err).toBe("");
    expect(probed.rule).toBe(`${MARK}.pay.runs`);
    expect(probed.marked).toBeNull();
    expect(probed.sources.filter((source) => source.includes(MARK))).toEqual([]);
    expect([...probed.sources].sort()).toEqual([...probe({ book: smallBook() }).probed.sources].sort());
  });

  test("a schema that a file brings along is a key like any other, and is not compiled", () => {
    const own = brokenBook((book) => {
      Object.assign(book.rules["facts.json"] as object, {
        $defs: { x: { pattern: MARK } },
        $id: MARK,
        $ref: `#/${MARK}`,
      });
    });
    const { status, err } = probe({ book: own });
    expect(status).toBe(1);
    expect(err).toContain("`$defs` is not a key of this object");
  });

  test("the shipped pack, proved when it was built, is loaded and asked where no code may be made of texts at all", () => {
    const payment = {
      channel: "cn.acquiring",
      settlement: "t1",
      amount: "1000.00",
      initiatedAt: "2026-02-13T23:00:00+08:00",
    };
    const { probed, err } = probe(
      { shipped: true, payment, now: "2026-02-24T20:00:00+08:00" },
      "--disallow-code-generation-from-strings",
    );
    expect(err).toBe("");
    expect(probed.rule).toBe("cn.acquiring.t1");
    expect(probed.sources).toEqual([]);
  });
});

test("a condition that is written like code is a value", () => {
  const book = brokenBook((one) => {
    const code = "(() => { throw new Error('run') })()";
    (one.rules["facts.json"] as { facts: Record<string, { values?: string[] }> }).facts.kind?.values?.push(
      code,
    );
    rulesOf(one, "channels/a.json").push({
      name: "a.pay.code",
      priority: 40,
      conditions: { all: [{ fact: "kind", operator: "equal", value: code }] },
      event: { type: "refuse", params: { reason: { zh: code, en: code } } },
    });
    (one.rules["channels/a.json"] as { examples: unknown[] }).examples.push({
      payment: { amount: 1, kind: code, initiatedAt: "2026-03-02T10:00:00+08:00" },
      expect: { rule: "a.pay.code", outcome: "refused" },
    });
  });
  const { probed, err } = probe({ book });
  expect(err).toBe("");
  expect(probed.rule).toBe("a.pay.runs");
});
