import { mount } from "svelte";
import Page from "./Page.svelte";
import { start } from "./start.js";

start((target, props) => mount(Page, { target, props }));
