// Builds what the guide serves: node build.mjs [FOLDER]. The default folder is the one that `make run` serves.
// The built files are committed, so that serving needs no Node; tests/web builds again and compares byte for byte.
import { build } from "esbuild";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const common = {
  outdir: process.argv[2] ?? here("../balise/channels/page"),
  bundle: true,
  minify: true,
  target: ["es2022", "chrome94", "firefox101", "safari16.4"],
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
};

await build({
  ...common,
  entryPoints: [
    { in: here("src/guide.ts"), out: "guide" },
    { in: here("src/guide.css"), out: "guide" },
    { in: here("src/loader.ts"), out: "chargeur" },
  ],
  format: "iife",
  external: ["./protection.js", "./pdf-protection.js"],
});

// Loaded only when a code or a file is asked for (src/lazy.ts).
await build({
  ...common,
  entryPoints: [
    { in: here("src/protection.ts"), out: "protection" },
    { in: here("src/pdf-protection.ts"), out: "pdf-protection" },
  ],
  format: "esm",
  loader: { ".txt": "text" },
});
