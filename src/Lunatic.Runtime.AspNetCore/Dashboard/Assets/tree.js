// Supervision trees as nested lists. Which supervisors are closed is remembered while the page is open.

import { el, kinds, name, processLink, state } from "./dom.js";
import { count } from "./format.js";

const closed = new Set();

/** A supervisor with what is below it. */
export function supervisorNode(supervisor, { path = "", child = null, current = null } = {}) {
  const key = `${path}/${supervisor.name}`;
  const below = supervisor.childCount - supervisor.children.length;
  const details = el("details", { open: !closed.has(key), toggle: () => details.open ? closed.delete(key) : closed.add(key) },
    el("summary", {}, line(supervisor.name, "supervisor", supervisor.id, current, child), el("span", { class: "note" }, ` ${child ? "· " : ""}${supervisor.strategy}, ${supervisor.childCount === 1 ? "1 child" : `${count(supervisor.childCount)} children`}`)),
    el("ul", { class: "tree" },
      supervisor.children.map(child => el("li", {}, child.supervisor
        ? supervisorNode(child.supervisor, { path: key, child, current })
        : line(child.name, child.kind, child.id, current, child))),
      below > 0 && el("li", { class: "note" }, supervisor.children.length === 0 ? `${count(below)} not shown here` : `and ${count(below)} more`)));
  return details;
}

function line(text, kind, id, current, child) {
  return el("span", { class: "node", "aria-current": id !== null && id === current ? "true" : null },
    name(text), " ",
    id === null ? el("span", { class: "note" }, "no process") : id === current ? el("span", { class: "note" }, `${id}, this one`) : processLink(id), " ",
    el("span", { class: "kind" }, kinds[kind]), " ",
    child && state(child.state),
    child?.restarts > 0 && el("span", { class: "restarts" }, ` ${child.restarts === 1 ? "1 restart" : `${count(child.restarts)} restarts`}`),
    child?.lastExit && el("span", { class: "exit" }, "last end: ", name(child.lastExit)));
}
