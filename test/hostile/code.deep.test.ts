import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { type Book, smallBook } from "../fuzz/books.js";
import { buildOnce } from "../support/command-line.js";
import { brokenBook, rulesOf } from "./broken-book.js";

/** Rules are data: no text of a rulebook is ever run as code. */

const SRC = fileURLToPath(new URL("../../src", import.meta.url));
const PROBE = fileURLToPath(new URL("probe.mjs", import.meta.url));

beforeAll(buildOnce);

/** Joins two constant patterns. */
const SAFE = ["cli/render/layout.ts"];

describe("no source file", () => {
  const sources = readdirSync(SRC, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name): [string, string] => [name, readFileSync(join(SRC, name), "utf8")]);

  test.each([
    [
      "evaluates text as code",
      /\beval\(|\bnew Function\b|\bFunction\(|GeneratorFunction|AsyncFunction|node:vm|"vm"/,
    ],
    ["imports or requires a computed module", /\bimport\((?!")|\brequire\((?!")/],
    ["starts a timer with a text", /\bset(Timeout|Interval|Immediate)\(\s*["'`]/],
    ["builds a regular expression from text", /\bnew RegExp\b|\bRegExp\(/],
    [
      "compiles a foreign schema",
      /\.compile\((?!SCHEMAS\[kind\]\))|addSchema\((?!SCHEMAS\[kind\], kind\))|compileAsync|loadSchema/,
    ],
  ])("%s", (_, pattern) => {
    const found = sources.filter(([name, text]) => !SAFE.includes(name) && pattern.test(text));
    expect(found.map(([name]) => name)).toEqual([]);
  });
});

interface ProbeResult {
  readonly rule: string;
  readonly explanations: readonly string[];
  /** The code that V8 compiled from strings. */
  readonly sources: readonly string[];
  readonly marked: unknown;
}

const QUERY = {
  payment: { channel: "a.pay", amount: 70000, initiatedAt: "2026-03-02T10:00:00+08:00" },
  now: "2026-03-05T00:00:00+08:00",
};

function probe(
  input: object,
  ...flags: readonly string[]
): { status: number | null; err: string; result: ProbeResult } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, PROBE], {
    input: JSON.stringify({ ...QUERY, ...input }),
    encoding: "utf8",
  });
  return { status, err: stderr, result: status === 0 ? JSON.parse(stdout) : undefined };
}

const MARK = "zqmark";
/** Breaks out of every kind of quote. */
const BREAKOUT = `${MARK}"'\`);globalThis.zqmarked=1;//\${globalThis.zqmarked=1}\\`;

/** A rulebook with the mark or code in every user-chosen text: names, keys, values, messages, notes, links. */
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

describe("code that V8 compiles from strings", () => {
  test("the probe sees the validators that ajv generates", () => {
    const { result, err } = probe({ book: smallBook() });
    expect(err).toBe("");
    expect(result.sources.length).toBeGreaterThan(5);
    for (const source of result.sources) expect(source).toMatch(/validate|scope/);
  });

  test("does not depend on the rulebook", () => {
    const { result, err } = probe({
      book: markedBook(),
      payment: { ...QUERY.payment, channel: `${MARK}.pay` },
    });
    expect(err).toBe("");
    expect(result.rule).toBe(`${MARK}.pay.runs`);
    expect(result.marked).toBeNull();
    expect(result.sources.filter((source) => source.includes(MARK))).toEqual([]);
    expect([...result.sources].sort()).toEqual([...probe({ book: smallBook() }).result.sources].sort());
  });

  test("a schema inside a rule file is rejected and not compiled", () => {
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

  test("the shipped pack works where code generation from strings is disallowed", () => {
    const payment = {
      channel: "cn.acquiring",
      settlement: "t1",
      amount: "1000.00",
      initiatedAt: "2026-02-13T23:00:00+08:00",
    };
    const { result, err } = probe(
      { shipped: true, payment, now: "2026-02-24T20:00:00+08:00" },
      "--disallow-code-generation-from-strings",
    );
    expect(err).toBe("");
    expect(result.rule).toBe("cn.acquiring.t1");
    expect(result.sources).toEqual([]);
  });
});

test("code in a condition is only a value", () => {
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
  const { result, err } = probe({ book });
  expect(err).toBe("");
  expect(result.rule).toBe("a.pay.runs");
});
