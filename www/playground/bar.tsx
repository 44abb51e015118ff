import { ChevronDown, Download, FolderOpen, Link2, RotateCcw } from "lucide-react";
import { type ChangeEvent, useRef, useState } from "react";
import {
  Button,
  Header,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Menu,
  MenuItem,
  MenuTrigger,
  Popover,
  Select,
  SelectValue,
} from "react-aria-components";
import { Mark } from "../console/shell/mark";
import { ThemeSwitch } from "../console/shell/theme";
import { Action } from "../console/ui/button";
import { Frame } from "../console/ui/dialog";
import { toast } from "../console/ui/toasts";
import { engine } from "./engine/client";
import { offerFile } from "./model/file";
import { type Session, type SessionHold, isChanged } from "./model/session";
import { STARTS, presetOf } from "./model/starts";
import { ShareDialog } from "./share-dialog";

const LARGEST_FILE = 4 * 1024 * 1024;

/** What to begin with, and where to take it. */
export function Bar({ hold }: { readonly hold: SessionHold }) {
  const { session } = hold;
  const [asked, setAsked] = useState<{ readonly act: () => void }>();
  const [sharing, setSharing] = useState(false);
  const careful = (act: () => void) => (session !== undefined && isChanged(session) ? setAsked({ act }) : act());
  return (
    <header className="play-top">
      <a className="home" href="index.html" aria-label="Bailiwick: to the console">
        <Mark />
      </a>
      <h1>Playground</h1>
      <div className="play-start">
        <StartPick start={session?.start ?? ""} begin={(id) => careful(() => void hold.begin(id))} />
        {session !== undefined && isChanged(session) && session.start !== "" && (
          <Action
            variant="quiet"
            icon={RotateCcw}
            iconOnly
            onPress={() => setAsked({ act: () => void hold.begin(session.start) })}
          >
            Begin anew
          </Action>
        )}
      </div>
      <span className="top-space" />
      <OpenVector open={(text) => careful(() => void hold.openVector(text))} />
      <ExportMenu session={session} />
      <Action className="bar-button" variant="primary" icon={Link2} onPress={() => setSharing(true)} isDisabled={session === undefined}>
        Share
      </Action>
      <ThemeSwitch />
      {session !== undefined && <ShareDialog session={session} isOpen={sharing} onOpenChange={setSharing} />}
      <Frame title="Replace what you wrote?" isOpen={asked !== undefined} onOpenChange={() => setAsked(undefined)}>
        <div className="dialog-body">
          <p>The three documents hold changes of yours. A link to them, made with Share, would keep them.</p>
        </div>
        <footer className="dialog-foot">
          <Action onPress={() => setAsked(undefined)}>Keep them</Action>
          <Action
            variant="danger"
            onPress={() => {
              setAsked(undefined);
              asked?.act();
            }}
          >
            Replace
          </Action>
        </footer>
      </Frame>
    </header>
  );
}

const GROUPS = ["Examples", "Presets", "Vectors"] as const;

function StartPick({ start, begin }: { readonly start: string; readonly begin: (id: string) => void }) {
  return (
    <Select
      aria-label="Begin with"
      className="field start-pick"
      value={start === "" ? null : start}
      onChange={(key) => key !== null && begin(String(key))}
      placeholder="A vector of yours"
    >
      <Button className="input select">
        <SelectValue />
        <ChevronDown className="icon" aria-hidden />
      </Button>
      <Popover className="popover popover-list start-list" offset={4}>
        <ListBox className="list-box">
          {GROUPS.map((group) => (
            <ListBoxSection key={group} id={group}>
              <Header className="nav-title list-head">{group}</Header>
              {STARTS.filter((one) => one.group === group).map(({ id, label, about }) => (
                <ListBoxItem key={id} id={id} textValue={label} className="list-item">
                  <span>{label}</span>
                  <span className="hint">{about}</span>
                </ListBoxItem>
              ))}
            </ListBoxSection>
          ))}
        </ListBox>
      </Popover>
    </Select>
  );
}

function OpenVector({ open }: { readonly open: (text: string) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const chosen = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.[0];
    target.value = "";
    if (file === undefined) return;
    if (file.size > LARGEST_FILE) toast({ title: "This file is larger than 4 MiB.", tone: "bad" });
    else open(await file.text());
  };
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label="A vector"
        onChange={(event) => void chosen(event)}
      />
      <Action className="bar-button" variant="quiet" icon={FolderOpen} onPress={() => input.current?.click()}>
        Open
      </Action>
    </>
  );
}

function ExportMenu({ session }: { readonly session: Session | undefined }) {
  const save = async (what: string) => {
    if (session === undefined) return;
    try {
      await offered(what, session);
    } catch (error) {
      toast({ title: "Not exported", detail: error instanceof Error ? error.message : String(error), tone: "bad" });
    }
  };
  return (
    <MenuTrigger>
      <Action className="bar-button" variant="quiet" icon={Download} isDisabled={session === undefined}>
        Export
      </Action>
      <Popover className="popover" placement="bottom end" offset={4}>
        <Menu className="list-box" onAction={(key) => void save(String(key))}>
          <MenuItem id="vector" textValue="Test vector" className="list-item">
            <span>Test vector</span>
            <span className="hint">
              For <code>npx bailiwick test</code>; what nothing is expected of, expects today's answer
            </span>
          </MenuItem>
          <MenuItem id="types" textValue="TypeScript" className="list-item">
            <span>TypeScript</span>
            <span className="hint">The names of the policy as types</span>
          </MenuItem>
          <MenuItem id="policy" textValue="Policy" className="list-item">
            <span>Policy</span>
            <span className="hint">The document as it stands</span>
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

async function offered(what: string, { texts, name }: Session): Promise<void> {
  if (what === "policy") return offerFile("policy.json", texts.policy, "application/json");
  const made =
    what === "types"
      ? await engine.types(texts.policy)
      : await engine.vector(texts, name, await presetOf(texts.policy));
  if (typeof made !== "string") throw new Error(made.fault);
  if (what === "types") offerFile("policy.ts", made, "text/typescript");
  else {
    offerFile("vector.json", made, "application/json");
    toast({ title: "vector.json is saved", detail: "Run it with: npx bailiwick test vector.json", tone: "good" });
  }
}
