import { expect, test, vi } from "vitest";
import { followFolders } from "../../src/live/folder-follower.js";
import { type Document, documentFromText, unreadDocument } from "../../src/load/document.js";
import { newFolder } from "./folder.js";

const good = documentFromText("a.json", "{}");
const refused = unreadDocument("a.json", { what: "cannot be read: EMFILE", help: "" });

test("a file that becomes readable again is read, although it has not changed", async () => {
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

test("unchanged files are read only twice", async () => {
  const folder = await newFolder();
  const read = vi.fn(async () => [good]);
  const found = vi.fn();
  const stop = followFolders({
    roots: [folder.root],
    read,
    initial: [good],
    onChange: found,
    quietMs: 1,
    pollMs: 10,
  });
  await new Promise((resolve) => setTimeout(resolve, 300));
  stop();
  expect([read.mock.calls.length, found.mock.calls.length]).toEqual([2, 0]);
  await folder.remove(".");
});
