// One process.

import { el, kinds, main, name, processLink, reference, root, setAttribute, setState, setText, state } from "./dom.js";
import { bytes, compact, count, duration, rate, time } from "./format.js";
import { Plot } from "./plot.js";
import { poll } from "./poll.js";
import { supervisorNode } from "./tree.js";

const kept = 150;

export function process() {
  const id = decodeURIComponent(location.pathname.split("/").at(-1));
  const address = `${root}api/processes/${encodeURIComponent(id)}`;
  const points = [];
  let known = null;

  const heading = el("h1", {}, `Process ${id}`);
  const names = el("p", { class: "names" });
  const status = state("waiting");
  status.hidden = true;
  const ended = el("p", { class: "warning", role: "status", hidden: true });
  const buttons = el("div", { class: "actions" });
  const outcome = el("p", { class: "note", role: "status" });
  const facts = el("dl", { class: "facts" });
  const plots = {
    mail: new Plot("Mailbox", compact, ["messages"], { span: 60000 }),
    received: new Plot("Received per second", rate, ["messages"], { span: 60000 }),
    fuel: new Plot("Operations per second", rate, ["operations"], { span: 60000 }),
  };
  const plotSection = el("section", { class: "plots", "aria-label": "Since this page was opened", hidden: true }, Object.values(plots).map(plot => plot.element));
  const stack = el("section", { class: "card", hidden: true });
  const relations = el("section", { class: "columns", hidden: true });
  const supervision = el("section", { class: "card", hidden: true });
  document.title = `${id} · Lunatic`;
  main.append(el("div", { class: "head" }, el("div", {}, el("div", { class: "titles" }, heading, status), names), buttons), outcome, ended, facts, plotSection, stack, supervision, relations);

  const refresh = poll(() => address, render);

  function render(answer) {
    if (answer === null) {
      renderEnd();
      return false;
    }
    renderIdentity(answer);
    renderFacts(answer);
    renderPlots(answer);
    renderStack(answer);
    renderRelations(answer);
    renderSupervision(answer);
    renderButtons(answer);
    known = answer;
  }

  function renderEnd() {
    ended.hidden = false;
    setText(ended, known === null ? "There is no such process, or it has ended." : "This process has ended. What is shown was seen last.");
    buttons.replaceChildren(el("a", { class: "button", href: `${root}processes` }, "All processes"));
    setText(outcome, "");
    if (known !== null)
      setState(status, "ended");
  }

  function renderIdentity(answer) {
    status.hidden = false;
    setState(status, answer.state);
    if (known?.names.join() !== answer.names.join() || known === null)
      names.replaceChildren(...answer.names.flatMap((text, index) => index === 0 ? [name(text)] : [", ", name(text)]), ...(answer.nameCount > answer.names.length ? [` and ${count(answer.nameCount - answer.names.length)} more`] : []));
  }

  function renderFacts(answer) {
    const isGuest = answer.kind === "guest";
    const list = [
      ["Kind", kinds[answer.kind]],
      answer.module !== null && ["Module", name(answer.module)],
      answer.function !== null && ["Function", name(answer.function)],
      ["Environment", name(answer.environment)],
      ["Parent", answer.parentProcess ? reference(answer.parentProcess) : "the application"],
      ["Started", [`${duration(Date.now() - answer.started)} ago `, el("span", { class: "note" }, time(answer.started))]],
      ["Mailbox", `${count(answer.queued)} ${answer.queued === 1 ? "message" : "messages"}, ${bytes(answer.queuedBytes)}`],
      ["Received", `${count(answer.delivered)} ${answer.delivered === 1 ? "message" : "messages"} so far`],
      isGuest && ["Memory", `${bytes(answer.memory)} of ${bytes(answer.maxMemory)}`],
      isGuest && ["Fuel", `${count(answer.fuel)} operations${answer.maxFuel === null ? "" : ` of ${compact(answer.maxFuel)}`}`],
    ].filter(Boolean);
    facts.replaceChildren(...list.map(([term, value]) => el("div", {}, el("dt", {}, term), el("dd", {}, value))));
  }

  function renderPlots(answer) {
    points.push({ time: Date.now(), queued: answer.queued, delivered: answer.delivered, fuel: answer.fuel });
    points.splice(0, Math.max(0, points.length - kept));
    const perSecond = (member, index) => index === 0 ? null : (points[index][member] - points[index - 1][member]) * 1000 / Math.max(1, points[index].time - points[index - 1].time);
    plots.mail.update(points.map(point => ({ time: point.time, values: [point.queued] })));
    plots.received.update(points.map((point, index) => ({ time: point.time, values: [perSecond("delivered", index)] })));
    plots.fuel.update(points.map((point, index) => ({ time: point.time, values: [perSecond("fuel", index)] })));
    plots.fuel.element.hidden = answer.kind !== "guest";
    plotSection.hidden = false;
  }

  function renderStack(answer) {
    stack.hidden = answer.kind !== "guest";
    if (stack.hidden || (known !== null && known.answered === answer.answered && known.stack?.join("\n") === answer.stack?.join("\n")))
      return;
    stack.replaceChildren(el("h2", {}, "Stack"),
      !answer.answered ? el("p", { class: "note" }, "The process is busy: it did not answer in time. It is asked again.")
        : answer.stack.length === 0 ? el("p", { class: "note" }, "No call yet.")
          : el("ol", { class: "stack", tabindex: 0, "aria-label": "Calls, innermost first" }, answer.stack.map(frame)));
  }

  // name (function 12, offset 0x1f3)
  function frame(line) {
    const place = line.lastIndexOf(" (function ");
    return el("li", {}, place < 0 ? line : [name(line.slice(0, place)), el("span", { class: "note" }, line.slice(place))]);
  }

  function renderRelations(answer) {
    const group = (title, list, total, none) => el("div", {}, el("h2", {}, title, total > 0 && el("span", { class: "note" }, ` ${count(total)}`)),
      total === 0 ? el("p", { class: "note" }, none) : el("ul", { class: "references" }, list.map(process => el("li", {}, reference(process))), total > list.length && el("li", { class: "note" }, `and ${count(total - list.length)} more`)));
    relations.hidden = false;
    if (relations.contains(document.activeElement))
      return;
    relations.replaceChildren(
      group("Children", answer.children, answer.childCount, "It spawned none that live."),
      ...(answer.answered ? [
        group("Links", answer.linked, answer.links, "None."),
        group("Watched by", answer.watchedBy, answer.watchers, "Nobody."),
        group("Watches", answer.watches, answer.watchCount, "Nobody."),
      ] : []));
  }

  function renderSupervision(answer) {
    supervision.hidden = answer.supervision === undefined;
    if (supervision.hidden || supervision.contains(document.activeElement))
      return;
    const { path, tree } = answer.supervision;
    supervision.replaceChildren(...[
      el("h2", {}, "Supervision"),
      path.length > 1 && el("p", { class: "path" }, path.flatMap((supervisor, index) => [index > 0 && " › ", supervisor.id === answer.id ? name(supervisor.name) : processLink(supervisor.id, name(supervisor.name))])),
      supervisorNode(tree, { current: answer.id, path: `${id}/${path[0].id}` }),
    ].filter(Boolean));
  }

  function renderButtons(answer) {
    if (known !== null && known.canKill === answer.canKill && known.canStop === answer.canStop)
      return;
    buttons.replaceChildren(
      ...(answer.canStop ? [el("button", { type: "button", click: () => ask("stop", "Stop", answer.supervision?.child ? "Its supervisor asks it to end and does not start it again." : "It is asked to end.") }, "Stop")] : []),
      ...(answer.canKill ? [el("button", { type: "button", class: "danger", click: () => ask("kill", "Kill", answer.supervision?.child ? "It ends at once. Its supervisor may start it again." : "It ends at once, and those linked to it may end with it.") }, "Kill")] : []));
  }

  function ask(action, title, consequence) {
    const dialog = el("dialog", { "aria-labelledby": "question", close: () => dialog.remove() },
      el("form", { method: "dialog" },
        el("h2", { id: "question" }, `${title} process ${id}?`),
        known.names.length > 0 && el("p", {}, name(known.names[0])),
        el("p", {}, consequence),
        el("div", { class: "actions" }, el("button", { value: "no" }, "Cancel"), el("button", { type: "button", class: "danger", click: () => { dialog.close(); act(action); } }, title))));
    document.body.append(dialog);
    dialog.showModal();
  }

  async function act(action) {
    setText(outcome, action === "kill" ? "Killing …" : "Stopping …");
    try {
      const response = await fetch(`${address}/${action}`, { method: "POST" });
      const answer = response.ok ? null : await response.json().catch(() => null);
      setText(outcome, response.ok ? (action === "kill" ? "Killed." : "Asked to end.") : answer?.error ?? `The server refused (${response.status}).`);
    } catch {
      setText(outcome, "The server did not answer.");
    }
    refresh();
  }
}
