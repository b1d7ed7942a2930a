import { describe, expect, test } from "vitest";
import { readStable } from "../../src/live/stable-read.js";
import { type Document, documentFromText } from "../../src/load/document.js";

const good = (text: string): Document => documentFromText("a.json", JSON.stringify({ text }));
const broken = (text: string): Document => documentFromText("a.json", `{ "${text}`);

/** Reads these, one after another, and then the last again and again; tells what was settled on after how many. */
async function settledOn(...reads: readonly Document[][]): Promise<{ json: unknown; reads: number }> {
  let count = 0;
  const documents = await readStable(
    async () => reads[Math.min(count++, reads.length - 1)] as Document[],
    async () => {},
  );
  return { json: documents[0]?.json, reads: count };
}

describe("files have settled", () => {
  test("when two reads in a row say the same", async () => {
    expect(await settledOn([good("a")])).toEqual({ json: { text: "a" }, reads: 2 });
    expect(await settledOn([good("a")], [good("b")], [good("a")], [good("c")])).toEqual({
      json: { text: "c" },
      reads: 5,
    });
  });

  test("never on a mixture: a swap during one of the reads shows in the next", async () => {
    const [old, mixed, swapped] = [
      [good("1"), good("1")],
      [good("1"), good("2")],
      [good("2"), good("2")],
    ];
    expect(await settledOn(old, mixed, swapped)).toEqual({ json: { text: "2" }, reads: 4 });
    expect(await settledOn(mixed, swapped)).toEqual({ json: { text: "2" }, reads: 3 });
  });

  test("not while one of them may be half written, as long as it is still written", async () => {
    const growing = ["a", "ab", "abc", "abcd", "abcde", "abcdef", "abcdefg"].map((text) => [broken(text)]);
    expect(await settledOn(...growing, [good("done")])).toEqual({ json: { text: "done" }, reads: 9 });
    expect(await settledOn([broken("a")], [broken("a")], [broken("a")], [good("done")])).toEqual({
      json: { text: "done" },
      reads: 5,
    });
  });

  test("in the end also where one stays broken, or none is there", async () => {
    expect(await settledOn([broken("a")])).toEqual({ json: undefined, reads: 6 });
    expect(await settledOn([])).toEqual({ json: undefined, reads: 6 });
  });
});
