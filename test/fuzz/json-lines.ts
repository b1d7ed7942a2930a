import { Readable } from "node:stream";
import fc from "fast-check";
import { answerStream } from "../../src/cli/batch-stream.js";
import { blocksOf } from "../../src/cli/lines.js";
import { type Fuzzer, fuzzer } from "./fuzzer.js";
import { assertLaw } from "./laws.js";
import { timetables } from "./payments.js";
import { scalar, text } from "./scalars.js";

/** JSON lines, as `daozhang batch` reads them. */

const VALID_LINE = JSON.stringify({
  channel: "a.pay",
  amount: "1.00",
  initiatedAt: "2026-03-02T10:00:00+08:00",
});

const line: fc.Arbitrary<Uint8Array> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(Buffer.from(VALID_LINE)) },
  { weight: 3, arbitrary: fc.json().map((json) => Buffer.from(json)) },
  { weight: 2, arbitrary: text.map((one) => Buffer.from(one)) },
  { weight: 2, arbitrary: fc.uint8Array({ maxLength: 40 }) },
  { weight: 2, arbitrary: fc.nat(VALID_LINE.length).map((end) => Buffer.from(VALID_LINE.slice(0, end))) },
  {
    weight: 2,
    arbitrary: scalar.map((one) =>
      Buffer.from(JSON.stringify({ channel: "a.pay", amount: one, initiatedAt: 0 })),
    ),
  },
  { weight: 1, arbitrary: fc.nat(50_000).map((depth) => Buffer.from("[".repeat(depth))) },
  {
    weight: 1,
    arbitrary: fc.nat(3000).map((depth) => Buffer.from(`${'{"payer":'.repeat(depth)}1${"}".repeat(depth)}`)),
  },
  { weight: 1, arbitrary: fc.constant(Buffer.from("\uFEFF{}\r")) },
);

interface AnswerLine {
  readonly error?: {
    readonly code: string;
    readonly where: string;
    readonly what: string;
    readonly help: string;
  };
}

/** Each non-blank line has one answer, in order, for any division into chunks. */
export const jsonLines: Fuzzer = fuzzer({
  name: "lines",
  description:
    "JSON lines: valid payments, any JSON, cut lines, any bytes, deep nesting, in chunks of any size",
  cases: fc.record({
    lines: fc.array(line, { maxLength: 12 }),
    cuts: fc.array(fc.nat(300), { maxLength: 6 }),
    big: fc.option(fc.nat(3), { freq: 200 }),
  }),
  check: async ({ lines, cuts, big }) => {
    const list = big === null ? lines : [...lines, Buffer.alloc(big << 20, 0x20), Buffer.from(VALID_LINE)];
    const bytes = Buffer.concat(list.flatMap((one) => [one, Buffer.from("\n")]));
    const answers = await answerLines(chunked(bytes, cuts));
    const whole = await answerLines([bytes]);
    assertLaw(answers.join("\n") === whole.join("\n"), "the size of chunks counts");
    for (const text of answers) {
      const { error } = JSON.parse(text) as AnswerLine;
      if (error === undefined) continue;
      assertLaw(
        /^line \d+/.test(error.where) && error.what !== "" && error.help !== "",
        "half an error:",
        text,
      );
    }
    const validCount = list.filter((one) => Buffer.from(one).equals(Buffer.from(VALID_LINE))).length;
    assertLaw(
      answers.filter((one) => !one.startsWith('{"error"')).length === validCount,
      "not every valid line is answered:",
      answers,
    );
  },
});

async function answerLines(chunks: readonly Buffer[]): Promise<string[]> {
  const { small } = timetables();
  const tally = { answered: 0, errors: 0, bytes: 0 };
  const run = { writeAnswer: small.writeJson, tally, onProgress: () => {} };
  const written: Uint8Array[] = [];
  for await (const chunk of answerStream(blocksOf(Readable.from(chunks)), run)) written.push(chunk);
  return Buffer.concat(written).toString().split("\n").filter(Boolean);
}

function chunked(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const chunks: Buffer[] = [];
  let start = 0;
  for (const cut of cuts) {
    chunks.push(bytes.subarray(start, start + cut));
    start += cut;
  }
  return [...chunks, bytes.subarray(start)].filter((chunk) => chunk.length > 0);
}
