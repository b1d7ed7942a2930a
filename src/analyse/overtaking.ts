import type { Decider } from "../decide/decider.js";
import { findingMessages } from "../errors.js";
import type { Facts } from "../model/payment.js";
import type { ChannelFile } from "../model/rulebook.js";
import { queryOf } from "../pieces/query.js";
import type { Clock } from "../time/clock.js";
import { addDays, DAY_MS } from "../time/day.js";
import { formatInstant, type Instant } from "../time/instant.js";
import { instantOf } from "../time/zone.js";
import type { Context } from "./context.js";
import { type CheckResult, type Finding, finding, mergeResults } from "./finding.js";
import { compileFutureSnapshot } from "./future-snapshot.js";
import { type ClassMember, type PaymentClasses, paymentClassesOf } from "./payment-classes.js";
import { arrivalIn, type Treatment, treatmentsOf } from "./treatments.js";

/**
 * Payments that are sent later and arrive sooner. Arrival is monotonic within a route, so overtaking happens only where
 * another rule starts to decide. It may be intended, as when a payment takes a slower route while a system is closed.
 */

/** Days ahead that are checked: all holidays of a year, and a margin. */
export const HORIZON_DAYS = 400;

export function overtakingFindings(context: Context): CheckResult {
  const futureContext = { ...context, snapshot: compileFutureSnapshot(context.rulebook, context.today) };
  return mergeResults(
    Object.values(context.rulebook.channels).map((file) => checkChannel(futureContext, file)),
  );
}

function checkChannel(context: Context, file: ChannelFile): CheckResult {
  const { channel } = file;
  const classes = paymentClassesOf(
    [context.snapshot],
    channel,
    context.today,
    addDays(context.today, HORIZON_DAYS),
  );
  const { zone } = context.snapshot.deciders.get(channel) as Decider;
  const from = instantOf(zone, context.today, 0 as Clock);
  const overtakings = new Map<string, Overtaking>();
  for (const member of classes.members) {
    for (const found of overtakingsOf(context, channel, member, from)) {
      const key = `${found.rule} ${found.laterRule}`;
      if (!overtakings.has(key)) overtakings.set(key, found);
    }
  }
  const findings = [...overtakings.values()].map((found) => overtakingFinding(context, file, found));
  const undecided = undecidedFinding(context, file, classes);
  const proved = findings.length === 0 && undecided.length === 0;
  const proof = { code: "sooner" as const, channel, cells: classes.members.length };
  return { findings: [...findings, ...undecided], proofs: proved ? [proof] : [] };
}

interface Overtaking {
  readonly payment: ClassMember["payment"];
  readonly rule: string;
  readonly sentAt: Instant;
  readonly arrives: Instant;
  readonly laterRule: string;
  readonly laterSentAt: Instant;
  readonly laterArrives: Instant;
}

/** Each treatment whose first payment arrives before the last payment of an earlier treatment. */
function overtakingsOf(
  { snapshot }: Context,
  channel: string,
  member: ClassMember,
  from: Instant,
): Overtaking[] {
  const query = queryOf(snapshot, channel, member.factsByRulebook[0] as Facts);
  const to = (from + HORIZON_DAYS * DAY_MS) as Instant;
  if (query.paymentClass.nextChangeAfter(from) >= to) return [];
  const found: Overtaking[] = [];
  let slowest: { rule: string; at: Instant; arrives: Instant } | undefined;
  for (const treatment of treatmentsOf(query, from, to)) {
    if (treatment.fate !== "taken") continue;
    const { rule, lines, from: laterSentAt } = treatment;
    const laterArrives = arrivalIn(lines, "expected", laterSentAt);
    if (slowest !== undefined && laterArrives < slowest.arrives && slowest.rule !== rule) {
      found.push({
        payment: member.payment,
        rule: slowest.rule,
        sentAt: slowest.at,
        arrives: slowest.arrives,
        laterRule: rule,
        laterSentAt,
        laterArrives,
      });
    }
    const last = lastArrivalOf(treatment);
    if (slowest === undefined || last.arrives >= slowest.arrives) slowest = { rule, ...last };
  }
  return found;
}

/** The payment that arrives last; the first one sent if all arrive together. */
function lastArrivalOf({ from, until, lines }: Extract<Treatment, { fate: "taken" | "refused" }>) {
  const at = lines.expected.slope === 0 ? from : ((until - 1) as Instant);
  return { at, arrives: arrivalIn(lines, "expected", at) };
}

function overtakingFinding(context: Context, file: ChannelFile, found: Overtaking): Finding {
  const { zone } = context.snapshot.deciders.get(file.channel) as Decider;
  const format = (at: Instant): string => formatInstant(zone, at);
  const rule = file.rules.find(({ name }) => name === found.rule);
  const witness = { ...found.payment, initiatedAt: format(found.sentAt) };
  const sentence = findingMessages.sooner(found.rule, found.laterRule, {
    sent: format(found.sentAt),
    arrives: format(found.arrives),
    laterSent: format(found.laterSentAt),
    laterArrives: format(found.laterArrives),
  });
  return finding("sooner", found.rule, context.locate(rule ?? file), sentence, { witness });
}

function undecidedFinding(
  { locate }: Context,
  file: ChannelFile,
  { tooManyCombinations, comparesFacts }: PaymentClasses,
): Finding[] {
  if (tooManyCombinations === undefined && !comparesFacts) return [];
  const sentence = findingMessages.soonerUndecided(file.channel, tooManyCombinations);
  return [finding("undecided", file.channel, locate(file), sentence, { outcome: "undecided" })];
}
