import { ChevronDown } from "lucide-react";
import { Button, Input, ListBox, ListBoxItem, Popover } from "react-aria-components";

/** One of those that a field offers. */
export interface Option {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
}

interface OptionsProps {
  /** A field into which one types gives them itself. */
  readonly items?: readonly Option[];
  /** What is said where there is none. */
  readonly none?: string;
}

/** The list that a field opens: what each is called, and a hint below. */
export function Options({ items, none }: OptionsProps) {
  return (
    <Popover className="popover popover-list" offset={4}>
      <ListBox
        className="list-box"
        {...(items !== undefined && { items })}
        {...(none !== undefined && { renderEmptyState: () => <p className="list-empty">{none}</p> })}
      >
        {(option: Option) => (
          <ListBoxItem id={option.id} textValue={option.label} className="list-item">
            <span>{option.label}</span>
            {option.hint !== undefined && <span className="hint">{option.hint}</span>}
          </ListBoxItem>
        )}
      </ListBox>
    </Popover>
  );
}

/** The line of a field that is typed into, with the button that opens its list. */
export function TypedLine() {
  return (
    <div className="combo">
      <Input className="input" />
      <Button className="combo-button" aria-label="Show">
        <ChevronDown className="icon" aria-hidden />
      </Button>
    </div>
  );
}
