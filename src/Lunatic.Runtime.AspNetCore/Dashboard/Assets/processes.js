// The table of processes: searched, sorted and cut into pages by the server.

import { el, kinds, main, printable, processAddress, root, setAttribute, setState, setText, state } from "./dom.js";
import { bytes, compact, count, duration, time } from "./format.js";
import { poll } from "./poll.js";

const sizes = [25, 50, 100, 200];

// what is shown, what it is sorted by, and how a cell is filled
const columns = [
  { title: "Process", sort: "id", cell: () => ({ first: el("a"), second: el("bdi", { class: "name" }) }), fill: fillIdentity, head: true },
  { title: "State", sort: "state", cell: () => ({ first: state("waiting") }), fill: (cell, process) => setState(cell.first, process.state) },
  { title: "Mailbox", sort: "queuedMessages", numeric: true, descending: true, fill: (cell, process) => setNumber(cell.first, count(process.queued)) },
  { title: "Received", sort: "deliveredMessages", numeric: true, descending: true, fill: (cell, process) => setNumber(cell.first, compact(process.delivered)) },
  { title: "Memory", sort: "memoryBytes", numeric: true, descending: true, fill: (cell, process) => setNumber(cell.first, process.kind === "guest" ? bytes(process.memory) : "–") },
  { title: "Fuel", sort: "fuelUsed", numeric: true, descending: true, fill: (cell, process) => setNumber(cell.first, process.kind === "guest" ? compact(process.fuel) : "–") },
  { title: "Links", sort: "links", numeric: true, descending: true, fill: (cell, process) => setNumber(cell.first, count(process.links)) },
  { title: "Parent", sort: "parent", cell: () => ({ first: el("a") }), fill: fillParent },
  { title: "Runs", sort: "module", cell: () => ({ first: el("bdi", { class: "name" }) }), fill: fillFunction },
  { title: "Kind", sort: "kind", fill: (cell, process) => setText(cell.first, kinds[process.kind]) },
  { title: "Environment", sort: "environment", cell: () => ({ first: el("bdi", { class: "name" }) }), fill: (cell, process) => setText(cell.first, printable(process.environment)) },
  { title: "Age", sort: "startedAt", numeric: true, fill: fillAge },
];

// nothing is not worth a look
function setNumber(element, text) {
  setText(element, text);
  setAttribute(element, "class", text === "0" || text === "–" ? "nothing" : null);
}

function fillIdentity(cell, process) {
  setAttribute(cell.first, "href", processAddress(process.id));
  setText(cell.first, process.id);
  setText(cell.second, printable(process.names.join(", ")) + (process.nameCount > process.names.length ? ` and ${process.nameCount - process.names.length} more` : ""));
}

function fillParent(cell, process) {
  setText(cell.first, process.parent ?? "–");
  setAttribute(cell.first, "href", process.parent === null ? null : processAddress(process.parent));
}

function fillFunction(cell, process) {
  const text = printable(process.module === null ? process.function ?? "–" : `${process.module} · ${process.function}`);
  setText(cell.first, text);
  setAttribute(cell.first, "title", text);
}

function fillAge(cell, process) {
  setText(cell.first, duration(Date.now() - process.started));
  setAttribute(cell.first, "title", time(process.started));
}

