import type { LucideIcon } from "lucide-react";
import { type ReactNode, type Ref, useId } from "react";
import { Button, type ButtonProps, Tooltip, TooltipTrigger } from "react-aria-components";

export type Variant = "primary" | "plain" | "quiet" | "danger";

interface Look {
  readonly variant?: Variant;
  readonly size?: "small" | "normal";
  readonly icon?: LucideIcon | undefined;
  /** Shows the drawing alone; what it says stands in a tooltip and for screen readers. */
  readonly iconOnly?: boolean;
}

export interface ActionProps extends Look, Omit<ButtonProps, "children" | "className"> {
  readonly children: string;
  readonly ref?: Ref<HTMLButtonElement>;
  readonly extra?: ReactNode;
  readonly className?: string;
  /** Why it is not to be pressed yet: it stays where the focus can reach it, and says so. */
  readonly held?: string | undefined;
}

/** A button that nothing decides about: it closes, copies, opens a menu. */
export function Action({
  variant = "plain",
  size = "normal",
  icon: Icon,
  iconOnly,
  children,
  extra,
  className = "",
  held,
  ...rest
}: ActionProps) {
  const reason = useId();
  const button = (
    <Button
      {...rest}
      {...(held !== undefined && {
        render: (props) => <button {...props} {...describedBy(props, reason)} aria-disabled />,
      })}
      {...(iconOnly === true && { "aria-label": children })}
      className={`button button-${variant} button-${size} ${iconOnly === true ? "button-icon" : ""} ${className}`}
    >
      {Icon !== undefined && <Icon className="icon" aria-hidden />}
      {iconOnly !== true && <span>{children}</span>}
      {extra}
    </Button>
  );
  if (held !== undefined)
    return (
      <>
        {button}
        <Description id={reason}>{held}</Description>
      </>
    );
  if (iconOnly !== true) return button;
  return (
    <TooltipTrigger delay={400}>
      {button}
      <Tip>{children}</Tip>
    </TooltipTrigger>
  );
}

export function Tip({ children }: { readonly children: ReactNode }) {
  return (
    <Tooltip className="tooltip" offset={6}>
      {children}
    </Tooltip>
  );
}

/** What a screen reader says of a control beside its name; nobody sees it. */
export function Description({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  return (
    <span id={id} hidden>
      {children}
    </span>
  );
}

/** Beside what describes a control already, a tooltip that is open, one more. */
export function describedBy(
  { "aria-describedby": already }: { readonly "aria-describedby"?: string | undefined },
  id: string | false,
): { readonly "aria-describedby": string | undefined } {
  const all = [already, id === false ? undefined : id].filter((one) => one !== undefined);
  return { "aria-describedby": all.length === 0 ? undefined : all.join(" ") };
}
