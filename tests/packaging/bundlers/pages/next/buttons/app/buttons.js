"use client";
import { useEffect } from "react";
import { Access } from "bailiwick";
import { AccessProvider, useButton } from "bailiwick/react";

const open = (bytes) => Access.open(bytes);

export function Buttons({ bytes }) {
  useEffect(() => {
    globalThis.hydrated = true;
  }, []);
  return (
    <AccessProvider bytes={bytes} open={open}>
      <Act action="query_vectors" />
      <Act action="rename" />
      <Act action="delete" />
    </AccessProvider>
  );
}

function Act({ action }) {
  const { state, text } = useButton(action, "project", "search");
  if (state === "hidden") return null;
  return (
    <button disabled={state === "disabled"} title={text}>
      {action}
    </button>
  );
}
