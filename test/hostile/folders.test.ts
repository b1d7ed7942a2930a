import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openTimetable, RulebookError } from "../../src/index.js";
import { readFolders } from "../../src/load/folder-reader.js";
import { commandLine } from "../support/command-line.js";

/** Folders with links to elsewhere, endless links, or too much content. */

let root = "";
const folders = () => ({ rules: join(root, "rules"), calendars: join(root, "calendars") });

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "daozhang-hostile-"));
  await mkdir(join(root, "rules"));
  await mkdir(join(root, "calendars"));
});

afterEach(() => rm(root, { recursive: true }));

async function put(path: string, content = "{}"): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), content);
}

async function sparse(path: string, bytes: number): Promise<void> {
  await put(path, "");
  await truncate(join(root, path), bytes);
}

const GIGABYTE = 1024 ** 3;
const SECRET = "the secret of another folder";

/** The error message of opening the folders. */
async function openError(): Promise<string> {
  try {
    await openTimetable(folders());
  } catch (error) {
    if (error instanceof RulebookError) return error.message.replaceAll(root, "");
    throw error;
  }
  throw new Error("it loaded");
}

describe("paths that leave the folder", () => {
  beforeEach(() => put("outside/secret.json", JSON.stringify({ [SECRET]: SECRET })));

  test("a link to a file or folder outside is reported and not read", async () => {
    await symlink("../outside/secret.json", join(root, "rules/a.json"));
    await symlink(join(root, "outside"), join(root, "rules/b"));
    await symlink("/etc", join(root, "calendars/etc"));
    const message = await openError();
    expect(message).toContain("/rules/a.json\n  this link leads out of the folder");
    expect(message).toContain("/rules/b\n  this link leads out of the folder");
    expect(message).toContain("/calendars/etc\n  this link leads out of the folder");
    expect(message).not.toContain(SECRET);
  });

  test("a link out of the folder through another link is not read", async () => {
    await symlink("../outside", join(root, "rules/..data"));
    await symlink("..data/secret.json", join(root, "rules/a.json"));
    const message = await openError();
    expect(message).toContain("/rules/a.json\n  this link leads out of the folder");
    expect(message).not.toContain(SECRET);
  });

  test("paths in `$schema`, `extends` and sources are not read", async () => {
    const paths = [`${root}/outside/secret.json`, "../../outside/secret.json", "file:///etc/passwd"];
    for (const [index, path] of paths.entries()) {
      await put(`rules/schema-${index}.json`, JSON.stringify({ $schema: path }));
      await put(
        `rules/layer-${index}.json`,
        JSON.stringify({ $schema: "rulebook.schema.json", extends: path }),
      );
    }
    const message = await openError();
    expect(message).toContain("`secret.json` is not a schema of a rulebook");
    expect(message).toContain(" extends\n");
    expect(message).toContain("is not one of the choices");
    expect(message).not.toContain(SECRET);
  });

  test("devices and pipes are not opened", async () => {
    await symlink("/dev/zero", join(root, "rules/zero.json"));
    expect(await openError()).toContain("/rules/zero.json\n  this link leads out of the folder");
  });
});

describe("too much content", () => {
  test("a file of a gigabyte is rejected unread", async () => {
    await sparse("rules/huge.json", GIGABYTE);
    const before = process.memoryUsage().rss;
    expect(await openError()).toContain("this file has 1073741824 bytes, more than 8388608");
    expect(process.memoryUsage().rss - before).toBeLessThan(GIGABYTE / 4);
  });

  test("files over the total limit are reported and not read", async () => {
    for (let index = 0; index < 12; index++) await sparse(`rules/${index}.json`, 6 * 1024 * 1024);
    const messages = (await readFolders(folders())).flatMap(({ problems }) =>
      problems.map(({ what }) => what),
    );
    expect(
      messages.filter((what) => what === "with this file the folder has more than 67108864 bytes"),
    ).toHaveLength(2);
  });

  test("folders with exponentially many link paths", async () => {
    const levels = 30;
    for (let level = 0; level < levels; level++) {
      await put(`rules/.levels/${level}/a.json`);
      if (level === 0) continue;
      for (const name of ["one", "two"])
        await symlink(`../${level - 1}`, join(root, `rules/.levels/${level}/${name}`));
    }
    await symlink(`.levels/${levels - 1}`, join(root, "rules/top"));
    const found = await readFolders(folders());
    expect(found.length).toBeLessThan(10_000);
    expect(await openError()).toContain("more than 5000 files and folders lie in the folder and below it");
  });

  test("a payment of a gigabyte", async () => {
    await sparse("payment.json", GIGABYTE);
    const file = join(root, "payment.json");
    const { exitCode, err } = await commandLine(["when", "--payment", file]);
    expect(exitCode).toBe(2);
    expect(err).toContain("this file has 1073741824 bytes");
  });
});

test("a file beyond the depth limit is reported", async () => {
  const deep = (levels: number): string => join("rules", ...Array.from({ length: levels }, () => "a"));
  await put(join(deep(31), "read.json"));
  await put(join(deep(200), "deep.json"));
  const found = await readFolders(folders());
  expect(found.map(({ file, problems }) => [file.split("/").at(-1), problems[0]?.what])).toEqual([
    ["a", "this lies more than 32 folders deep"],
    ["read.json", undefined],
  ]);
});
