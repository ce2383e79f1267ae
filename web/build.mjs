// Builds what the guide serves: node build.mjs [FOLDER]. The default folder is the one that `make run` serves.
// The built files are committed, so that serving needs no Node; tests/web builds again and compares byte for byte.
import { build } from "esbuild";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

await build({
  entryPoints: [
    { in: here("src/guide.ts"), out: "guide" },
    { in: here("src/guide.css"), out: "guide" },
    { in: here("src/loader.ts"), out: "chargeur" },
  ],
  outdir: process.argv[2] ?? here("../balise/channels/page"),
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2022", "chrome94", "firefox101", "safari16.4"],
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
});
