import { rm, writeFile } from "node:fs/promises";
import { formatProblem, RulebookError } from "../errors.js";
import { type PackStamp, STAMP_FILE, stampPack } from "../live/pack-stamp.js";
import { SHIPPED } from "../live.js";
import { readFolders } from "../load/folder-reader.js";
import { EXIT } from "./reply.js";

/**
 * The last step of a build: checks the shipped pack in full and writes down that it is right, or ends the build. What
 * was built before stays, without a proof, so that `daozhang check` can be asked about the pack.
 */

await rm(STAMP_FILE, { force: true });
try {
  const proof: PackStamp = stampPack(await readFolders(SHIPPED));
  await writeFile(STAMP_FILE, `${JSON.stringify(proof, null, 2)}\n`);
} catch (error) {
  if (!(error instanceof RulebookError)) throw error;
  for (const problem of error.problems) console.error(formatProblem(problem));
  process.exitCode = EXIT.noAnswer;
}
