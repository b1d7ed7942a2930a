import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { diffMessages, type Problem, RulebookError } from "../errors.js";
import type { Timetable } from "../index.js";
import { openDraft } from "../live.js";
import type { Draft } from "../timetable/draft.js";

/** The two rulebooks of a comparison. */
export interface Editions {
  readonly before: Timetable;
  readonly after: Timetable;
}

/**
 * Opens a rulebook that the command line names. A folder contains `rules` and `calendars`, or is the folder of rules
 * itself; then `calendars` names the other folder. Any other name is a git revision, read from the working directory.
 * Its examples may fail.
 *
 * @throws RulebookError if there is any other problem
 */
export async function openEdition(name: string, calendars?: string): Promise<Draft> {
  if (!isFolder(name)) return openRevision(name);
  const rules = isFolder(join(name, "rules")) ? join(name, "rules") : name;
  const own = isFolder(join(name, "calendars")) ? join(name, "calendars") : undefined;
  const folder = calendars ?? own;
  return openDraft({ rules, ...(folder !== undefined && { calendars: folder }) });
}

const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory();

async function openRevision(revision: string): Promise<Draft> {
  const folder = mkdtempSync(join(tmpdir(), "daozhang-revision-"));
  try {
    unpack(revision, folder);
    const { timetable, failingExamples } = await openEdition(folder);
    const examples = failingExamples.map(({ problems, ...example }) => {
      return { ...example, problems: withRevisionPaths(problems, folder, revision) };
    });
    return { timetable, failingExamples: examples };
  } catch (error) {
    throw error instanceof RulebookError
      ? new RulebookError(withRevisionPaths(error.problems, folder, revision))
      : error;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Rejects a revision that begins with a hyphen, because git would read it as an option. */
function unpack(revision: string, folder: string): void {
  const tree = revision.startsWith("-") ? "" : revision;
  const archive = spawnSync("git", ["archive", "--format=tar", tree, "rules", "calendars"], {
    maxBuffer: 1024 ** 3,
  });
  if (archive.status !== 0) throw unreadableRevision(revision, archive.stderr?.toString() ?? "");
  const tar = spawnSync("tar", ["-x", "-C", folder], { input: archive.stdout });
  if (tar.status !== 0) throw unreadableRevision(revision, tar.stderr?.toString() ?? "");
}

const unreadableRevision = (revision: string, stderr: string): RulebookError =>
  new RulebookError([
    { file: revision, ...diffMessages.noEdition(revision, stderr.trim().split("\n")[0] ?? "") },
  ]);

/** Names files as git does, `revision:path`, because the unpacked folder is deleted. */
const withRevisionPaths = (problems: readonly Problem[], folder: string, revision: string): Problem[] =>
  problems.map(({ file, ...problem }) => ({
    ...(file !== undefined && { file: file.replace(`${folder}/`, `${revision}:`) }),
    ...problem,
  }));
