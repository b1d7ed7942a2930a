// Packs the package, installs it into an empty project, compiles a consumer under two module resolutions, and runs the
// library and the command. Needs a registry, or npm's cache of one.
//
//     node test/package/install.mjs [NODE...]     paths of Node.js; the default is the current one
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const TSC = join(ROOT, "node_modules/typescript/bin/tsc");
const nodes = process.argv.length > 2 ? process.argv.slice(2) : [process.execPath];

/** Pinned here, and installed on first use, because other checks do not need them. */
const LINTERS = [
  ["publint@0.3.25", "--strict"],
  ["@arethetypeswrong/cli@0.18.5", "--profile", "esm-only", "--no-color", "--format", "ascii"],
];

const ANSWER = {
  expected: "2026-02-24T10:00:00+08:00",
  verdict: "normal",
  said: true,
  same: true,
  code: "bad-time",
  problems: true,
  watching: true,
  adopted: true,
  endings: true,
};
const WHEN =
  "when --channel cn.acquiring --fact settlement=t1 --amount 1000 --at 2026-02-13T23:30:00+08:00 --json";

const folder = mkdtempSync(join(tmpdir(), "daozhang-install-"));
const inFolder = (command, args) =>
  execFileSync(command, args, { cwd: folder, encoding: "utf8", stdio: "pipe" });

function assertEqual(what, found, expected) {
  if (JSON.stringify(found) === JSON.stringify(expected)) return;
  throw new Error(`${what}\n  gives ${JSON.stringify(found)}\n  not   ${JSON.stringify(expected)}`);
}

function pack() {
  const args = ["pack", "--ignore-scripts", "--json", "--pack-destination", folder];
  const [{ filename, size }] = JSON.parse(
    execFileSync("npm", args, { cwd: ROOT, encoding: "utf8", stdio: "pipe" }),
  );
  console.log(`${filename}, ${Math.round(size / 1024)} kB`);
  return join(folder, filename);
}

function install(tarball) {
  writeFileSync(join(folder, "package.json"), '{ "name": "stranger", "private": true, "type": "module" }');
  inFolder("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", tarball]);
  for (const file of [
    "dist/pack-stamp.json",
    "dist/cli/main.js",
    "rules/systems.json",
    "calendars/cn.hvps.json",
  ])
    if (!existsSync(join(folder, "node_modules/daozhang", file))) throw new Error(`${file} is not installed`);
}

/** Compiles with strict options, and checks our declaration files too. */
function compile(module, moduleResolution) {
  cpSync(join(ROOT, "test/package/consumer.ts"), join(folder, "consumer.ts"));
  const compilerOptions = {
    ...{ module, moduleResolution, target: "es2022", lib: ["es2023"], outDir: moduleResolution, types: [] },
    ...{ strict: true, exactOptionalPropertyTypes: true, verbatimModuleSyntax: true, skipLibCheck: false },
  };
  const globals = "declare const console: { log(text: string): void };\n";
  writeFileSync(join(folder, "globals.d.ts"), globals);
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
  inFolder(process.execPath, [TSC]);
}

function run(node) {
  const version = inFolder(node, ["--version"]).trim();
  for (const resolution of ["nodenext", "bundler"])
    assertEqual(
      `${resolution} on ${version}`,
      JSON.parse(inFolder(node, [`${resolution}/consumer.js`])),
      ANSWER,
    );
  const main = "node_modules/.bin/daozhang";
  const { expected } = JSON.parse(inFolder(node, [main, ...WHEN.split(" ")]));
  assertEqual(`the command on ${version}`, expected, ANSWER.expected);
  const schema =
    "import(process.argv[1], { with: { type: 'json' } }).then((one) => console.log(one.default.title))";
  inFolder(node, ["-e", schema, "daozhang/schema/channel.schema.json"]);
  console.log(`the library and the command run on ${version}`);
}

try {
  const tarball = pack();
  for (const linter of LINTERS) inFolder("npx", ["--yes", ...linter, tarball]);
  console.log(`${LINTERS.map(([name]) => name).join(" and ")} find nothing`);
  install(tarball);
  compile("nodenext", "nodenext");
  compile("esnext", "bundler");
  console.log(
    `its types resolve under nodenext and bundler, with TypeScript ${JSON.parse(readFileSync(join(dirname(dirname(TSC)), "package.json"), "utf8")).version}`,
  );
  for (const node of nodes) run(node);
} catch (error) {
  console.error(error.message, error.stdout ?? "", error.stderr ?? "");
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
