import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { blocksOf, LINE_BYTES_MAX, type Line, linesIn } from "../../src/cli/lines.js";

async function linesOf(chunks: readonly Buffer[]): Promise<Line[]> {
  const lines: Line[] = [];
  async function* source() {
    yield* chunks;
  }
  for await (const block of blocksOf(source())) lines.push(...linesIn(block.bytes));
  return lines;
}

function cut(bytes: Buffer, at: readonly number[]): Buffer[] {
  const edges = [0, ...at.map((place) => place % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return edges.slice(1).map((end, n) => bytes.subarray(edges[n], end));
}

describe("lines", () => {
  test("are those of the whole text, wherever it is cut into chunks", async () => {
    const text = fc.array(fc.constantFrom("\n", "a", "到账", "💴", " ", "\r\n"), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat(), { maxLength: 12 }), async (parts, places) => {
        const whole = parts.join("");
        const expected = whole.split("\n");
        if (expected.at(-1) === "") expected.pop();
        expect(await linesOf(cut(Buffer.from(whole), places))).toEqual(expected);
      }),
    );
  });

  test("that are not UTF-8, as 到 in GB 18030 is not, are told apart from their neighbours", async () => {
    const bytes = Buffer.concat([Buffer.from("一\n"), Buffer.from([0xb5, 0xbd, 0x0a]), Buffer.from("二")]);
    expect(await linesOf([bytes])).toEqual(["一", { unread: "not-utf8" }, "二"]);
  });

  test("may take a whole MiB and no byte more, in one chunk or in many", async () => {
    const text = (length: number) => Buffer.from(`a\n${"x".repeat(length)}\nb`);
    for (const places of [[], [5], [5, 70_000, 1_000_000], [LINE_BYTES_MAX + 2]]) {
      const fits = await linesOf(cut(text(LINE_BYTES_MAX), places));
      expect(fits.map((line) => (typeof line === "string" ? line.length : line))).toEqual([
        ...[1, LINE_BYTES_MAX, 1],
      ]);
      const tooLong = await linesOf(cut(text(LINE_BYTES_MAX + 1), places));
      expect(tooLong).toEqual(["a", { unread: "too-long" }, "b"]);
    }
  });

  test("without an end are not held: a gigabyte without a line feed is one line that is too long", async () => {
    const chunk = Buffer.alloc(1 << 20, "x");
    const heldBefore = process.memoryUsage().arrayBuffers;
    let heldMost = 0;
    async function* endless() {
      for (let n = 0; n < 1024; n++) {
        heldMost = Math.max(heldMost, process.memoryUsage().arrayBuffers - heldBefore);
        yield Buffer.from(chunk);
      }
    }
    const blocks: Line[] = [];
    for await (const block of blocksOf(endless())) blocks.push(...linesIn(block.bytes));
    expect(blocks).toEqual([{ unread: "too-long" }]);
    expect(heldMost).toBeLessThan(500 << 20);
  });
});
