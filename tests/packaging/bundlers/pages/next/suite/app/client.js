"use client";
// A client component: the server renders it, the browser hydrates it, and both answer the suite.
import { useEffect, useState } from "react";
import { answers } from "../src/answers.js";
import data from "../src/data.json";

export function Client() {
  const [found] = useState(() => JSON.stringify(answers(data)));
  useEffect(() => {
    globalThis.hydrated = JSON.parse(found);
  }, [found]);
  return <pre id="client">{found}</pre>;
}
