import { arrive } from "../answer/arrival.js";
import { findingMessages, QuestionError } from "../errors.js";
import type { Example } from "../model/rulebook.js";
import { queryFor } from "../pieces/query.js";
import type { Context } from "./context.js";
import { type Finding, finding } from "./finding.js";

/** Planned holds that apply in no example. The loader already requires an example for each rule of a channel. */
export function unprovedHoldFindings(context: Context): Finding[] {
  const { rulebook, locate } = context;
  const planned = rulebook.holds.filter(({ inFlight }) => inFlight !== true);
  if (planned.length === 0) return [];
  const applied = new Set(
    Object.values(rulebook.channels).flatMap(({ channel, examples }) =>
      examples.flatMap((example) => rulesAppliedTo(context, channel, example)),
    ),
  );
  return planned
    .filter(({ name }) => !applied.has(name))
    .map((hold) => finding("unproved", hold.name, locate(hold), findingMessages.unproved(hold.name)));
}

function rulesAppliedTo({ snapshot, read }: Context, channel: string, { payment }: Example): string[] {
  try {
    const parsed = read({ ...payment, channel });
    return arrive(queryFor(snapshot, parsed), parsed.at).rules;
  } catch (error) {
    if (error instanceof QuestionError) return [];
    throw error;
  }
}
