import type { LucideIcon } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { CircleAlert, ShieldX } from "lucide-react";
import { day } from "../model/time";

export function PageHead({
  title,
  about,
  children,
}: {
  readonly title: ReactNode;
  readonly about?: ReactNode;
  readonly children?: ReactNode;
}) {
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${head.current?.textContent ?? ""} · Bailiwick`;
  }, [title]);
  return (
    <header className="page-head">
      <div>
        <h1 tabIndex={-1} id="page-title" ref={head}>
          {title}
        </h1>
        {about !== undefined && <p className="muted">{about}</p>}
      </div>
      {children !== undefined && <div className="row-actions">{children}</div>}
    </header>
  );
}

/** A part of a page with a head of its own. */
export function Card({
  title,
  about,
  actions,
  children,
}: {
  readonly title?: ReactNode;
  readonly about?: ReactNode;
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}) {
  return (
    <section className="card">
      {title !== undefined && (
        <header className="card-head">
          <div>
            <h2>{title}</h2>
            {about !== undefined && <p className="muted">{about}</p>}
          </div>
          {actions !== undefined && <div className="row-actions">{actions}</div>}
        </header>
      )}
      {children}
    </section>
  );
}

export function Empty({
  icon: Icon,
  title,
  children,
}: {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly children?: ReactNode;
}) {
  return (
    <div className="empty">
      <Icon aria-hidden className="empty-icon" />
      <p className="empty-title">{title}</p>
      {children}
    </div>
  );
}

/** The service answered no, or not at all. */
export function Trouble({ text, refused = false }: { readonly text: string; readonly refused?: boolean }) {
  const Icon = refused ? ShieldX : CircleAlert;
  return (
    <div className={refused ? "trouble trouble-refused" : "trouble"} role={refused ? undefined : "alert"}>
      <Icon aria-hidden className="icon" />
      <p>{text}</p>
    </div>
  );
}

/** Lines where something is awaited. */
export function Skeleton({ lines = 4, label = "Loading" }: { readonly lines?: number; readonly label?: string }) {
  return (
    <div className="skeleton" role="status" aria-label={label}>
      {Array.from({ length: lines }, (_, at) => (
        <span key={at} className="skeleton-line" />
      ))}
    </div>
  );
}

export function Badge({ children, tone = "plain" }: { readonly children: ReactNode; readonly tone?: string }) {
  return <span className={`badge tone-${tone}`}>{children}</span>;
}

/** When something that was given ends, or ended. */
export function Ends({ until }: { readonly until: number }) {
  const ended = until <= Date.now();
  return <Badge tone={ended ? "ended" : "later"}>{`${ended ? "ended" : "until"} ${day(until)}`}</Badge>;
}

/** Two letters in a circle; who it is stands beside it. */
export function Avatar({ name, square = false }: { readonly name: string; readonly square?: boolean }) {
  const words = name.split(/[\s.@_-]+/).filter((word) => word !== "");
  const letters = words.slice(0, 2).map((word) => word.charAt(0).toUpperCase());
  return (
    <span
      className={`avatar hue-${hueOf(name)} ${square ? "avatar-square" : ""}`}
      data-letters={letters.join("")}
      aria-hidden
    />
  );
}

function hueOf(name: string): number {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 6;
  return sum;
}
