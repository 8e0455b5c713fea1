// Build the pages' assets into the folder named by the first argument: base.css and base.js for every page, cockpit.css
// and cockpit.js (with the charts) for the cockpit alone, looks.css and looks.js for the ways to look at the ledger.
// Oldest browser to serve: Chromium 80 (see docs/decisions/0003-assets.md).

import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import * as esbuild from "esbuild";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2];
const shared = { target: "chrome80", minify: true, charset: "utf8", legalComments: "linked", logLevel: "warning" };

await mkdir(out, { recursive: true });

const sheets = {};
for (const name of ["base", "cockpit", "looks"]) {
  const theme = sass.compile(join(here, `src/scss/${name}.scss`), {
    loadPaths: [join(here, "node_modules")],
    quietDeps: true,
    silenceDeprecations: ["import"], // Bootstrap 5.3 is written with @import
  });
  sheets[name] = join(out, `${name}.scss.css`);
  await writeFile(sheets[name], theme.css);
}

await esbuild.build({
  ...shared,
  entryPoints: Object.fromEntries(Object.keys(sheets).map((name) => [name, join(here, `src/js/${name}.js`)])),
  bundle: true,
  format: "iife",
  outdir: out,
});
await esbuild.build({ ...shared, entryPoints: sheets, bundle: true, outdir: out });
