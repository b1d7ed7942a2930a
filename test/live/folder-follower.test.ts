import { expect, test, vi } from "vitest";
import { followFolders } from "../../src/live/folder-follower.js";
import { type Document, documentFromText, unreadDocument } from "../../src/load/document.js";
import { newFolder } from "./folder.js";

const good = documentFromText("a.json", "{}");
const refused = unreadDocument("a.json", { what: "cannot be read: EMFILE", help: "" });

test("what the system refuses to read for a while is read when it can be, though no file has changed", async () => {
  const folder = await newFolder();
  let refuses = true;
  const found: (readonly Document[])[] = [];
  const stop = followFolders({
    roots: [folder.root],
    read: async () => [refuses ? refused : good],
    initial: [documentFromText("a.json", '{ "old": true }')],
    onChange: (documents) => found.push(documents),
    quietMs: 1,
    pollMs: 20,
  });
  await vi.waitFor(() => expect(found).toEqual([[refused]]), { timeout: 10_000 });
  refuses = false;
  await vi.waitFor(() => expect(found).toEqual([[refused], [good]]), { timeout: 10_000 });
  stop();
  await folder.remove(".");
});

test("files that stay as they are, are read twice at the start and then only looked at", async () => {
  const folder = await newFolder();
  const read = vi.fn(async () => [good]);
  const found = vi.fn();
  const stop = followFolders({ roots: [folder.root], read, initial: [good], onChange: found, quietMs: 1, pollMs: 10 });
  await new Promise((resolve) => setTimeout(resolve, 300));
  stop();
  expect([read.mock.calls.length, found.mock.calls.length]).toEqual([2, 0]);
  await folder.remove(".");
});
