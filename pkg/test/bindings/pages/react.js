import { createElement } from "react";
import { createRoot } from "react-dom/client";
import Page from "./Page.jsx";
import { start } from "./start.js";

start((main, props) => createRoot(main).render(createElement(Page, props)));
