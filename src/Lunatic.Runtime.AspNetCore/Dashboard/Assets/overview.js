// The first page: the runtime as a whole.

import { el, main, name, root, setAttribute, setText, states } from "./dom.js";
import { bytes, compact, count, rate } from "./format.js";
import { Plot, spark } from "./plot.js";
import { poll } from "./poll.js";

const kept = 150;
const order = ["running", "ready", "receiving", "sleeping", "waiting"];

const rateBetween = (previous, sample, member) =>
  previous === null || sample.time <= previous.time ? null : Math.max(0, (sample[member] - previous[member]) * 1000 / (sample.time - previous.time));

// counted modulo 2^32
const slicesBetween = (previous, sample, thread) =>
  previous?.threads[thread] === undefined || sample.time <= previous.time ? null
    : ((sample.threads[thread][1] - previous.threads[thread][1]) >>> 0) * 1000 / (sample.time - previous.time);

function tile(label) {
  const value = el("b", {}, "–"), note = el("span", { class: "note" });
  return { element: el("div", { class: "tile" }, el("span", { class: "label" }, label), value, note), value, note };
}

function table(caption, ...heads) {
  const body = el("tbody");
  return {
    body,
    element: el("div", { class: "scroll" }, el("table", { class: "small" }, el("caption", {}, caption),
      el("thead", {}, el("tr", {}, heads.map(([text, kind]) => el("th", { scope: "col", class: kind }, text)))), body)),
  };
}

