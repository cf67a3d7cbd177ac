// The pages of the dashboard. Each asks for JSON and fills the frame that the server sent.

import { main } from "./dom.js";
import { overview } from "./overview.js";
import { processes } from "./processes.js";
import { process } from "./process.js";
import { supervision } from "./supervision.js";

const pages = { overview, processes, process, supervision };

main.replaceChildren();
pages[document.documentElement.dataset.page]();
