import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Documents } from "../../src/load/document.js";
import { readFolders } from "../../src/load/folder-reader.js";

let root = "";

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "daozhang-"));
  await mkdir(join(root, "rules"));
  await mkdir(join(root, "calendars"));
});

afterEach(() => rm(root, { recursive: true }));

async function put(path: string, content: string | Uint8Array = "{}"): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), content);
}

const link = (path: string, target: string) => symlink(target, join(root, path));

const read = (): Promise<Documents> =>
  readFolders({ rules: join(root, "rules"), calendars: join(root, "calendars") });

/** Each document below the root, with its problem. */
const documentLines = async (): Promise<string[]> =>
  (await read()).map(({ file, problems }) =>
    [file.slice(root.length + 1), ...problems.map(({ what }) => what)].join(": "),
  );

describe("folders", () => {
  test("every *.json is read at any depth, sorted by name, except dot files", async () => {
    for (const path of [
      "rules/b.json",
      "rules/a/z.json",
      "rules/a.json",
      "rules/.x.json",
      "rules/README.md",
    ]) {
      await put(path);
    }
    await put("rules/.git/c.json");
    await put("calendars/c.json", '{ "id": "c" }');
    expect(await documentLines()).toEqual([
      "rules/a/z.json",
      "rules/a.json",
      "rules/b.json",
      "calendars/c.json",
    ]);
    expect((await read()).at(-1)).toMatchObject({ json: { id: "c" }, text: '{ "id": "c" }' });
  });

  test("paths inside the working folder are shown relative to it", async () => {
    const documents = await readFolders({ rules: "./rules/texts", calendars: join(root, "calendars") });
    expect(documents.map(({ file }) => file)).toContain("rules/texts/en.json");
  });

  test("a missing folder is one problem, and the other folder is still read", async () => {
    await rm(join(root, "rules"), { recursive: true });
    await put("calendars/c.json");
    expect(await documentLines()).toEqual(["rules: cannot be read: ENOENT", "calendars/c.json"]);
  });

  test("a mounted volume, with links into a hidden folder, is read", async () => {
    await put("rules/..2026_01/a.json");
    await put("rules/..2026_01/channels/b.json");
    await link("rules/..data", "..2026_01");
    await link("rules/a.json", "..data/a.json");
    await link("rules/channels", "..data/channels");
    expect(await documentLines()).toEqual(["rules/a.json", "rules/channels/b.json"]);
  });

  test("a root folder that is a link is read", async () => {
    await put("elsewhere/a.json");
    await rm(join(root, "rules"), { recursive: true });
    await link("rules", "elsewhere");
    expect(await documentLines()).toEqual(["rules/a.json"]);
  });

  test("a link out of the folder is refused, also to a folder with the same name prefix", async () => {
    await put("rules-old/a.json");
    await link("rules/a.json", "../rules-old/a.json");
    await link("rules/old", "../rules-old");
    const out = "this link leads out of the folder";
    expect(await documentLines()).toEqual([`rules/a.json: ${out}`, `rules/old: ${out}`]);
  });

  test("a link to a parent folder is refused", async () => {
    await put("rules/a/b.json");
    await link("rules/a/again", "..");
    expect(await documentLines()).toEqual([
      "rules/a/again: this link leads back to a folder that it lies in",
      "rules/a/b.json",
    ]);
  });

  test("a broken link is reported", async () => {
    await link("rules/a.json", "gone.json");
    expect(await documentLines()).toEqual(["rules/a.json: cannot be read: ENOENT"]);
  });

  test("invalid UTF-8 and too large files are reported", async () => {
    await put("rules/a.json", Uint8Array.of(0x22, 0xff, 0x22));
    await put("rules/b.json", `"${"x".repeat(8 * 1024 * 1024 - 2)}"`);
    await put("rules/c.json", `"${"x".repeat(8 * 1024 * 1024 - 1)}"`);
    expect(await documentLines()).toEqual([
      "rules/a.json: this file is not UTF-8 text",
      "rules/b.json",
      "rules/c.json: this file has 8388609 bytes, more than 8388608",
    ]);
  });
});

describe("a folder that extends the pack", () => {
  const pack = () => ({ rules: join(root, "pack/rules"), calendars: join(root, "pack/calendars") });
  const MANIFEST = '{ "$schema": "rulebook.schema.json", "extends": "daozhang" }';
  const layersOf = (documents: Documents): string[] =>
    documents.map(({ file, layer }) => `${file.slice(root.length + 1)} ${layer ?? "own"}`);

  beforeEach(async () => {
    await put("pack/rules/a.json");
    await put("pack/calendars/c.json");
    await put("rules/own.json");
    await put("calendars/own.json");
  });

  test("is read with the pack as the lower layer", async () => {
    await put("rules/deep/rulebook.json", MANIFEST);
    const folders = { rules: join(root, "rules"), calendars: join(root, "calendars") };
    expect(layersOf(await readFolders(folders, pack()))).toEqual([
      "rules/deep/rulebook.json own",
      "rules/own.json own",
      "calendars/own.json own",
      "pack/rules/a.json daozhang",
      "pack/calendars/c.json daozhang",
    ]);
  });

  test("uses the calendars of the pack once if it has none of its own", async () => {
    await put("rules/rulebook.json", MANIFEST);
    const folders = { rules: join(root, "rules"), calendars: `${pack().calendars}/` };
    expect(layersOf(await readFolders(folders, pack()))).toEqual([
      "rules/own.json own",
      "rules/rulebook.json own",
      "pack/rules/a.json daozhang",
      "pack/calendars/c.json daozhang",
    ]);
  });

  test("is read alone without rulebook.json, or if no pack is given", async () => {
    const folders = { rules: join(root, "rules"), calendars: join(root, "calendars") };
    const alone = ["rules/own.json own", "calendars/own.json own"];
    expect(layersOf(await readFolders(folders, pack()))).toEqual(alone);
    await put("rules/rulebook.json", MANIFEST);
    expect(layersOf(await readFolders(folders))).toHaveLength(3);
  });
});
