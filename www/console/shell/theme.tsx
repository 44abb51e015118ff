import { Monitor, Moon, Sun } from "lucide-react";
import { useEffect, useState } from "react";
import { ToggleButton, ToggleButtonGroup } from "react-aria-components";

const KEY = "bailiwick-theme";
const THEMES = [
  { id: "light", label: "Light", icon: Sun },
  { id: "system", label: "As the system", icon: Monitor },
  { id: "dark", label: "Dark", icon: Moon },
] as const;

/** Light, dark, or as the system says; panes and other tabs follow. */
export function ThemeSwitch() {
  const [theme, setTheme] = useState(stored);
  useEffect(() => {
    const follow = (event: StorageEvent) => event.key === KEY && (show(stored()), setTheme(stored()));
    window.addEventListener("storage", follow);
    return () => window.removeEventListener("storage", follow);
  }, []);
  const choose = (chosen: string) => {
    keep(chosen);
    show(chosen);
    setTheme(chosen);
  };
  return (
    <ToggleButtonGroup
      className="segmented"
      aria-label="Theme"
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[theme]}
      onSelectionChange={([chosen]) => choose(String(chosen))}
    >
      {THEMES.map(({ id, label, icon: Icon }) => (
        <ToggleButton key={id} id={id} aria-label={label} className="segment">
          <Icon className="icon" aria-hidden />
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}

function stored(): string {
  try {
    return localStorage.getItem(KEY) ?? "system";
  } catch {
    return "system";
  }
}

function keep(theme: string): void {
  try {
    if (theme === "system") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // No storage: until the page is left.
  }
}

function show(theme: string): void {
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
}
