// For evaluate.mjs: the engine file that visitors get, on an index that the project's own Python writer made.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import vm from "node:vm";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, "../..");
const run = (file) => vm.runInThisContext(fs.readFileSync(file, "utf8"), { filename: file });
const python = [process.env.PYTHON, path.join(root, ".venv/bin/python"), path.join(root, ".venv/Scripts/python.exe"), "python3"].find(
  (one) => one && (!one.includes(path.sep) || fs.existsSync(one)),
);

let pages, catalogues;

export async function init(products) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "search-index-"));
  fs.writeFileSync(path.join(folder, "corpus.json"), JSON.stringify(products));
  const made = spawnSync(python, [path.join(here, "write_index.py"), path.join(folder, "corpus.json"), folder], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (made.status !== 0) throw new Error(made.stderr);
  const written = JSON.parse(made.stdout);
  pages = written.pages;
  for (const name of ["search.js", "catalogue.js"]) run(path.join(root, "themes/base/assets", name));
  catalogues = {};
  for (const lang of written.languages) {
    catalogues[lang] = await globalThis.CnntSearch.open({ lang, src: `${folder}/${lang}.js`, load: async (src) => run(src) });
  }
  for (const catalogue of Object.values(catalogues)) for (const layer in catalogue.data.layers) await catalogue.want(layer);
  fs.rmSync(folder, { recursive: true });
}

const ids = (catalogue, products) => products.map((product) => pages[catalogue.product(product).page]);

export function search(text, lang) {
  const { products } = catalogues[lang].find({ text });
  return ids(catalogues[lang], products.slice(0, 20));
}

export function facets(text, lang, filters) {
  const chosen = Object.fromEntries(Object.entries(filters).map(([key, value]) => [key, [String(value)]]));
  const { products, counts } = catalogues[lang].find({ text, filters: chosen });
  return { ids: ids(catalogues[lang], products), counts };
}
