// All supervision trees.

import { el, main, name, root } from "./dom.js";
import { poll } from "./poll.js";
import { supervisorNode } from "./tree.js";

// a look at all trees costs the server more than the other pages
const pause = Math.max(3000, Number(document.documentElement.dataset.interval));

export function supervision() {
  const content = el("div");
  let shown = "";
  main.append(el("h1", {}, "Supervision"), content);
  poll(() => `${root}api/supervision`, render, pause);

  function render(answer) {
    // as long as nothing changes, focus and open branches stay
    const text = JSON.stringify(answer);
    if (text === shown)
      return;
    shown = text;
    const focused = content.contains(document.activeElement) ? [...content.querySelectorAll("a, summary")].indexOf(document.activeElement) : -1;
    content.replaceChildren(
      ...answer.ended.map(supervisor => el("p", { class: supervisor.failed ? "warning" : "empty" }, "Supervisor ", name(supervisor.name), supervisor.failed ? " has failed: " : " has ended: ", name(supervisor.reason))),
      ...answer.trees.map(tree => el("section", { class: "card" },
        el("h2", {}, name(tree.supervisor.name), el("span", { class: "note" }, " in environment ", name(tree.environment))),
        supervisorNode(tree.supervisor, { path: `${tree.environment}/${tree.supervisor.id}` }))),
      ...(answer.trees.length + answer.ended.length > 0 ? [] : [el("div", { class: "empty" }, el("p", {}, "No supervisor runs."), el("p", { class: "note" }, "Supervisors that the application starts, by AddSupervisor or SuperviseAsync, appear here with their children."))]));
    if (focused >= 0)
      content.querySelectorAll("a, summary")[focused]?.focus();
  }
}
