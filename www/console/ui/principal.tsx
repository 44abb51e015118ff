import { type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { ComboBox, ComboBoxStateContext, Label, Text } from "react-aria-components";
import { useOrganization } from "../data/organization";
import { Options, TypedLine } from "./options";
import { usePainted } from "./painted";

const SHOWN = 20;
const NOBODY: readonly never[] = [];
const ADDRESS = /^[^@\s]+@[^@\s]+$/;

interface Props {
  readonly label: string;
  readonly hint?: ReactNode;
  /** Principals: `user/<id>`, `group/<id>`, `service_account/<id>`, `members`. */
  readonly options: readonly string[];
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** An address that is not in the list may be typed: a person whom one may not see. */
  readonly addresses?: boolean;
  readonly autoFocus?: boolean;
}

/** Finds somebody by name or address among many. */
export function PrincipalPicker({
  label,
  hint,
  options,
  value,
  onChange,
  addresses = false,
  autoFocus = false,
}: Props) {
  const { names } = useOrganization();
  const none = addresses ? "Nobody of that name: type the whole address" : "Nobody of that name";
  const [text, setText] = useState(value === "" ? "" : names.of(value));
  const painted = usePainted();
  const found = useMemo(() => {
    const wanted = text.trim().toLowerCase();
    const chosen = options.includes(value) && names.of(value) === text;
    return options
      .filter((one) => chosen || `${names.of(one)} ${one}`.toLowerCase().includes(wanted))
      .slice(0, SHOWN)
      .map((id) => ({ id, label: names.of(id), hint: about(id, names.of(id), (kind) => names.holder(kind)) }));
  }, [options, names, text, value]);
  const type = (typed: string) => {
    setText(typed);
    if (typed === "") onChange("");
    else if (addresses && ADDRESS.test(typed.trim())) onChange(`user/${typed.trim().toLowerCase()}`);
    else if (value !== "" && names.of(value) !== typed) onChange("");
  };
  const choose = (key: string | null) => {
    if (key === null) return;
    onChange(key);
    setText(names.of(key));
  };
  return (
    <ComboBox
      className="field"
      items={painted ? found : NOBODY}
      inputValue={text}
      onInputChange={type}
      value={value === "" ? null : value}
      onChange={(key) => choose(key === null ? null : String(key))}
      allowsCustomValue
      allowsEmptyCollection={!(addresses && ADDRESS.test(text.trim()))}
      menuTrigger={painted ? "focus" : "input"}
      autoFocus={autoFocus}
    >
      {painted && autoFocus && <OpenedList />}
      <Label>{label}</Label>
      <TypedLine />
      {hint !== undefined && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <Options none={none} />
    </ComboBox>
  );
}

/** Opens the list of the field that it stands in, once. */
function OpenedList() {
  const state = useContext(ComboBoxStateContext);
  useEffect(() => state?.open(null, "focus"), []);
  return null;
}

function about(principal: string, name: string, holder: (holder: string) => string): string {
  const slash = principal.indexOf("/");
  if (slash < 0) return "Whoever is a member, now and later";
  const kind = principal.slice(0, slash);
  const id = principal.slice(slash + 1);
  return kind === "user" && id !== name ? id : holder(kind);
}
