import { TestRunner } from "vitest";

/** Reads no further test file once a run is over because a test failed: reading them costs more than asking them. */
export default class extends TestRunner {
  private over = false;

  override cancel(reason: Parameters<TestRunner["cancel"]>[0]): void {
    this.over = true;
    super.cancel(reason);
  }

  override importFile(...file: Parameters<TestRunner["importFile"]>): ReturnType<TestRunner["importFile"]> {
    return this.over ? undefined : super.importFile(...file);
  }
}
