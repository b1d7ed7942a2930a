import Type, { type Static } from "typebox";
import {
  Calendars,
  DurationText,
  described,
  LagText,
  MilestoneName,
  OneOf,
  Reference,
  Spread,
  StrictObject,
  TimeText,
  Title,
} from "./common.js";

const OnClosed = Type.Optional(
  Type.Enum(["wait", "refuse"], {
    description:
      "what happens to money that comes while the system is closed; wait: it waits; refuse: the payment is refused (default: wait)",
  }),
);

const stepCommon = {
  title: Type.Optional(Title),
  system: Type.Optional(
    Reference(
      "system",
      "the system that the step runs on; `payee.bank` and `payer.bank` stand for the bank of that fact",
    ),
  ),
  milestone: Type.Optional(MilestoneName),
  onClosed: OnClosed,
};

const Cutoff = Spread(
  described(TimeText, "the local cutoff time of the run, HH:MM; a later cutoff means an earlier arrival"),
);
const Lag = Spread(LagText);
const At = Spread(described(TimeText, "the local release time on the day that the lag gives, HH:MM"));

export const SettleRun = StrictObject(
  { cutoff: Cutoff, lag: Lag, at: At },
  "one clearing run a day: money that comes before `cutoff` is released after `lag`, at the time `at`",
);

export const SettleStep = StrictObject(
  {
    kind: Type.Literal("settle", { description: "the step joins a clearing run" }),
    ...stepCommon,
    cutoff: Type.Optional(Cutoff),
    cutoffInclusive: Type.Optional(
      Type.Boolean({
        description: "whether the exact cutoff instant still counts (default: false)",
      }),
    ),
    roll: Type.Optional(
      Type.Enum(["none", "following"], {
        description:
          "none: T may be a closed day; following: a closed T moves to the next business day (default: none)",
      }),
    ),
    lag: Type.Optional(Lag),
    calendar: Type.Optional(Calendars),
    at: Type.Optional(At),
    runs: Type.Optional(
      Type.Array(SettleRun, {
        minItems: 1,
        maxItems: 288,
        description: "several runs a day, instead of one; at most 288, one every five minutes",
      }),
    ),
  },
  "join a clearing run: the cutoff determines the date T, and the lag determines the release date",
);

export const ProcessStep = StrictObject(
  {
    kind: Type.Literal("process", { description: "the step takes time" }),
    ...stepCommon,
    takes: Spread(described(DurationText, "how long it takes, ISO 8601")),
    clock: Type.Optional(
      Type.Enum(["wall", "open"], {
        description: "wall: time passes always; open: only while the system is open (default: wall)",
      }),
    ),
  },
  "take time",
);

export const Step = OneOf(
  "kind",
  [SettleStep, ProcessStep],
  "one step of the route: settle joins a clearing run, process takes time",
);

export type SettleRun = Static<typeof SettleRun>;
export type SettleStep = Static<typeof SettleStep>;
export type ProcessStep = Static<typeof ProcessStep>;
export type Step = Static<typeof Step>;
