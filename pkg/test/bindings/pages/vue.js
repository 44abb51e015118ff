import { createApp } from "vue";
import Page from "./Page.vue";
import { start } from "./start.js";

start((main, props) => createApp(Page, props).mount(main));
