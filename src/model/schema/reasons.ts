import Type, { type Static } from "typebox";
import {
  CauseCategory,
  described,
  Id,
  MilestoneName,
  Note,
  Party,
  provenance,
  replaces,
  SchemaLink,
  StrictObject,
  Title,
} from "./common.js";

/** The effect of a code on the timing of a payment. */
export const Effect = Type.Enum(["continue", "milestone", "hold", "return", "arrived", "end"], {
  description:
    "continue: no effect; milestone: `milestone` is reached; hold: `hold` is placed; return: the money goes back; arrived: the payee has the money; end: the payment has ended, and the payer has the money",
});

export const Reason = StrictObject(
  {
    title: Title,
    effect: Effect,
    milestone: Type.Optional(described(MilestoneName, "for the effect milestone: the milestone reached")),
    hold: Type.Optional(described(Id, "for the effect hold: a hold of holds.json, by name", ["risk-review"])),
    cause: Type.Optional(CauseCategory),
    who: Type.Optional(Party),
    ...provenance,
  },
  "the meaning of a status or reason code: its effect on the timing, its cause, and who must act",
);

/** Several schemes use plain numbers, so numeric codes have the scheme as a prefix: `unionpay.91`. */
const codes = Type.Record(Type.String({ pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*$" }), Reason, {
  additionalProperties: false,
  description: "by code, as the scheme or platform writes it",
});

export const ReasonsFile = Type.Object(
  { $schema: SchemaLink, note: Note, replaces: replaces("the codes", "AC04"), codes },
  { additionalProperties: false, title: "what the codes of schemes and platforms mean" },
);

export type Reason = Static<typeof Reason>;
export type Effect = Static<typeof Effect>;
export type ReasonsFile = Static<typeof ReasonsFile>;
