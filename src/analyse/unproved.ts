import { arrive } from "../answer/arrival.js";
import { findingSays, QuestionError } from "../errors.js";
import type { Example } from "../model/rulebook.js";
import { subjectFor } from "../pieces/query.js";
import type { Context } from "./context.js";
import { type Finding, finding } from "./finding.js";

/**
 * Planned holds that no example meets. That every rule of a channel has an example which it decides is made sure of
 * at load already.
 */
export function unprovedFindings(context: Context): Finding[] {
  const { rulebook, locate } = context;
  const planned = rulebook.holds.filter(({ inFlight }) => inFlight !== true);
  if (planned.length === 0) return [];
  const met = new Set(
    Object.values(rulebook.channels).flatMap(({ channel, examples }) =>
      examples.flatMap((example) => rulesMet(context, channel, example)),
    ),
  );
  return planned
    .filter(({ name }) => !met.has(name))
    .map((hold) => finding("unproved", hold.name, locate(hold), findingSays.unproved(hold.name)));
}

function rulesMet({ view, read }: Context, channel: string, { payment }: Example): string[] {
  try {
    const question = read({ ...payment, channel });
    return arrive(subjectFor(view, question), question.at).rules;
  } catch (error) {
    if (error instanceof QuestionError) return [];
    throw error;
  }
}
