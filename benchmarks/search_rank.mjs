// Runs the site's own ranking over queries: `node search_rank.mjs <folder of the site> < queries.json > results.json`.
//
// The queries are a JSON list of texts; what comes back has for each the results in order and the files it fetched.

import {copyFileSync, readFileSync} from "node:fs";
import {readFile} from "node:fs/promises";

// The site's scripts are modules by how pages load them, which Node cannot know from their names.
const folder = process.argv[2];
copyFileSync(new URL("../templates/js/rank.js", import.meta.url), `${folder}/rank.mjs`);
const {Search} = await import(`file://${folder}/rank.mjs`);

let version = "";
let fetched = [];

async function load(name) {
  const path = name === "first" ? "search/first.json" : `data/search/${name}.${version}.json`;
  const content = JSON.parse(await readFile(`${folder}/${path}`, "utf8"));
  if (name === "first") version = content.version;
  return content;
}

const kept = new Map();
async function loadOnce(name) {
  fetched.push(name);
  if (!kept.has(name)) kept.set(name, await load(name));
  return kept.get(name);
}

const answers = [];
for (const query of JSON.parse(readFileSync(0, "utf8"))) {
  // As if it were the first one a reader types.
  const search = new Search(loadOnce);
  await search.start();
  await search.take(search.basics());
  fetched = [];
  const start = performance.now();
  let answer = search.find(query);
  for (let turn = 0; answer.wants.length && turn < 12; turn += 1) {
    await search.take(answer.wants);
    answer = search.find(query);
  }
  const before = performance.now();
  search.find(query);
  const end = performance.now();
  answers.push({query, results: answer.results, instead: answer.instead, fetched, took: before - start, again: end - before});
}
process.stdout.write(JSON.stringify(answers));
