/** A question that has no answer, by the code of the error that it must give. */
export class Unanswerable extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}
