import { QuestionError, spanMessages } from "../errors.js";
import type { LatestSend } from "../model/answers.js";
import type { Bound } from "../model/bound.js";
import type { Query } from "../pieces/query.js";
import { DAY_MS, FIRST_DAY } from "../time/day.js";
import { formatInstant, type Instant } from "../time/instant.js";
import { arrive } from "./arrival.js";
import { DAYS_MAX, type Span, spans } from "./profile.js";

/** The last sending times that still make it: [from, last], all alike where one run takes them. */
interface Made {
  readonly from: Instant;
  readonly last: Instant;
  /** Whether one millisecond later misses because the span ends, not because the money takes as long as it does. */
  readonly cutOff: boolean;
}

/** Days walked at a time, backwards from the deadline; the first stride is short because most answers are near. */
const FIRST_STRIDE_DAYS = 4;
const STRIDE_DAYS = 32;
/** How far an interval of equally good times is followed back beyond what was walked. */
const LOOK_BACK_DAYS = 32;

/**
 * The latest instant, from `notBefore` on, at which a payment may be sent to arrive by `by`. Spans are walked backwards
 * from the deadline, so a later interval is found before an earlier one even where paying later arrives sooner.
 *
 * @throws QuestionError bad-time where none of the last ten years makes it, and there are more to look at
 */
export function latestSendOf(
  query: Query,
  notBefore: Instant,
  by: Instant,
  bound: Bound,
): LatestSend | undefined {
  let stride = FIRST_STRIDE_DAYS;
  for (let end = by + 1; end > notBefore; stride = STRIDE_DAYS) {
    const start = Math.max(end - stride * DAY_MS, notBefore) as Instant;
    const walked = [...spans(query, start, end as Instant)];
    const made = walked
      .toReversed()
      .map((span) => madeIn(span, by, bound))
      .find((one) => one !== undefined);
    if (made !== undefined) return said(query, made.from === start ? followedBack(query, made) : made);
    end = start;
    if (end > notBefore && by - end >= DAYS_MAX * DAY_MS)
      throw new QuestionError("bad-time", "by", spanMessages.noSendWithin(DAYS_MAX));
  }
  return undefined;
}

/** The same sending times, with those before the walk that are equally good. */
function followedBack(query: Query, made: Made): Made {
  if (!made.cutOff) return made;
  try {
    const before = Math.max(made.from - LOOK_BACK_DAYS * DAY_MS, (FIRST_DAY + 1) * DAY_MS) as Instant;
    const [span] = [...spans(query, before, (made.last + 1) as Instant)].slice(-1);
    return { ...made, from: span?.from ?? made.from };
  } catch (error) {
    if (error instanceof QuestionError) return made;
    throw error;
  }
}

/** The sending times of one span that make it. */
function madeIn({ from, until, refused, lines }: Span, by: Instant, bound: Bound): Made | undefined {
  if (refused) return undefined;
  const { slope, value } = lines[bound];
  if (slope === 0) return value <= by ? { from, last: (until - 1) as Instant, cutOff: true } : undefined;
  const last = Math.min(by - value, until - 1) as Instant;
  return last >= from ? { from: last, last, cutOff: last < by - value } : undefined;
}

function said(query: Query, { from, last, cutOff }: Made): LatestSend {
  const { zone } = query;
  return {
    sendBy: formatInstant(zone, (cutOff ? last + 1 : last) as Instant),
    inclusive: !cutOff,
    from: formatInstant(zone, from),
    arrives: arrive(query, last),
  };
}