export function processes() {
  const query = new URLSearchParams(location.search);
  const view = {
    search: query.get("search") ?? "",
    sort: columns.find(column => column.sort === query.get("sort"))?.sort ?? "id",
    descending: query.get("descending") === "true",
    page: Math.max(1, Number.parseInt(query.get("page"), 10) || 1),
    size: sizes.includes(Number(query.get("size"))) ? Number(query.get("size")) : 50,
  };
  const rows = new Map();
  let matching = 0, typing = 0;

  const search = el("input", { type: "search", id: "search", value: view.search, maxlength: 200, placeholder: "Id, name, module, function, environment", autocomplete: "off", spellcheck: "false", input: onSearch });
  const sortChoice = el("select", { id: "sort", change: () => sortBy(sortChoice.value) }, columns.map(column => el("option", { value: column.sort }, column.title)));
  const direction = el("button", { type: "button", class: "direction", click: () => change({ descending: !view.descending, page: 1 }) });
  const sizeChoice = el("select", { id: "size", change: () => change({ size: Number(sizeChoice.value), page: 1 }) }, sizes.map(size => el("option", { value: size }, String(size))));
  const previous = el("button", { type: "button", click: () => change({ page: view.page - 1 }) }, "Previous");
  const next = el("button", { type: "button", click: () => change({ page: view.page + 1 }) }, "Next");
  const range = el("p", { class: "range", role: "status" });
  const heads = columns.map(column => el("th", { scope: "col", class: column.numeric ? "number" : null },
    el("button", { type: "button", class: "sort", click: () => sortBy(column.sort) }, column.title)));
  const body = el("tbody");
  const empty = el("div", { class: "empty", hidden: true });
  const table = el("table", { class: "processes" }, el("caption", { class: "unseen" }, "Processes"), el("thead", {}, el("tr", {}, heads)), body);

  main.append(
    el("h1", {}, "Processes"),
    el("form", { class: "tools", role: "search", submit: event => event.preventDefault() },
      el("label", { class: "grow" }, el("span", { class: "unseen" }, "Search"), search),
      el("label", { class: "narrow" }, "Sort by ", sortChoice), direction),
    el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Table of processes" }, table), empty,
    el("nav", { class: "pages", "aria-label": "Pages of the table" }, range, el("span", { class: "turn" }, previous, next), el("label", {}, "Rows ", sizeChoice)));

  const refresh = poll(address, render);
  show();

  function address() {
    return `${root}api/processes?${new URLSearchParams({ search: view.search, sort: view.sort, descending: view.descending, page: view.page, size: view.size })}`;
  }

  function onSearch() {
    clearTimeout(typing);
    typing = setTimeout(() => change({ search: search.value, page: 1 }), 200);
  }

  // what is interesting comes first: the largest numbers, the first names
  function sortBy(sort) {
    const column = columns.find(column => column.sort === sort);
    change({ sort, descending: view.sort === sort ? !view.descending : column.descending === true, page: 1 });
  }

  function change(values) {
    Object.assign(view, values);
    const parameters = new URLSearchParams();
    for (const [key, value, usual] of [["search", view.search, ""], ["sort", view.sort, "id"], ["descending", view.descending, false], ["page", view.page, 1], ["size", view.size, 50]]) {
      if (value !== usual)
        parameters.set(key, value);
    }
    history.replaceState(null, "", parameters.size === 0 ? location.pathname : `?${parameters}`);
    table.setAttribute("aria-busy", "true");
    show();
    refresh();
  }

  function show() {
    sortChoice.value = view.sort;
    sizeChoice.value = String(view.size);
    setText(direction, view.descending ? "↓" : "↑");
    setAttribute(direction, "aria-label", view.descending ? "Greatest first; change" : "Least first; change");
    columns.forEach((column, index) => setAttribute(heads[index], "aria-sort", column.sort === view.sort ? (view.descending ? "descending" : "ascending") : null));
  }

  function render(answer) {
    table.removeAttribute("aria-busy");
    matching = answer.matching;
    const last = Math.max(1, Math.ceil(matching / view.size));
    if (view.page > last) {
      change({ page: last });
      return;
    }
    renderRows(answer.processes);
    const begin = (view.page - 1) * view.size;
    const shown = matching === 0 ? "" : `${count(begin + 1)}–${count(begin + answer.processes.length)} of ${count(matching)}`;
    setText(range, matching === answer.total ? shown : `${shown}${shown && " found"}, ${count(answer.total)} in all`.replace(/^, /, ""));
    previous.disabled = view.page === 1;
    next.disabled = view.page === last;
    empty.hidden = matching > 0;
    table.parentElement.hidden = matching === 0;
    renderEmpty(answer);
  }

  function renderEmpty(answer) {
    const text = answer.total === 0 ? "No process is there yet. Those that are spawned appear here." : `None of ${count(answer.total)} processes fits “${view.search}”.`;
    if (empty.firstChild?.textContent !== text)
      empty.replaceChildren(el("p", {}, text), ...(answer.total === 0 ? [] : [el("button", { type: "button", click: clear }, "Show all")]));
  }

  function clear() {
    search.value = "";
    search.focus();
    change({ search: "", page: 1 });
  }

  // rows are kept by id, so that focus and selection stay where they are
  function renderRows(list) {
    const ids = new Set(list.map(process => process.id));
    for (const [id, row] of rows) {
      if (ids.has(id))
        continue;
      row.element.remove();
      rows.delete(id);
    }
    list.forEach((process, index) => {
      let row = rows.get(process.id);
      if (row === undefined)
        rows.set(process.id, row = createRow());
      columns.forEach((column, place) => column.fill(row.cells[place], process));
      setAttribute(row.element, "data-id", process.id);
      if (body.children[index] !== row.element)
        body.insertBefore(row.element, body.children[index] ?? null);
    });
  }

  function createRow() {
    const cells = columns.map(column => column.cell?.() ?? { first: el("span") });
    const element = el("tr", {}, columns.map((column, index) => el(column.head ? "th" : "td",
      { scope: column.head ? "row" : null, class: column.numeric ? "number" : null, "data-label": column.title }, cells[index].first, cells[index].second)));
    return { element, cells };
  }
}
