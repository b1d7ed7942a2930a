/** A place in the files of a rulebook. */
export interface Place {
  file?: string;
  line?: number;
  column?: number;
  /** The JSON path inside the file, as in `rules[0].event.params.steps[0].cutoff`. */
  path?: string;
  /** The lower layer that the file belongs to, as in `daozhang`. Absent for the rulebook's own files. */
  layer?: string;
}

/**
 * Finds the place of a part of a rulebook. `entity` is an object of a loaded file, found by identity. `path` leads from
 * it to the part, as in `conditions.all[0].operator`; an empty path is the object itself.
 */
export type Locate = (entity: object, path?: string) => Place;