export function overview() {
  const samples = [];
  let run = "";

  const tiles = {
    processes: tile("Processes"), messages: tile("Messages"), spawned: tile("Spawned"), queue: tile("Run queue"), memory: tile("Guest memory"), mail: tile("In mailboxes"),
  };
  const plots = {
    processes: new Plot("Processes", compact, ["processes"]),
    messages: new Plot("Messages per second", rate, ["delivered", "undeliverable"]),
    life: new Plot("Processes per second", rate, ["spawned", "ended", "failed"]),
    queue: new Plot("Run queue", compact, ["ready"]),
    slices: new Plot("Slices per second", rate, ["slices"]),
    memory: new Plot("Memory", bytes, ["guests", "managed heap"], { least: 1048576, base: 1024 }),
  };
  const warning = el("p", { class: "warning", role: "alert", hidden: true });
  const bar = el("div", { class: "share", role: "img" });
  const legend = el("ul", { class: "legend" });
  const parts = order.map(state => ({ state, part: el("span", { class: `part ${state}` }), number: el("b") }));
  bar.append(...parts.map(part => part.part));
  legend.append(...parts.map(part => el("li", {}, el("a", { href: `${root}processes?sort=state` }, el("span", { class: `dot ${part.state}` }), states[part.state], " ", part.number))));
  const kinds = el("p", { class: "note" });
  const workers = table("Workers and their run queues", ["Worker"], ["State"], ["Slices/s", "number"], ["Queue", "number"], ["", "trend"]);
  const environments = table("Environments", ["Environment"], ["Processes", "number"], ["Lost", "number"]);
  const more = el("p", { class: "note" });

  main.append(
    el("h1", {}, "Overview"), warning,
    el("section", { class: "tiles", "aria-label": "Now" }, Object.values(tiles).map(tile => tile.element)),
    el("section", { class: "plots", "aria-label": "The last minutes" }, Object.values(plots).map(plot => plot.element)),
    el("section", { class: "columns" },
      el("div", {}, el("h2", {}, "What processes do"), bar, legend, kinds),
      el("div", {}, workers.element),
      el("div", {}, environments.element, more)));

  poll(() => `${root}api/overview?run=${run}&after=${samples.at(-1)?.number ?? 0}`, render);

  function render(answer) {
    if (String(answer.run) !== run) {
      run = String(answer.run);
      samples.length = 0;
    }
    samples.push(...answer.samples);
    samples.splice(0, Math.max(0, samples.length - kept));
    if (samples.length > 0)
      renderSamples(answer);
    renderCensus(answer.census);
    renderEnvironments(answer);
    warning.hidden = answer.stuckWorkers === 0;
    setText(warning, answer.stuckWorkers === 0 ? "" : `${answer.stuckWorkers} of ${answer.workers} workers are stuck in a host call or a C# body; spare threads stand in for them.`);
  }

  function renderSamples(answer) {
    const points = samples.map((sample, index) => ({ sample, previous: index === 0 ? null : samples[index - 1] }));
    const show = (plot, values) => plot.update(points.map(({ sample, previous }) => ({ time: sample.time, values: values(sample, previous) })));
    show(plots.processes, sample => [sample.processes]);
    show(plots.messages, (sample, previous) => [rateBetween(previous, sample, "delivered"), rateBetween(previous, sample, "undeliverable")]);
    show(plots.life, (sample, previous) => ["spawned", "ended", "failed"].map(member => rateBetween(previous, sample, member)));
    show(plots.queue, sample => [sample.queue]);
    show(plots.slices, (sample, previous) => [previous === null ? null : sample.threads.reduce((sum, _, thread) => sum + (slicesBetween(previous, sample, thread) ?? 0), 0)]);
    show(plots.memory, sample => [sample.committed, sample.managed]);

    const { sample, previous } = points.at(-1);
    const perSecond = member => {
      const value = rateBetween(previous, sample, member);
      return value === null ? "–" : `${rate(value)}/s`;
    };
    setText(tiles.processes.value, count(sample.processes));
    setText(tiles.processes.note, `${compact(sample.spawned)} so far, ${compact(sample.failed)} failed`);
    setText(tiles.messages.value, perSecond("delivered"));
    setText(tiles.messages.note, `${compact(sample.undeliverable)} undeliverable`);
    setText(tiles.spawned.value, perSecond("spawned"));
    setText(tiles.spawned.note, `${perSecond("ended")} ended`);
    setText(tiles.queue.value, count(sample.queue));
    setText(tiles.queue.note, `${sample.threads.filter(thread => thread[2] !== "idle").length} of ${answer.workers} workers busy`);
    setText(tiles.memory.value, bytes(sample.committed));
    setText(tiles.memory.note, `of ${bytes(answer.maxCommitted)}`);
    renderWorkers(sample, previous);
  }

  function renderWorkers(sample, previous) {
    // spare workers that never ran anything lately are not worth a line
    const shown = sample.threads.map((thread, number) => ({ thread, number, slices: slicesBetween(previous, sample, number) }))
      .filter(({ thread, slices }) => !thread[3] || thread[2] !== "idle" || thread[0] > 0 || slices > 0);
    const trend = queueOf => {
      const values = samples.map(queueOf);
      return el("td", { class: "trend" }, spark(values, `at most ${Math.max(...values)}`));
    };
    const shared = sample => Math.max(0, sample.queue - sample.threads.reduce((sum, thread) => sum + thread[0], 0));
    workers.body.replaceChildren(...shown.map(({ thread: [queue, , state, isSpare], number, slices }) => el("tr", {},
      el("th", { scope: "row" }, `${number}${isSpare ? " (spare)" : ""}`),
      el("td", {}, el("span", { class: `state ${state === "idle" ? "sleeping" : state === "stuck" ? "stopped" : "running"}` }, state === "idle" ? "Idle" : state === "stuck" ? "Stuck" : "Running")),
      el("td", { class: "number" }, slices === null ? "–" : rate(slices)),
      el("td", { class: "number" }, count(queue)),
      trend(sample => sample.threads[number]?.[0] ?? 0))),
    el("tr", {}, el("th", { scope: "row" }, "shared"), el("td"), el("td"), el("td", { class: "number" }, count(shared(sample))), trend(shared)));
  }

  function renderCensus(census) {
    const total = order.reduce((sum, state) => sum + census[state], 0);
    for (const { state, part, number } of parts) {
      part.style.flexGrow = census[state];
      part.hidden = census[state] === 0;
      setText(number, count(census[state]));
    }
    bar.hidden = total === 0;
    setAttribute(bar, "aria-label", order.map(state => `${states[state]} ${census[state]}`).join(", "));
    setText(kinds, total === 0 ? "No process is there." : `${count(census.guests)} guests, ${count(census.natives)} C# processes, ${count(census.supervisors)} supervisors`);
    setText(tiles.mail.value, compact(census.queuedMessages));
    setText(tiles.mail.note, census.queuedMessages === 1 ? "message waits" : "messages wait");
  }

  function renderEnvironments(answer) {
    environments.body.replaceChildren(...answer.environments.map(environment => el("tr", {},
      el("th", { scope: "row" }, el("a", { href: `${root}processes?search=${encodeURIComponent(environment.name)}` }, name(environment.name)), environment.name === String(environment.id) ? null : el("span", { class: "note" }, ` ${environment.id}`)),
      el("td", { class: "number" }, count(environment.processes)),
      el("td", { class: "number" }, count(environment.undeliverable)))));
    const rest = answer.environmentCount - answer.environments.length;
    setText(more, answer.environmentCount === 0 ? "There is no environment." : rest > 0 ? `and ${count(rest)} smaller ones` : "");
  }
}
