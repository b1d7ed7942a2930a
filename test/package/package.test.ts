import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { buildOnce } from "../support/command-line.js";

/** The published files and the dependencies. `install.mjs` tests the installation. */

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const json = <T>(path: string): T => JSON.parse(read(path));

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly bin: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly engines: { readonly node: string };
  readonly exports: Readonly<Record<string, unknown>>;
}

interface Locked {
  readonly license?: string;
  readonly dev?: boolean;
  /** Absent for the default registry. */
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
}

const manifest = json<Manifest>("package.json");
const locked = Object.entries(json<{ packages: Record<string, Locked> }>("package-lock.json").packages)
  .filter(([path]) => path !== "")
  .map(([path, one]) => ({ ...one, name: path.slice(path.lastIndexOf("node_modules/") + 13) }));
const installed = locked.filter(({ dev }) => dev !== true);

const filesIn = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length));

describe("the published package", () => {
  let packed: string[] = [];
  beforeAll(() => {
    buildOnce();
    const told = execFileSync("npm", ["pack", "--dry-run", "--ignore-scripts", "--json"], {
      cwd: ROOT,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    packed = (JSON.parse(told) as [{ files: { path: string }[] }])[0].files.map(({ path }) => path);
  }, 120_000);

  test("has the build, rules, calendars, schemas and the files at the top", () => {
    const built = filesIn("src")
      .filter((path) => path.endsWith(".ts") && !path.startsWith("src/build/"))
      .map((path) => path.replace(/^src/, "dist").replace(/\.ts$/, ""))
      .flatMap((path) => [`${path}.js`, `${path}.d.ts`]);
    // Twice: for the built modules, and for the `$schema` paths of rules and calendars.
    const schemas = filesIn("src/model/schema")
      .filter((path) => path.endsWith(".json"))
      .flatMap((path) => [path, path.replace(/^src/, "dist")]);
    const declarations = built.filter((path) => path.endsWith(".d.ts") && !path.startsWith("dist/cli/"));
    const bundles = [
      ...["dist/core.bundle.js", "dist/cjs/core.js", "dist/cjs/index.js", "dist/cjs/package.json"],
      ...declarations.map((path) => path.replace(/^dist/, "dist/cjs")),
    ];
    const documents = ["CHANGELOG.md", "README.md", "README.zh.md", "SECURITY.md", ...filesIn("docs")];
    const top = ["LICENSE", "package.json", "src/README.md", ...documents];
    const data = [...filesIn("rules"), ...filesIn("calendars"), ...schemas];
    const wanted = [...built, ...bundles, "dist/pack-stamp.json", ...data];
    expect(packed.toSorted()).toEqual([...wanted, ...top].toSorted());
  });

  test("has only JSON and README files as data, and no hidden files", () => {
    const data = packed.filter((path) => /^(rules|calendars)\//.test(path));
    expect(data.length).toBeGreaterThan(40);
    expect(data.filter((path) => !/^[\w./-]+\.json$|\/README\.md$/.test(path))).toEqual([]);
    expect(packed.filter((path) => /(^|\/)\./.test(path))).toEqual([]);
  });

  test("has modules that import only published files", () => {
    const modules = packed.filter((path) => /^dist\/.*\.(js|ts)$/.test(path));
    expect(modules.filter((path) => read(path).includes("sourceMappingURL"))).toEqual([]);
    const here = new Set(packed);
    const astray = modules.flatMap((path) =>
      [...read(path).matchAll(/(?:from|import) "(\.[^"]+)"/g)]
        .map(([, to]) => new URL(to as string, `file:///${path}`).pathname.slice(1))
        // Declarations for CommonJS stand beside a bundle, not beside modules.
        .filter((to) => !here.has(to.startsWith("dist/cjs/") ? to.replace(/\.js$/, ".d.ts") : to))
        .map((to) => `${path} imports ${to}`),
    );
    expect(astray).toEqual([]);
  });

  test("has modules that open no connection and generate no code", () => {
    const modules = packed.filter((path) => /^dist\/.*\.js$/.test(path));
    const reaching =
      /from "node:(https?|http2|net|tls|dgram|dns|vm|inspector|cluster)\b|\bfetch\(|WebSocket|\beval\(|new Function\(/;
    expect(modules.filter((path) => reaching.test(read(path)))).toEqual([]);
    const starting = modules.filter((path) => read(path).includes('"node:child_process"'));
    expect(starting).toEqual(["dist/cli/edition.js"]);
  });

  test("has commands with a shebang line", () => {
    for (const path of Object.values(manifest.bin)) expect(read(path)).toMatch(/^#!\/usr\/bin\/env node\n/);
  });
});

describe("package.json", () => {
  test("has no install or pack scripts", () => {
    const hooks = /^(pre|post)?(install|prepare|pack|publish|prepublishOnly|uninstall)$|^dependencies$/;
    expect(Object.keys(manifest.scripts).filter((name) => hooks.test(name))).toEqual([]);
  });

  test("has types first in its exports, and no other exports", () => {
    expect(Object.keys(manifest.exports)).toEqual([".", "./core", "./schema/*", "./package.json"]);
    for (const entrance of [".", "./core"]) {
      const conditions = Object.values(manifest.exports[entrance] as Record<string, object>);
      expect(conditions.map(Object.keys)).toEqual([
        ["types", "default"],
        ["types", "default"],
      ]);
    }
  });

  test("requires the Node.js that all dependencies support", () => {
    expect(manifest.engines.node).toBe(">=20.19");
  });
});

/** Licences that permit this use, as SPDX identifiers. */
const LICENCES = ["MIT", "ISC", "BSD-3-Clause", "PSF-2.0", "Unlicense", "(ISC AND CC-BY-3.0)"];

describe("the dependencies", () => {
  test("come from the registry, with digests and without install scripts", () => {
    expect(installed.length).toBeGreaterThan(Object.keys(manifest.dependencies).length);
    const wrong = installed.filter(
      ({ resolved = "https://registry.npmjs.org/", integrity = "", hasInstallScript }) =>
        !resolved.startsWith("https://registry.npmjs.org/") ||
        !integrity.startsWith("sha512-") ||
        hasInstallScript,
    );
    expect(wrong).toEqual([]);
  });

  test("have the licences and packages that docs/licences.md lists", () => {
    const lists = read("docs/licences.md").split("## Licences")[1] ?? "";
    const listed = [...lists.matchAll(/^\| (\S[^|]*?) \| ([^|]+) \|$/gm)]
      .map(([, licence, names]) => [licence, (names as string).trim().split(", ").sort()])
      .filter(([licence]) => LICENCES.includes(licence as string));
    const found = LICENCES.map((licence) => [
      licence,
      installed.flatMap((one) => (one.license === licence ? [one.name] : [])).sort(),
    ]);
    expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(found));
    expect(found.flatMap(([, names]) => names)).toHaveLength(installed.length);
  });

  test("include date-holidays, whose data is under a share-alike licence that we name", () => {
    const licence = read("node_modules/date-holidays/LICENSE");
    expect(licence).toContain("CC BY-SA 3.0");
    expect(licence).toContain("wikipedia");
    expect(read("docs/licences.md")).toContain("CC BY-SA 3.0");
  });
});
