import { AccessProvider, Can, useButton } from "bailiwick/react";

function Query({ id }) {
  const { state, text } = useButton("query_vectors", "project", id);
  return state === "enabled" && <button title={text}>Query {id}</button>;
}

export default function Page({ store, lessen }) {
  return (
    <AccessProvider store={store}>
      <Can action="rename" kind="project" id="p0" fallback={<i>no</i>}>
        <button>Rename p0</button>
      </Can>
      <Query id="p1" />
      <button onClick={lessen}>Lessen</button>
    </AccessProvider>
  );
}
