/** Where in the files something stands. */
export interface Place {
  file?: string;
  line?: number;
  column?: number;
  /** The JSON path inside the file, as in `rules[0].event.params.steps[0].cutoff`. */
  path?: string;
  /** The layer below that the file belongs to, as in `daozhang`; not there for a file of the rulebook's own. */
  layer?: string;
}

/**
 * Finds the place of a part of a rulebook: `entity` is an object of a loaded file, by identity, and `path` leads from
 * it to the part, as in `conditions.all[0].operator`; the empty path is the object itself.
 */
export type Locate = (entity: object, path?: string) => Place;
