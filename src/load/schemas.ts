import calendar from "../model/schema/calendar.schema.json" with { type: "json" };
import calendarAddition from "../model/schema/calendar-addition.schema.json" with { type: "json" };
import channel from "../model/schema/channel.schema.json" with { type: "json" };
import channelAddition from "../model/schema/channel-addition.schema.json" with { type: "json" };
import check from "../model/schema/check.schema.json" with { type: "json" };
import conditions from "../model/schema/conditions.schema.json" with { type: "json" };
import facts from "../model/schema/facts.schema.json" with { type: "json" };
import holds from "../model/schema/holds.schema.json" with { type: "json" };
import reasons from "../model/schema/reasons.schema.json" with { type: "json" };
import rulebook from "../model/schema/rulebook.schema.json" with { type: "json" };
import systems from "../model/schema/systems.schema.json" with { type: "json" };
import texts from "../model/schema/texts.schema.json" with { type: "json" };
import verdicts from "../model/schema/verdicts.schema.json" with { type: "json" };
import windows from "../model/schema/windows.schema.json" with { type: "json" };
import { type Kind, schemaNameOf } from "./kinds.js";

/** The generated schemas, which editors use too. */
export const SCHEMAS: Readonly<Record<Kind, object>> = {
  calendar,
  "calendar-addition": calendarAddition,
  channel,
  "channel-addition": channelAddition,
  check,
  conditions,
  facts,
  holds,
  reasons,
  rulebook,
  systems,
  texts,
  verdicts,
  windows,
};

export const KINDS = Object.keys(SCHEMAS) as Kind[];

export const schemaFile = (kind: string): string => `${kind}.schema.json`;

/** The kind of a file, from its `$schema`; undefined if that names none. */
export function kindOf(json: unknown): Kind | undefined {
  const name = schemaNameOf(json);
  return name === undefined ? undefined : KINDS.find((kind) => schemaFile(kind) === name);
}
