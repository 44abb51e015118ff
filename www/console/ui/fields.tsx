import type { ReactNode } from "react";
import { ChevronDown } from "lucide-react";
import {
  Button,
  Checkbox,
  CheckboxGroup,
  FieldError,
  Input,
  Label,
  Select,
  SelectValue,
  Text,
  TextField,
} from "react-aria-components";
import { type Option, Options } from "./options";

interface FieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
}

interface LineProps extends FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: "text" | "email" | "date";
  readonly required?: boolean;
  readonly error?: string | undefined;
  readonly autoFocus?: boolean;
}

export function Line({
  label,
  hint,
  value,
  onChange,
  type = "text",
  required = false,
  error,
  autoFocus = false,
}: LineProps) {
  return (
    <TextField
      className="field"
      value={value}
      onChange={onChange}
      type={type}
      isRequired={required}
      isInvalid={error !== undefined}
      autoFocus={autoFocus}
      autoComplete="off"
    >
      <Label>{label}</Label>
      <Input className="input" />
      {hint !== undefined && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <FieldError className="field-error">{error}</FieldError>
    </TextField>
  );
}

interface PickProps extends FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly options: readonly Option[];
  readonly placeholder?: string;
  readonly hideLabel?: boolean;
}

export function Pick({ label, hint, value, onChange, options, placeholder = "Choose", hideLabel = false }: PickProps) {
  return (
    <Select
      className="field"
      value={value === "" ? null : value}
      onChange={(key) => onChange(key === null ? "" : String(key))}
      placeholder={placeholder}
      {...(hideLabel && { "aria-label": label })}
    >
      {!hideLabel && <Label>{label}</Label>}
      <Button className="input select">
        <SelectValue />
        <ChevronDown className="icon" aria-hidden />
      </Button>
      {hint !== undefined && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <Options items={options} />
    </Select>
  );
}

export interface Choice extends Option {
  readonly disabled?: boolean;
}

interface ChoicesProps extends FieldProps {
  readonly value: readonly string[];
  readonly onChange: (value: readonly string[]) => void;
  readonly choices: readonly Choice[];
}

export function Choices({ label, hint, value, onChange, choices }: ChoicesProps) {
  return (
    <CheckboxGroup className="field" value={[...value]} onChange={onChange}>
      <Label>{label}</Label>
      {hint !== undefined && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <div className="choices">
        {choices.map((choice) => (
          <Checkbox key={choice.id} value={choice.id} isDisabled={choice.disabled === true} className="check">
            <span className="check-box" aria-hidden>
              <svg viewBox="0 0 16 16">
                <path d="M3 8.5l3.2 3L13 4.5" />
              </svg>
            </span>
            <span>
              {choice.label}
              {choice.hint !== undefined && <span className="hint">{choice.hint}</span>}
            </span>
          </Checkbox>
        ))}
      </div>
    </CheckboxGroup>
  );
}
