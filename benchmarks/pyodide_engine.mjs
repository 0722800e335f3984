// Started by pyodide_engine.py, which puts the calculator's wheel and the requests into a folder.
import { readFileSync } from "node:fs";
import path from "node:path";
import { loadPyodide, version } from "pyodide";

const folder = process.argv[2];
const plan = JSON.parse(readFileSync(path.join(folder, "plan.json"), "utf8"));
const { load, amounts, estimates, full, curve } = plan.requests;

/** CPU milliseconds of this process since it began. */
function cpu() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function middle(values) {
  return values.sort((a, b) => a - b)[values.length >> 1];
}

/** How often requests are answered per CPU second: the median of some rounds. */
function perSecond(requests) {
  const rates = [];
  for (let round = 0; round < plan.rounds; round += 1) {
    let done = 0;
    const start = cpu();
    while (cpu() - start < plan.seconds * 1000) {
      for (const request of requests) {
        answer(request);
      }
      done += requests.length;
    }
    rates.push((done * 1000) / (cpu() - start));
  }
  return middle(rates);
}

/** CPU milliseconds for all requests once: the first time, and the median afterwards. */
function milliseconds(requests) {
  const times = [];
  for (let round = 0; round <= 4 * plan.rounds; round += 1) {
    const start = cpu();
    requests.forEach((request) => answer(request));
    times.push(cpu() - start);
  }
  return [times[0], middle(times.slice(1))];
}

function checked(request) {
  const reply = JSON.parse(answer(request));
  if (!reply.ok) {
    throw new Error(`${request}\n${JSON.stringify(reply)}`);
  }
  return reply;
}

const booting = cpu();
const pyodide = await loadPyodide();
pyodide.unpackArchive(new Uint8Array(readFileSync(path.join(folder, plan.wheel))), "wheel");
const booted = cpu();
const answer = pyodide.pyimport("calculator.bridge").answer;
const imported = cpu();
for (const request of load.slice(0, 20)) {
  checked(request);
}
const few = cpu();
for (const request of load.slice(20)) {
  checked(request);
}
const loaded = cpu();
for (const request of [...amounts, ...estimates, ...full, ...curve]) {
  checked(request);
}
const python = pyodide.runPython("import sys; sys.version.split()[0]");
const [first, again] = milliseconds(curve);
const whole = (number) => Math.round(number).toLocaleString("en-US");
const rows = [
  ["Pyodide 启动，毫秒", whole(booted - booting)],
  ["载入计算器，毫秒", whole(imported - booted)],
  ["读一个区（前 20 个），毫秒", ((few - imported) / 20).toFixed(2)],
  [`读一个区（第 21 到第 ${load.length} 个），毫秒`, ((loaded - few) / (load.length - 20)).toFixed(2)],
  ["只要金额（want: amounts），次 / CPU 秒", whole(perSecond(amounts))],
  ["带步骤、句子和出处（want: estimates），次 / CPU 秒", whole(perSecond(estimates))],
  ["全部（再加“再多花 1,000 元”和结算单的 HTML），次 / CPU 秒", whole(perSecond(full))],
  [`${curve.length} 个区的精确曲线，一共，毫秒`, `${again.toFixed(1)}（第一次 ${first.toFixed(1)}）`],
];
console.log(`Pyodide ${version}（Python ${python}），Node ${process.versions.node}，${load.length} 个统筹区\n`);
console.log(["| | |", "|---|---|", ...rows.map(([name, value]) => `| ${name} | ${value} |`)].join("\n"));
