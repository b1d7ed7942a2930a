import Type, { type Static } from "typebox";
import {
  CauseCategory,
  DurationText,
  described,
  Id,
  MilestoneName,
  Note,
  Party,
  Period,
  provenance,
  replaces,
  SchemaLink,
  Spread,
  StrictObject,
  Title,
} from "./common.js";
import { Condition, conditionDefinitions } from "./condition.js";

export const HoldRule = StrictObject(
  {
    name: described(Id, "the name of the hold, unique in the rulebook", ["atm-24h"]),
    title: Title,
    conditions: Type.Optional(Condition),
    effective: Type.Optional(
      described(Period, "the sending dates to which it applies, from `from` until just before `until`"),
    ),
    event: StrictObject(
      {
        type: Type.Literal("hold", { description: "the rule gives a hold" }),
        params: StrictObject(
          {
            for: Spread(described(DurationText, "how long the money waits, ISO 8601")),
            cause: CauseCategory,
            before: described(MilestoneName, "the milestone that is reached only after the wait"),
            who: Party,
            atMost: Type.Optional(
              Type.Integer({
                minimum: 1,
                description: "how many times it may be placed on one payment (default: any number)",
                examples: [2],
              }),
            ),
          },
          "how long, why, before which milestone, and who must act",
        ),
      },
      "an extra wait",
    ),
    inFlight: Type.Optional(
      Type.Boolean({ description: "true: the hold applies only if an event reports it (default: false)" }),
    ),
    ...provenance,
  },
  "a hold: a deliberate wait",
);

export const HoldsFile = Type.Object(
  {
    $schema: SchemaLink,
    note: Note,
    replaces: replaces("the holds", "atm-24h"),
    rules: Type.Array(HoldRule, { description: "the holds" }),
  },
  { additionalProperties: false, title: "holds", $defs: conditionDefinitions },
);

export type HoldRule = Static<typeof HoldRule>;
export type HoldsFile = Static<typeof HoldsFile>;
