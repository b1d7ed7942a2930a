import { rm, writeFile } from "node:fs/promises";
import { EXIT } from "../cli/reply.js";
import { formatProblem, RulebookError } from "../errors.js";
import { type PackStamp, STAMP_FILE, stampPack } from "../live/pack-stamp.js";
import { SHIPPED } from "../live.js";
import { readFolders } from "../load/folder-reader.js";

/**
 * Checks the shipped pack in full and writes its stamp. A broken pack ends the build, but the compiled files stay, so that
 * `daozhang check` can print all problems. Run by `npm run build`.
 */

await rm(STAMP_FILE, { force: true });
try {
  const stamp: PackStamp = stampPack(await readFolders(SHIPPED));
  await writeFile(STAMP_FILE, `${JSON.stringify(stamp, null, 2)}\n`);
} catch (error) {
  if (!(error instanceof RulebookError)) throw error;
  for (const problem of error.problems) console.error(formatProblem(problem));
  process.exitCode = EXIT.noAnswer;
}
