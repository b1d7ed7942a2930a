import type { Decider } from "../decide/decider.js";
import { findingSays } from "../errors.js";
import type { Facts } from "../model/payment.js";
import type { ChannelFile } from "../model/rulebook.js";
import { subjectOf } from "../pieces/query.js";
import type { Clock } from "../time/clock.js";
import { addDays, DAY_MS } from "../time/day.js";
import { formatInstant, type Instant } from "../time/instant.js";
import { instantOf } from "../time/zone.js";
import { viewAhead } from "./ahead.js";
import { type Classes, classesOf, type Member } from "./classes.js";
import type { Context } from "./context.js";
import { type Finding, type Found, finding, together } from "./finding.js";
import { arrivalIn, type Treatment, treatmentsOf } from "./treatments.js";

/**
 * Where sending later arrives sooner. Within one route nobody overtakes, so it happens only where another rule begins
 * to decide; it may be meant, as where a payment that is sent when a system is closed takes the slower way.
 */

/** How far ahead is looked: a whole year of holidays, and a little more. */
export const HORIZON_DAYS = 400;

export function soonerFindings(context: Context): Found {
  const ahead = { ...context, view: viewAhead(context.rulebook, context.today) };
  return together(Object.values(context.rulebook.channels).map((file) => inChannel(ahead, file)));
}

function inChannel(context: Context, file: ChannelFile): Found {
  const { channel } = file;
  const classes = classesOf([context.view], channel, context.today, addDays(context.today, HORIZON_DAYS));
  const { zone } = context.view.deciders.get(channel) as Decider;
  const from = instantOf(zone, context.today, 0 as Clock);
  const overtakings = new Map<string, Overtaking>();
  for (const member of classes.members) {
    for (const found of overtakingsOf(context, channel, member, from)) {
      const key = `${found.rule} ${found.laterRule}`;
      if (!overtakings.has(key)) overtakings.set(key, found);
    }
  }
  const findings = [...overtakings.values()].map((found) => toFinding(context, file, found));
  const open = openQuestion(context, file, classes);
  const proved = findings.length === 0 && open.length === 0;
  const proof = { code: "sooner" as const, channel, cells: classes.members.length };
  return { findings: [...findings, ...open], proofs: proved ? [proof] : [] };
}

interface Overtaking {
  readonly payment: Member["payment"];
  readonly rule: string;
  readonly sentAt: Instant;
  readonly arrives: Instant;
  readonly laterRule: string;
  readonly laterSentAt: Instant;
  readonly laterArrives: Instant;
}

/** Every later treatment whose first payment arrives before the last payment of an earlier one. */
function overtakingsOf({ view }: Context, channel: string, member: Member, from: Instant): Overtaking[] {
  const subject = subjectOf(view, channel, member.read[0] as Facts);
  const to = (from + HORIZON_DAYS * DAY_MS) as Instant;
  if (subject.paymentClass.changesAfter(from) >= to) return [];
  const found: Overtaking[] = [];
  let slowest: { rule: string; at: Instant; arrives: Instant } | undefined;
  for (const treatment of treatmentsOf(subject, from, to)) {
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
    const last = lastOf(treatment);
    if (slowest === undefined || last.arrives >= slowest.arrives) slowest = { rule, ...last };
  }
  return found;
}

/** Who arrives last: where all arrive together the first that was sent, else the last. */
function lastOf({ from, until, lines }: Extract<Treatment, { fate: "taken" | "refused" }>) {
  const at = lines.expected.slope === 0 ? from : ((until - 1) as Instant);
  return { at, arrives: arrivalIn(lines, "expected", at) };
}

function toFinding(context: Context, file: ChannelFile, found: Overtaking): Finding {
  const { zone } = context.view.deciders.get(file.channel) as Decider;
  const say = (at: Instant): string => formatInstant(zone, at);
  const rule = file.rules.find(({ name }) => name === found.rule);
  const witness = { ...found.payment, initiatedAt: say(found.sentAt) };
  const sentence = findingSays.sooner(found.rule, found.laterRule, {
    sent: say(found.sentAt),
    arrives: say(found.arrives),
    laterSent: say(found.laterSentAt),
    laterArrives: say(found.laterArrives),
  });
  return finding("sooner", found.rule, context.locate(rule ?? file), sentence, { witness });
}

function openQuestion({ locate }: Context, file: ChannelFile, { tooMany, vague }: Classes): Finding[] {
  if (tooMany === undefined && !vague) return [];
  const sentence = findingSays.soonerUndecided(file.channel, tooMany);
  return [finding("undecided", file.channel, locate(file), sentence, { outcome: "undecided" })];
}
