import { cpSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { type OutputOptions, type Plugin, rolldown } from "rolldown";
import { validatorsModule } from "./validators.js";

/**
 * Bundles what `tsc` has built: `daozhang/core` as an ES module, and both entrances as CommonJS under dist/cjs, with the
 * packages that they need. Run by `npm run build`.
 */

const DIST = fileURLToPath(new URL("..", import.meta.url));

/** Takes portable modules instead of those that need Node.js. jsonpath-plus makes code, and rules may not use it. */
const portable: Plugin = {
  name: "portable",
  resolveId(id, importer) {
    if (id === "jsonpath-plus") return "\0jsonpath-plus";
    if (id.endsWith("/validators.js") && importer?.startsWith(DIST))
      return join(DIST, "load/standalone-validators.cjs");
    if (id.endsWith("/holiday-library.js") && !id.includes("provided"))
      return join(DIST, "calendar/provided-holiday-library.js");
    return null;
  },
  load: (id) => (id === "\0jsonpath-plus" ? "export const JSONPath = undefined;" : null),
  // eventemitter2 looks for the global object by making a function.
  transform: (code) => (MADE_GLOBAL.test(code) ? code.replace(MADE_GLOBAL, "globalThis") : null),
};

const MADE_GLOBAL = /new\s+Function\(\s*(['"])\1\s*,\s*(['"])return this\2\s*\)\(\)/;

/** Each module keeps the address that it has outside the bundle, by which it finds rules, schemas and packages. */
const addresses: Plugin = {
  name: "addresses",
  transform(code, id) {
    if (!id.startsWith(DIST) || !code.includes("import.meta.url")) return null;
    return code.replaceAll("import.meta.url", `__addressOf(${JSON.stringify(relative(DIST, id))})`);
  },
};

const ADDRESS_OF =
  'const __addressOf = (path) => require("node:url").pathToFileURL(require("node:path").join(__dirname, "..", path)).href;';

async function bundle(input: string, plugins: Plugin[], output: OutputOptions, platform: "node" | "neutral") {
  const build = await rolldown({
    input: join(DIST, input),
    platform,
    plugins,
    resolve: { mainFields: ["module", "main"] },
    onLog: (level, log) => {
      if (level === "warn") throw new Error(log.message);
    },
  });
  await build.write({ codeSplitting: false, minify: true, keepNames: true, ...output });
  await build.close();
}

writeFileSync(join(DIST, "load/standalone-validators.cjs"), validatorsModule());
mkdirSync(join(DIST, "cjs"), { recursive: true });
writeFileSync(join(DIST, "cjs/package.json"), '{ "type": "commonjs" }\n');
await bundle("core.js", [portable], { file: join(DIST, "core.bundle.js"), format: "esm" }, "neutral");
await bundle("core.js", [portable], { file: join(DIST, "cjs/core.js"), format: "cjs" }, "neutral");
const index = { file: join(DIST, "cjs/index.js"), format: "cjs", banner: ADDRESS_OF } as const;
await bundle("index.js", [addresses], index, "node");
// Declarations of a CommonJS package: the same texts, under a package.json that says so.
const declarations = readdirSync(DIST, { recursive: true, encoding: "utf8" }).filter(
  (path) => path.endsWith(".d.ts") && !/^(cjs|cli|build)\//.test(path),
);
for (const path of declarations) {
  mkdirSync(dirname(join(DIST, "cjs", path)), { recursive: true });
  cpSync(join(DIST, path), join(DIST, "cjs", path));
}
