import { QuestionError, spanMessages } from "../errors.js";
import type { LatestSend } from "../model/answers.js";
import type { Bound } from "../model/bound.js";
import type { Query } from "../pieces/query.js";
import { DAY_MS, FIRST_DAY } from "../time/day.js";
import { formatInstant, type Instant } from "../time/instant.js";
import { arrive } from "./arrival.js";
import { DAYS_MAX, type Span, spans } from "./profile.js";

/** The last send times that arrive in time: [from, last]. If there is a batch, all join the same one. */
interface SendTimes {
  readonly from: Instant;
  readonly last: Instant;
  /** Whether a payment sent after `last` is late because the span ends there, rather than because of its own delay. */
  readonly cutOff: boolean;
}

/** The days searched at a time, backwards from the deadline. The first stride is short because most answers are near. */
const FIRST_STRIDE_DAYS = 4;
const STRIDE_DAYS = 32;
/** How far back an interval of equally good send times is extended beyond the days already searched. */
const LOOK_BACK_DAYS = 32;

/**
 * The latest instant, from `notBefore` on, at which a payment may be sent to arrive by `by`. The search goes backwards from
 * the deadline, so it is right even where paying later arrives sooner.
 *
 * @throws QuestionError bad-time if no instant of the last ten years arrives in time and earlier ones remain
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
    const searched = [...spans(query, start, end as Instant)];
    const times = searched
      .toReversed()
      .map((span) => sendTimesIn(span, by, bound))
      .find((one) => one !== undefined);
    if (times !== undefined)
      return latestSend(query, times.from === start ? extendBack(query, times) : times);
    end = start;
    if (end > notBefore && by - end >= DAYS_MAX * DAY_MS)
      throw new QuestionError("bad-time", "by", spanMessages.noSendWithin(DAYS_MAX));
  }
  return undefined;
}

/** The same send times, extended back to the beginning of their interval. */
function extendBack(query: Query, times: SendTimes): SendTimes {
  if (!times.cutOff) return times;
  try {
    const before = Math.max(times.from - LOOK_BACK_DAYS * DAY_MS, (FIRST_DAY + 1) * DAY_MS) as Instant;
    const [span] = [...spans(query, before, (times.last + 1) as Instant)].slice(-1);
    return { ...times, from: span?.from ?? times.from };
  } catch (error) {
    if (error instanceof QuestionError) return times;
    throw error;
  }
}

/** The send times of a span that arrive in time. */
function sendTimesIn(
  { from, until, refused, lines }: Span,
  by: Instant,
  bound: Bound,
): SendTimes | undefined {
  if (refused) return undefined;
  const { slope, value } = lines[bound];
  if (slope === 0) return value <= by ? { from, last: (until - 1) as Instant, cutOff: true } : undefined;
  const last = Math.min(by - value, until - 1) as Instant;
  return last >= from ? { from: last, last, cutOff: last < by - value } : undefined;
}

function latestSend(query: Query, { from, last, cutOff }: SendTimes): LatestSend {
  const { zone } = query;
  return {
    sendBy: formatInstant(zone, (cutOff ? last + 1 : last) as Instant),
    inclusive: !cutOff,
    from: formatInstant(zone, from),
    arrives: arrive(query, last),
  };
}
