import { X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Dialog, Form, Heading, Modal, ModalOverlay } from "react-aria-components";
import type { Refused } from "../data/authority";
import { Trouble } from "./bits";
import { Action } from "./button";

interface FrameProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onOpenChange: (is: boolean) => void;
  readonly wide?: boolean;
  readonly children?: ReactNode;
}

/** What stands before the page until it is done or closed. */
export function Frame({ title, isOpen, onOpenChange, wide = false, children }: FrameProps) {
  return (
    <ModalOverlay className="veil" isOpen={isOpen} onOpenChange={onOpenChange} isDismissable>
      <Modal className={`modal ${wide ? "modal-wide" : ""}`}>
        <Dialog className="dialog">
          <header className="dialog-head">
            <Heading slot="title">{title}</Heading>
            <Action variant="quiet" size="small" icon={X} iconOnly onPress={() => onOpenChange(false)}>
              Close
            </Action>
          </header>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

interface FormDialogProps extends FrameProps {
  readonly submit: string;
  readonly ready: boolean;
  readonly grave?: boolean;
  readonly refusal?: Refused | undefined;
  readonly onSubmit: () => Promise<void>;
  /** Stands below the fields: what the command would come to. */
  readonly below?: ReactNode;
}

/** A dialog that asks for something and does it. */
export function FormDialog({
  submit,
  ready,
  grave = false,
  refusal,
  onSubmit,
  below,
  children,
  ...frame
}: FormDialogProps) {
  const [pending, setPending] = useState(false);
  const [failed, setFailed] = useState<string>();
  const held = ready ? undefined : (refusal?.text ?? "Something is still to be filled in or chosen.");
  const send = async () => {
    setPending(true);
    setFailed(undefined);
    try {
      await onSubmit();
    } catch (error) {
      setFailed(error instanceof Error ? error.message : String(error));
    } finally {
      setPending(false);
    }
  };
  return (
    <Frame {...frame}>
      <Form
        className="dialog-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !pending) void send();
        }}
      >
        <div className="dialog-body">
          {children}
          {below}
          {refusal !== undefined && (
            <div role="alert">
              <Trouble text={refusal.text} refused />
            </div>
          )}
          {failed !== undefined && <Trouble text={failed} />}
        </div>
        <footer className="dialog-foot">
          <Action onPress={() => frame.onOpenChange(false)}>Cancel</Action>
          <Action type="submit" variant={grave ? "danger" : "primary"} held={held} isPending={pending}>
            {submit}
          </Action>
        </footer>
      </Form>
    </Frame>
  );
}
