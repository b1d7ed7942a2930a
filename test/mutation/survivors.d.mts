/** A change that was made to the code, and what became of it. */
export interface Mutant {
  readonly file: string;
  /** The line on which the change begins, and its number. */
  readonly line: string;
  readonly at: number;
  /** What stands there, and what the mutant has instead. */
  readonly change: string;
  readonly status: string;
}

/** Why no test can tell some changes of one line from the code. */
export interface Explanation {
  readonly file: string;
  readonly line: string;
  readonly changes: readonly string[];
  readonly why: string;
}

export function mutantsOf(report: object): Mutant[];
export function judge(
  mutants: readonly Mutant[],
  explanations: readonly Explanation[],
): { unexplained: Mutant[]; idle: string[] };
export function figures(
  mutants: readonly Mutant[],
): { room: string; mutants: number; killed: number; timeout: number; survived: number; score: string }[];
