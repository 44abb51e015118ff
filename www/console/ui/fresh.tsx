import { type ComponentType, type JSX, useState } from "react";

/** Draws a dialog anew each time it opens: nothing is left in it of the time before, or of what somebody else has changed since. */
export function fresh<Props extends { readonly isOpen: boolean } & JSX.IntrinsicAttributes>(
  Dialog: ComponentType<Props>,
): ComponentType<Props> {
  return function Fresh(props: Props) {
    const [was, setWas] = useState(props.isOpen);
    const [turn, setTurn] = useState(0);
    if (was !== props.isOpen) {
      setWas(props.isOpen);
      if (props.isOpen) setTurn(turn + 1);
    }
    return <Dialog key={turn} {...props} />;
  };
}
