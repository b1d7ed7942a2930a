import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { LiveTimetable, Payment } from "../../src/index.js";

/**
 * A rulebook in a temporary folder. In version `n`, a payment takes a step of `n` minutes (channel file) and a hold
 * of `n` minutes (holds file). An odd total would reveal a mixture of two versions.
 */

const title = { zh: "名", en: "name" };
const schema = (kind: string): string => `${kind}.schema.json`;

export const SENT = "2026-03-02T10:00:00+08:00";
export const PAYMENT: Payment = { channel: "a.pay", amount: "1", initiatedAt: SENT };

const channel = (n: number, example: object = { rule: "a.pay.only" }) => ({
  $schema: schema("channel"),
  channel: "a.pay",
  title,
  zone: "Asia/Shanghai",
  rules: [
    {
      name: "a.pay.only",
      priority: 10,
      event: {
        type: "route",
        params: { steps: [{ kind: "process", milestone: "credited", takes: `PT${n}M` }] },
      },
      basis: "assumed",
    },
  ],
  examples: [{ payment: { amount: "1", initiatedAt: SENT }, expect: example }],
});

const holds = (n: number) => ({
  $schema: schema("holds"),
  rules: [
    {
      name: "h.only",
      title,
      conditions: { all: [{ fact: "amount", operator: "greaterThan", value: 0 }] },
      event: {
        type: "hold",
        params: { for: `PT${n}M`, cause: "risk-hold", before: "credited", who: "platform" },
      },
    },
  ],
});

const facts = {
  $schema: schema("facts"),
  facts: { amount: { title, type: "number", unit: "CNY", minimum: 0 } },
};

export const CHANNEL = "rules/channels/a.pay.json";
export const HOLDS = "rules/holds.json";

/** The files of version `n`, by path. */
export const filesOf = (n: number): Readonly<Record<string, string>> => ({
  [CHANNEL]: JSON.stringify(channel(n), null, 2),
  [HOLDS]: JSON.stringify(holds(n), null, 2),
  "rules/facts.json": JSON.stringify(facts, null, 2),
});

/** A valid channel file with a wrong example. */
export const contradictoryChannel = (n: number): string =>
  JSON.stringify(channel(n, { rule: "a.pay.only", expected: "2026-03-02T09:00:00+08:00" }));

/** A second channel, for tests that add and remove a file. */
export const anotherChannel = (): string =>
  JSON.stringify({
    ...channel(1),
    channel: "b.pay",
    rules: [{ ...channel(1).rules[0], name: "b.pay.only" }],
    examples: [{ payment: { amount: "1", initiatedAt: SENT }, expect: { rule: "b.pay.only" } }],
  });

export interface Folder {
  readonly root: string;
  readonly folders: { readonly rules: string; readonly calendars: string };
  readonly put: (path: string, text: string) => Promise<void>;
  /** Writes a new file and renames it over the old one, as many editors do. */
  readonly replace: (path: string, text: string) => Promise<void>;
  readonly putVersion: (n: number, below?: string) => Promise<void>;
  readonly link: (path: string, target: string) => Promise<void>;
  /** Replaces a link atomically, as Kubernetes does with `..data`. */
  readonly relink: (path: string, target: string) => Promise<void>;
  readonly remove: (path: string) => Promise<void>;
}

export async function newFolder(): Promise<Folder> {
  const root = await mkdtemp(join(tmpdir(), "daozhang-live-"));
  await mkdir(join(root, "calendars"));
  let count = 0;
  const put = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  };
  return {
    root,
    folders: { rules: join(root, "rules"), calendars: join(root, "calendars") },
    put,
    replace: async (path, text) => {
      const aside = `${path}.${count++}.tmp`;
      await put(aside, text);
      await rename(join(root, aside), join(root, path));
    },
    putVersion: async (n, below = "") => {
      for (const [path, text] of Object.entries(filesOf(n))) await put(join(below, path), text);
    },
    link: async (path, target) => {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await symlink(target, join(root, path));
    },
    relink: async (path, target) => {
      await symlink(target, join(root, `${path}_tmp`));
      await rename(join(root, `${path}_tmp`), join(root, path));
    },
    remove: (path) => rm(join(root, path), { recursive: true }),
  };
}

/** The minutes between sending and arrival: `2 * n` for version `n`. */
export const minutesOf = (timetable: Pick<LiveTimetable, "when">): number =>
  (Date.parse(timetable.when(PAYMENT).expected) - Date.parse(SENT)) / 60_000;

/** Resolves with the next event of a kind. */
export const nextEvent = <E extends "reloaded" | "rejected">(live: LiveTimetable, event: E) =>
  new Promise<Parameters<Parameters<typeof live.on<E>>[1]>[0]>((resolve) => {
    const end = live.on(event, (payload) => {
      end();
      resolve(payload);
    });
  });

/** Waits until a version answers. Files are written one by one, so other versions may load before it. */
export async function waitForMinutes(live: LiveTimetable, minutes: number): Promise<void> {
  while (minutesOf(live) !== minutes) await nextEvent(live, "reloaded");
}
