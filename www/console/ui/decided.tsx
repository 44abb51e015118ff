import type { Button as Shows } from "bailiwick";
import { useButton, useCan } from "bailiwick/react";
import { type ReactNode, useId, useState } from "react";
import { Button, Dialog, DialogTrigger, Popover, TooltipTrigger } from "react-aria-components";
import type { Point } from "../model/product";
import { Action, type ActionProps, Description, Tip, describedBy } from "./button";
import { Explain } from "./explain";
import { ReasonIcon } from "./reason";
import { useShown, useWhy } from "./why";

export interface DecidedProps extends Omit<ActionProps, "onPress" | "extra"> {
  /** What decides about it; without one it is not there. */
  readonly point: Point | undefined;
  readonly onPress: () => void;
}

/** A button that the access decides about: there, there with the reason why not, or not there. */
export function Decided({ point, ...rest }: DecidedProps) {
  return point === undefined ? null : <Pointed point={point} {...rest} />;
}

/** One of the small buttons at the end of a row: an icon, and its name for who does not see it. */
export function RowAction(props: Omit<DecidedProps, "size" | "variant" | "iconOnly">) {
  return <Decided {...props} size="small" variant="quiet" iconOnly />;
}

function Pointed({ point, children, onPress, ...look }: DecidedProps & { readonly point: Point }) {
  const shows = useButton(point.action, point.kind, point.id);
  const { on } = useWhy();
  useShown(point, children);
  if (on) return <Explained {...look} point={point} shows={shows} label={children} />;
  if (shows.state === "hidden") return null;
  if (shows.state === "disabled") return <Explained {...look} point={point} shows={shows} label={children} />;
  return (
    <Action {...look} onPress={onPress}>
      {children}
    </Action>
  );
}

interface ExplainedProps extends Omit<ActionProps, "children" | "extra"> {
  readonly point: Point;
  readonly shows: Shows;
  readonly label: string;
}

/** The same button where it says why instead of doing it. */
function Explained({ point, shows, label, variant = "plain", size = "normal", icon: Icon, iconOnly }: ExplainedProps) {
  const { on } = useWhy();
  const refused = shows.state !== "enabled";
  const reason = useId();
  return (
    <>
      <DialogTrigger>
        <TooltipTrigger delay={300} isDisabled={!refused}>
          <Button
            className={`button button-${variant} button-${size} ${iconOnly === true ? "button-icon" : ""}`}
            data-state={shows.state}
            data-explains={on || undefined}
            aria-disabled={refused && !on}
            aria-label={label}
            render={(props) => <button {...props} {...describedBy(props, refused && reason)} />}
          >
            {refused ? <ReasonIcon reason={shows.reason} /> : Icon !== undefined && <Icon className="icon" aria-hidden />}
            {iconOnly !== true && <span>{label}</span>}
          </Button>
          <Tip>{shows.text}</Tip>
        </TooltipTrigger>
        <ExplainPopover point={point} />
      </DialogTrigger>
      <Description id={reason}>{refused && shows.text}</Description>
    </>
  );
}

export function ExplainPopover({ point }: { readonly point: Point }) {
  return (
    <Popover className="popover popover-explain" offset={6}>
      <Dialog className="popover-dialog" aria-label="Why">
        <Explain point={point} />
      </Dialog>
    </Popover>
  );
}

/** Where something may be done, or at least asked for, what lies inside is shown; and to who asks why. */
export function DecidedPart({ point, children }: { readonly point: Point; readonly children: ReactNode }) {
  const { state } = useButton(point.action, point.kind, point.id);
  const { on } = useWhy();
  return state === "hidden" && !on ? null : children;
}

interface GrantedProps {
  readonly point: Point;
  /** What is shown or not, for who asks why. */
  readonly label: string;
  readonly children: ReactNode;
}

/** What is shown to who may see it, and is no button. */
export function Granted({ point, label, children }: GrantedProps) {
  useShown(point, label);
  return useCan(point.action, point.kind, point.id) ? children : null;
}

/** Runs a dialog: whether it is open, and how it is opened and closed. */
export function useOpen(): {
  readonly isOpen: boolean;
  readonly open: () => void;
  readonly onOpenChange: (is: boolean) => void;
} {
  const [isOpen, onOpenChange] = useState(false);
  return { isOpen, open: () => onOpenChange(true), onOpenChange };
}

/** Runs the dialogs of a list: which of its rows what is to be done to. The last one stays while its dialog closes. */
export function useTask<Task>(): {
  readonly task: Task | undefined;
  readonly isOpen: boolean;
  readonly start: (next: Task) => void;
  readonly onOpenChange: (is: boolean) => void;
} {
  const [task, setTask] = useState<Task>();
  const { isOpen, open, onOpenChange } = useOpen();
  const start = (next: Task) => {
    setTask(next);
    open();
  };
  return { task, isOpen, start, onOpenChange };
}
