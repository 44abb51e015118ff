import { CircleAlert, CircleCheck, X } from "lucide-react";
import {
  Button,
  Text,
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from "react-aria-components";

interface Message {
  readonly title: string;
  readonly detail?: string;
  readonly tone: "good" | "bad";
}

const queue = new ToastQueue<Message>({ maxVisibleToasts: 3 });

/** Says what a command came to. */
export function toast(message: Message): void {
  queue.add(message, { timeout: message.tone === "good" ? 5_000 : 9_000 });
}

export function Toasts() {
  return (
    <ToastRegion queue={queue} className="toasts" aria-label="What happened">
      {({ toast: shown }) => (
        <Toast toast={shown} className={`toast toast-${shown.content.tone}`}>
          {shown.content.tone === "good" ? (
            <CircleCheck className="icon" aria-hidden />
          ) : (
            <CircleAlert className="icon" aria-hidden />
          )}
          <ToastContent className="toast-text">
            <Text slot="title">{shown.content.title}</Text>
            {shown.content.detail !== undefined && <Text slot="description">{shown.content.detail}</Text>}
          </ToastContent>
          <Button slot="close" className="button button-quiet button-small button-icon" aria-label="Close">
            <X className="icon" aria-hidden />
          </Button>
        </Toast>
      )}
    </ToastRegion>
  );
}
