// Asks the server again and again while the page can be seen, and says so when it does not answer.

import { setAttribute, setText } from "./dom.js";

const connection = document.getElementById("connection");
const interval = Number(document.documentElement.dataset.interval);
const patience = 15000;
const longestPause = 15000;

function show(status, text) {
  setAttribute(connection, "class", status);
  setText(connection, text);
  document.documentElement.classList.toggle("stale", status === "lost");
}

class Refused extends Error {
}

async function ask(address, signal) {
  const response = await fetch(address, { signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]), headers: { Accept: "application/json" }, cache: "no-store" });
  if (response.status === 401 || response.status === 403 || (response.ok && !response.headers.get("Content-Type")?.startsWith("application/json")))
    throw new Refused();
  if (response.status === 404)
    return null;
  if (!response.ok)
    throw new Error(`the server answers ${response.status}`);
  return response.json();
}

/**
 * Asks for an address, hands the answer (null: there is no such thing) to a function, and does so again after a while, sooner when told so.
 * @param address a function that gives the address
 * @param render takes the answer
 * @param pause milliseconds between answer and next question
 * @returns a function that asks now
 */
export function poll(address, render, pause = interval) {
  let timer = 0, failures = 0, lostAt = 0, current = new AbortController();

  async function step() {
    clearTimeout(timer);
    current.abort();
    const own = current = new AbortController();
    try {
      const answer = await ask(address(), own.signal);
      if (own.signal.aborted)
        return;
      failures = 0;
      show("live", "Live");
      if (render(answer) === false)
        return;
      again(pause);
    } catch (error) {
      if (own.signal.aborted)
        return;
      fail(error);
    }
  }

  function fail(error) {
    if (failures++ === 0)
      lostAt = Date.now();
    const since = new Date(lostAt).toLocaleTimeString();
    show("lost", error instanceof Refused ? `Not signed in any more since ${since}: reload the page` : `Connection lost since ${since}, trying again`);
    if (!(error instanceof TypeError || error instanceof DOMException || error instanceof Refused))
      console.error(error);
    again(Math.min(longestPause, 1000 * 2 ** Math.min(failures - 1, 4)));
  }

  function again(after) {
    clearTimeout(timer);
    if (!document.hidden)
      timer = setTimeout(step, after);
  }

  document.addEventListener("visibilitychange", () => document.hidden ? clearTimeout(timer) : step());
  window.addEventListener("online", step);
  step();
  return step;
}
