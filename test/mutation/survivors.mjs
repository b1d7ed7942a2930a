/**
 * Holds the report of a run of mutation testing against the lists in survivors/, by room, of the mutants that no test can
 * tell from the code, each with its reason. A survivor that no list explains is an error, and so is an explanation
 * that no survivor needs.
 *
 * An explanation is found by the text of the file, not by its line: `line` is the line on which the change begins, and
 * each of `changes` is `what stands there → what the mutant has instead`.
 */

const LENGTH_MAX = 160;

const short = (text) => {
  const line = text.replaceAll(/\s+/g, " ");
  return line.length > LENGTH_MAX ? `${line.slice(0, LENGTH_MAX)}…` : line;
};

function textOf(lines, { start, end }) {
  const taken = lines.slice(start.line - 1, end.line);
  taken[taken.length - 1] = taken[taken.length - 1].slice(0, end.column - 1);
  taken[0] = taken[0].slice(start.column - 1);
  return taken.join("\n");
}

/** Every mutant of a report in the mutation testing report schema. */
export const mutantsOf = (report) =>
  Object.entries(report.files).flatMap(([file, { source, mutants }]) => {
    const lines = source.split("\n");
    return mutants.map(({ location, replacement, status }) => ({
      file,
      line: lines[location.start.line - 1].trim(),
      change: `${short(textOf(lines, location))} → ${short(replacement)}`,
      status,
      at: location.start.line,
    }));
  });

const keyOf = ({ file, line }, change) => `${file} | ${line} | ${change}`;

/** What survived unexplained, and what was explained for nothing. */
export function judge(mutants, explanations) {
  const survivors = mutants.filter(({ status }) => status === "Survived" || status === "NoCoverage");
  const explained = new Set(explanations.flatMap((one) => one.changes.map((change) => keyOf(one, change))));
  // Where a mutant is only slower, a run may also take too long.
  const needed = mutants.filter(({ status }) => status !== "Killed").map((one) => keyOf(one, one.change));
  return {
    unexplained: survivors.filter((one) => !explained.has(keyOf(one, one.change))),
    idle: [...explained].filter((key) => !needed.includes(key)),
  };
}

/** Of each room: mutants by what became of them, and the share of those that were tried that was found. */
export function figures(mutants) {
  const rooms = [...new Set(mutants.map(roomOf))];
  return [
    ...rooms.map((room) => [room, mutants.filter((one) => roomOf(one) === room)]),
    ["all", mutants],
  ].map(([room, some]) => {
    const count = (status) => some.filter((one) => one.status === status).length;
    const [killed, timeout, survived] = [count("Killed"), count("Timeout"), count("Survived")];
    const [uncovered, untried] = [count("NoCoverage"), count("Ignored")];
    const score = (100 * (killed + timeout)) / (killed + timeout + survived + uncovered);
    return {
      room,
      mutants: some.length,
      killed,
      timeout,
      survived,
      uncovered,
      untried,
      score: score.toFixed(1),
    };
  });
}

/** The room of a file: the folder in `src`, and `assess` for the one in `answer`. */
const roomOf = ({ file }) => file.split("/").at(-2);
