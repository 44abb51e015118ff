import type { LucideIcon } from "lucide-react";
import type { ReactNode, Ref } from "react";
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
  ...rest
}: ActionProps) {
  const button = (
    <Button
      {...rest}
      {...(iconOnly === true && { "aria-label": children })}
      className={`button button-${variant} button-${size} ${iconOnly === true ? "button-icon" : ""} ${className}`}
    >
      {Icon !== undefined && <Icon className="icon" aria-hidden />}
      {iconOnly !== true && <span>{children}</span>}
      {extra}
    </Button>
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
