import { Input, Label, SearchField } from "react-aria-components";

interface Props {
  /** What is searched: “members”. */
  readonly of: string;
  readonly placeholder?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Narrows the list below it as one types. */
export function Search({ of, placeholder = `Search ${of}`, value, onChange }: Props) {
  return (
    <SearchField className="field search" value={value} onChange={onChange}>
      <Label className="visually-hidden">Search {of}</Label>
      <Input className="input" placeholder={placeholder} />
    </SearchField>
  );
}
