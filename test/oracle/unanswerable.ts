/** Thrown for a question without an answer, with the error code that the engine must give. */
export class Unanswerable extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

export function answerOrUndefined<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch (error) {
    if (error instanceof Unanswerable) return undefined;
    throw error;
  }
}
