// Builds the page's scripts, styles, fonts and icons. Run by `npm run build`; the output is committed.
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const work = join(here, ".build");
const dist = join(here, "../static/dist");
const icons = join(here, "../templates/components/icon");
// The oldest browsers schools still hold: see docs/front-end.md.
const target = ["chrome111", "firefox128", "safari16.4"];

/** Turn tokens.json into custom properties: paper by default, stage where the reader or the system wants dark. */
async function writeTokens() {
  const tokens = JSON.parse(await readFile(join(here, "tokens.json"), "utf8"));
  const block = (set) => Object.entries(set).map(([name, value]) => `--${name}: ${value};`);
  const paper = block(tokens.paper).join("\n");
  const stage = block(tokens.stage).join("\n");
  const css = [
    `:root, [data-theme="light"] { color-scheme: light; ${paper} }`,
    `@media (prefers-color-scheme: dark) { :root:not([data-theme="light"]) { color-scheme: dark; ${stage} } }`,
    `[data-theme="dark"], .on-stage { color-scheme: dark; ${stage} }`,
  ];
  await writeFile(join(work, "tokens.css"), `@layer tokens {\n${css.join("\n")}\n}\n`);
}

/** Copy the chosen icons as inline components, so that a page asks for no icon file. */
async function writeIcons() {
  await rm(icons, { recursive: true, force: true });
  await mkdir(icons, { recursive: true });
  for (const name of JSON.parse(await readFile(join(here, "icons.json"), "utf8"))) {
    const svg = await readFile(join(here, `node_modules/lucide-static/icons/${name}.svg`), "utf8");
    const shapes = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
    const lines = shapes.trim().split(/\n\s*/).join("");
    await writeFile(
      join(icons, `${name.replaceAll("-", "_")}.html`),
      `<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${lines}</svg>`,
    );
  }
}

/** Put the licence of everything we ship beside it. */
async function writeLicences() {
  await mkdir(join(dist, "licences"), { recursive: true });
  const shipped = [
    "@codemirror/view", // one licence for all of CodeMirror
    "htmx.org",
    "lucide-static",
    "@fontsource-variable/atkinson-hyperlegible-mono",
    "@fontsource-variable/atkinson-hyperlegible-next",
    "@fontsource-variable/newsreader",
  ];
  for (const name of shipped) {
    const folder = join(here, "node_modules", name);
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    if (!file) throw new Error(`${name} has no licence file`);
    await cp(join(folder, file), join(dist, "licences", `${name.startsWith("@codemirror/") ? "codemirror" : name.split("/").at(-1)}.txt`));
  }
}

async function buildPages() {
  await rm(dist, { recursive: true, force: true });
  await writeTokens();
  await writeIcons();
  const common = { bundle: true, minify: true, target, outdir: dist, logLevel: "warning", legalComments: "none" };
  await esbuild.build({
    ...common,
    entryPoints: ["app", "board", "code", "compare", "present", "shared", "studio"].map((name) => join(here, `src/${name}.ts`)),
    format: "esm",
  });
  await esbuild.build({
    ...common,
    entryPoints: [join(here, "src/styles/app.css")],
    assetNames: "fonts/[name]",
    loader: { ".woff2": "file" },
  });
  await writeLicences();
}

async function buildTests() {
  const folder = join(here, "../tests/frontend");
  const files = (await readdir(folder)).filter((name) => name.endsWith(".test.ts"));
  await esbuild.build({
    entryPoints: files.map((name) => join(folder, name)),
    bundle: true,
    platform: "node",
    format: "esm",
    outdir: join(work, "tests"),
    outExtension: { ".js": ".mjs" },
  });
}

await mkdir(work, { recursive: true });
await (process.argv.includes("--tests") ? buildTests() : buildPages());
