import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { diffMessages, type Problem, RulebookError } from "../errors.js";
import { openDraft } from "../live.js";
import type { Draft } from "../timetable/draft.js";

/** A rulebook that is named on the command line: a folder, or a revision of the git repository that one stands in. */

/**
 * A folder holds `rules` and `calendars`, or is itself the folder of rules, to which `calendars` is told apart. What is
 * no folder is a revision of git, with both folders at the place where one stands. Its examples may fail.
 *
 * @throws RulebookError if there is any other problem
 */
export async function openEdition(name: string, calendars?: string): Promise<Draft> {
  if (!isFolder(name)) return openRevision(name);
  const rules = isFolder(join(name, "rules")) ? join(name, "rules") : name;
  const beside = isFolder(join(name, "calendars")) ? join(name, "calendars") : undefined;
  const days = calendars ?? beside;
  return openDraft({ rules, ...(days !== undefined && { calendars: days }) });
}

const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory();

async function openRevision(revision: string): Promise<Draft> {
  const folder = mkdtempSync(join(tmpdir(), "daozhang-revision-"));
  try {
    unpack(revision, folder);
    const { timetable, failingExamples } = await openEdition(folder);
    const placed = failingExamples.map(({ problems, ...example }) => {
      return { ...example, problems: placedIn(problems, folder, revision) };
    });
    return { timetable, failingExamples: placed };
  } catch (error) {
    throw error instanceof RulebookError
      ? new RulebookError(placedIn(error.problems, folder, revision))
      : error;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A revision that begins with a hyphen would be an option of git. */
function unpack(revision: string, folder: string): void {
  const given = revision.startsWith("-") ? undefined : revision;
  const archive = spawnSync("git", ["archive", "--format=tar", given ?? "", "rules", "calendars"], {
    maxBuffer: 1024 ** 3,
  });
  if (archive.status !== 0) throw unreadable(revision, archive.stderr?.toString() ?? "");
  const tar = spawnSync("tar", ["-x", "-C", folder], { input: archive.stdout });
  if (tar.status !== 0) throw unreadable(revision, tar.stderr?.toString() ?? "");
}

const unreadable = (revision: string, said: string): RulebookError =>
  new RulebookError([
    { file: revision, ...diffMessages.noEdition(revision, said.trim().split("\n")[0] ?? "") },
  ]);

/** Files by the names that git shows them with: what was unpacked is gone when anybody looks. */
const placedIn = (problems: readonly Problem[], folder: string, revision: string): Problem[] =>
  problems.map(({ file, ...problem }) => ({
    ...(file !== undefined && { file: file.replace(`${folder}/`, `${revision}:`) }),
    ...problem,
  }));
