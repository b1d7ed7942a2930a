import { findingMessages } from "../errors.js";
import type { Source } from "../model/schema/common.js";
import type { Context } from "./context.js";
import { type Finding, finding } from "./finding.js";

/** Reports sources without a date, because nobody can tell whether they are current. */
export function sourceFindings({ rulebook, locate }: Context): Finding[] {
  return sourcedEntities(rulebook).flatMap(({ name, entity, sources }) => {
    const undated = sources.filter(({ published }) => published === undefined);
    if (undated.length === 0) return [];
    const titles = undated.map(({ title }) => title);
    return [finding("source-undated", name, locate(entity, "source"), findingMessages.undated(name, titles))];
  });
}

interface SourcedEntity {
  readonly name: string;
  readonly entity: object;
  readonly sources: readonly Source[];
}

function sourcedEntities({
  channels,
  windows,
  holds,
  verdicts,
  systems,
  calendars,
}: Context["rulebook"]): SourcedEntity[] {
  const rules = Object.values(channels).flatMap(({ rules }) => rules);
  const entityOf = (name: string, entity: { source?: Source[] }): SourcedEntity => ({
    name,
    entity,
    sources: entity.source ?? [],
  });
  return [
    ...[...rules, ...windows, ...holds, ...verdicts].map((rule) => entityOf(rule.name, rule)),
    ...Object.entries(systems).flatMap(([name, system]) =>
      [system, ...(system.hours ?? [])].map((one) => entityOf(name, one)),
    ),
    ...Object.values(calendars).flatMap(({ id, years = {} }) =>
      Object.values(years).flatMap(({ source, published, ...year }) =>
        source === undefined || published !== undefined
          ? []
          : [{ name: id, entity: year, sources: [source] }],
      ),
    ),
  ];
}
