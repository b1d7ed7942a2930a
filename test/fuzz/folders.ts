import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { openTimetable } from "../../src/index.js";
import { smallBook } from "./books.js";
import { answerOfAsync, type Fuzzer, fuzzer } from "./fuzzer.js";
import { change, mutate } from "./mutation.js";
import { text } from "./scalars.js";

/** Folders with arbitrary files and links. */

const file: fc.Arbitrary<string | Uint8Array> = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.json(),
  text,
  change.map((one) => {
    const { rules } = smallBook();
    const facts = rules["facts.json"] as Record<string, unknown>;
    mutate(facts, [one]);
    return JSON.stringify(facts);
  }),
  fc.nat(70).map((depth) => `${"[".repeat(depth)}${"]".repeat(depth)}`),
  fc.constant(JSON.stringify({ $schema: "rulebook.schema.json", extends: "daozhang" })),
);

const NAMES = [
  "a.json",
  "facts.json",
  "deep/b.json",
  "deep/deeper/c.json",
  ".hidden.json",
  "d.txt",
  "名.json",
  "rulebook.json",
];
const TARGETS = [
  "..",
  ".",
  "/etc",
  "/dev/zero",
  "/etc/passwd",
  "a.json",
  "deep",
  "nowhere",
  "../../..",
  "self.json",
];

export const folders: Fuzzer = fuzzer({
  name: "folders",
  description: "folders with files of any bytes and links to anywhere",
  cases: fc.record({
    files: fc.array(fc.tuple(fc.constantFrom(...NAMES), file), { maxLength: 4 }),
    links: fc.array(
      fc.tuple(fc.constantFrom("link.json", "folder", "deep/up", "self.json"), fc.constantFrom(...TARGETS)),
      { maxLength: 2 },
    ),
    isValid: fc.boolean(),
  }),
  check: async ({ files, links, isValid }) => {
    const root = await mkdtemp(join(tmpdir(), "daozhang-fuzz-"));
    try {
      await mkdir(join(root, "rules/deep/deeper"), { recursive: true });
      await mkdir(join(root, "calendars"));
      if (isValid) await writeBook(root);
      for (const [name, content] of files) await writeFile(join(root, "rules", name), content);
      for (const [name, target] of links) await symlink(target, join(root, "rules", name)).catch(() => {});
      await answerOfAsync(() =>
        openTimetable({ rules: join(root, "rules"), calendars: join(root, "calendars") }),
      );
    } finally {
      await rm(root, { recursive: true });
    }
  },
});

async function writeBook(root: string): Promise<void> {
  const { rules, calendars } = smallBook();
  for (const [path, json] of Object.entries(rules)) {
    await mkdir(join(root, "rules", path, ".."), { recursive: true });
    await writeFile(join(root, "rules", path), JSON.stringify(json));
  }
  for (const [path, json] of Object.entries(calendars))
    await writeFile(join(root, "calendars", path), JSON.stringify(json));
}
