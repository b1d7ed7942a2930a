import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderSignature } from "../../src/live/folder-signature.js";

/** The entry limit is 5,000, as for reading. */

test("files in a folder over the entry limit are ignored until it is below the limit", async () => {
  const root = await mkdtemp(join(tmpdir(), "walk-"));
  const file = (n: number): string => join(root, `${n}.json`);
  const write = (...names: number[]) => Promise.all(names.map((n) => writeFile(file(n), "{}")));
  const marks = async (): Promise<string[]> => (await folderSignature([root], () => {})).split("\n");
  await write(...Array.from({ length: 5000 }, (_, n) => n));
  expect(await marks()).toHaveLength(1 + 5000);
  await write(5000);
  const many = await marks();
  expect(many).toHaveLength(1);
  await write(5001);
  expect(await marks()).toEqual(many);
  await Promise.all([0, 1].map((n) => rm(file(n))));
  expect(await marks()).toHaveLength(1 + 5000);
  await rm(root, { recursive: true });
});
