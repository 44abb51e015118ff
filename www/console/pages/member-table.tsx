import { type Virtualizer, useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp, ArrowUpDown } from "lucide-react";
import { type RefObject, memo, useEffect, useMemo, useRef, useState } from "react";
import { Button } from "react-aria-components";
import { MemberRow } from "./member-row";
import { type MemberTask, MemberDialogs } from "./member-dialogs";
import type { Row } from "./members";

/** How high a row is until one has been drawn, in pixels. */
const HEIGHT = 58;
type Column = "name" | "said" | "state";
const COLUMNS: readonly { readonly id: Column; readonly label: string }[] = [
  { id: "name", label: "Member" },
  { id: "said", label: "Roles" },
  { id: "state", label: "State" },
];

interface Sorting {
  readonly by: Column;
  readonly down: boolean;
}

/** All members, of which only those in sight are drawn. */
export const MemberTable = memo(function MemberTable({ rows }: { readonly rows: readonly Row[] }) {
  const [sorting, setSorting] = useState<Sorting>({ by: "name", down: false });
  const [task, setTask] = useState<MemberTask>();
  const sorted = useMemo(() => sortedBy(rows, sorting), [rows, sorting]);
  const frame = useRef<HTMLDivElement>(null);
  const virtual = useRows(sorted, frame);
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <div className="table-frame table-tall" ref={frame} tabIndex={0} role="region" aria-label="Members, scrolls">
      <table className="table" aria-rowcount={sorted.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {COLUMNS.map((column) => (
              <HeadCell key={column.id} column={column} sorting={sorting} onSort={setSorting} />
            ))}
            <th scope="col">
              <span className="visually-hidden">What to do</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {before > 0 && <Gap height={before} />}
          {items.map(({ index }) => {
            const row = sorted[index];
            return row === undefined ? null : (
              <MemberRow key={row.member} row={row} index={index} measure={virtual.measureElement} onTask={setTask} />
            );
          })}
          {after > 0 && <Gap height={after} />}
        </tbody>
      </table>
      <MemberDialogs task={task} onClose={() => setTask(undefined)} />
    </div>
  );
});

/** Which rows are drawn. One that is as high as the others costs no layout of its own. */
function useRows(rows: readonly Row[], frame: RefObject<HTMLDivElement | null>) {
  const height = useRowHeight(frame);
  const virtual = useVirtualizer<HTMLDivElement, HTMLTableRowElement>({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => height,
    measureElement: (row, entry, all) => observed(entry) ?? known(row, all) ?? height,
    overscan: 6,
    getItemKey: (at) => rows[at]?.member ?? at,
  });
  useEffect(() => virtual.measure(), [virtual, height]);
  return virtual;
}

/** How high most rows are, at the width that the table has. */
function useRowHeight(frame: RefObject<HTMLDivElement | null>): number {
  const [height, setHeight] = useState(HEIGHT);
  useEffect(() => {
    const { current } = frame;
    if (current === null) return undefined;
    const look = new ResizeObserver(() => {
      const drawn = [...current.querySelectorAll<HTMLElement>("tr[data-index]")].map((row) => row.offsetHeight);
      if (drawn.length > 0) setHeight(Math.min(...drawn));
    });
    look.observe(current);
    return () => look.disconnect();
  }, [frame]);
  return height;
}

const observed = (entry: ResizeObserverEntry | undefined) => {
  const box = entry?.borderBoxSize[0];
  return box === undefined ? undefined : Math.round(box.blockSize);
};

const known = (row: HTMLTableRowElement, all: Virtualizer<HTMLDivElement, HTMLTableRowElement>) =>
  all.itemSizeCache.get(all.options.getItemKey(all.indexFromElement(row)));

/** Stands for the rows out of sight. */
function Gap({ height }: { readonly height: number }) {
  return (
    <tr aria-hidden className="table-gap">
      <td colSpan={4} style={{ height }} />
    </tr>
  );
}

interface HeadProps {
  readonly column: (typeof COLUMNS)[number];
  readonly sorting: Sorting;
  readonly onSort: (sorting: Sorting) => void;
}

function HeadCell({ column, sorting, onSort }: HeadProps) {
  const mine = sorting.by === column.id;
  const Icon = mine ? (sorting.down ? ArrowDown : ArrowUp) : ArrowUpDown;
  return (
    <th scope="col" aria-sort={mine ? (sorting.down ? "descending" : "ascending") : "none"}>
      <Button className="sort" onPress={() => onSort({ by: column.id, down: mine && !sorting.down })}>
        {column.label}
        <Icon className="icon" aria-hidden />
      </Button>
    </th>
  );
}

const order = new Intl.Collator("en", { sensitivity: "base", numeric: true });

function sortedBy(rows: readonly Row[], { by, down }: Sorting): readonly Row[] {
  const key = (row: Row) => (by === "state" ? (row.suspended ? "1" : "0") : row[by]);
  const sorted = [...rows].sort(
    (one, other) => order.compare(key(one), key(other)) || order.compare(one.name, other.name),
  );
  return down ? sorted.reverse() : sorted;
}
