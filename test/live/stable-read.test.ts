import { describe, expect, test } from "vitest";
import { readStable } from "../../src/live/stable-read.js";
import { type Document, documentFromText } from "../../src/load/document.js";

const good = (text: string): Document => documentFromText("a.json", JSON.stringify({ text }));
const broken = (text: string): Document => documentFromText("a.json", `{ "${text}`);

/** Reads the given states in order, repeating the last one. Returns the result and the number of reads. */
async function readStableFrom(...reads: readonly Document[][]): Promise<{ json: unknown; reads: number }> {
  let count = 0;
  const documents = await readStable(
    async () => reads[Math.min(count++, reads.length - 1)] as Document[],
    async () => {},
  );
  return { json: documents[0]?.json, reads: count };
}

describe("a stable read", () => {
  test("ends when two consecutive reads are equal", async () => {
    expect(await readStableFrom([good("a")])).toEqual({ json: { text: "a" }, reads: 2 });
    expect(await readStableFrom([good("a")], [good("b")], [good("a")], [good("c")])).toEqual({
      json: { text: "c" },
      reads: 5,
    });
  });

  test("never returns a mixture, because a swap shows in the next read", async () => {
    const [old, mixed, swapped] = [
      [good("1"), good("1")],
      [good("1"), good("2")],
      [good("2"), good("2")],
    ];
    expect(await readStableFrom(old, mixed, swapped)).toEqual({ json: { text: "2" }, reads: 4 });
    expect(await readStableFrom(mixed, swapped)).toEqual({ json: { text: "2" }, reads: 3 });
  });

  test("waits while a file may be half written", async () => {
    const growing = ["a", "ab", "abc", "abcd", "abcde", "abcdef", "abcdefg"].map((text) => [broken(text)]);
    expect(await readStableFrom(...growing, [good("done")])).toEqual({ json: { text: "done" }, reads: 9 });
    expect(await readStableFrom([broken("a")], [broken("a")], [broken("a")], [good("done")])).toEqual({
      json: { text: "done" },
      reads: 5,
    });
  });

  test("ends in spite of a broken file or an empty folder", async () => {
    expect(await readStableFrom([broken("a")])).toEqual({ json: undefined, reads: 6 });
    expect(await readStableFrom([])).toEqual({ json: undefined, reads: 6 });
  });
});
