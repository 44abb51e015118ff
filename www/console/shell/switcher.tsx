import { Check, ChevronsUpDown, LayoutGrid, Plus } from "lucide-react";
import { Button, Menu, MenuItem, MenuSection, MenuTrigger, Popover, Separator } from "react-aria-components";
import { useCan } from "bailiwick/react";
import { useLocation } from "wouter";
import { useOrganization } from "../data/organization";
import { useSession } from "../data/session";
import { Avatar } from "../ui/bits";
import { useOpen } from "../ui/decided";
import { CreateOrganization } from "../pages/create-organization";

/** Which organization this is; a switch for who belongs to more than one, or may make another. */
export function Switcher() {
  const { organization, names } = useOrganization();
  const { me } = useSession();
  const further = useFurther();
  const active = me.organizations.filter((entry) => entry.active);
  const name = organization.name ?? organization.id;
  const face = (
    <>
      <Avatar name={name} square />
      <span className="switcher-text">
        <b>{name}</b>
        <span className="muted">{names.edition(organization.edition)}</span>
      </span>
    </>
  );
  if (active.length < 2 && !further) return <div className="switcher">{face}</div>;
  return <SwitchMenu face={face} further={further} />;
}

/** Whether a further organization may be made from here. */
function useFurther(): boolean {
  const { product, id } = useOrganization();
  const action = product.policy.organizations?.further;
  const may = useCan(action ?? "", "organization", id);
  return action !== undefined && may;
}

function SwitchMenu({ face, further }: { readonly face: React.ReactNode; readonly further: boolean }) {
  const { id, names } = useOrganization();
  const { me } = useSession();
  const [, go] = useLocation();
  const create = useOpen();
  const act = (key: string) => {
    if (key === "create") create.open();
    else if (key === "all") go("~/");
    else go(`~/o/${encodeURIComponent(key.slice(3))}`);
  };
  return (
    <>
      <MenuTrigger>
        <Button className="switcher">
          <span className="visually-hidden">Switch organization, now </span>
          {face}
          <ChevronsUpDown className="icon" aria-hidden />
        </Button>
        <Popover className="popover popover-list" offset={4}>
          <Menu className="list-box" onAction={(key) => act(String(key))}>
            <MenuSection aria-label="Organizations">
              {me.organizations
                .filter((entry) => entry.active)
                .map((entry) => (
                  <MenuItem
                    key={entry.id}
                    id={`to ${entry.id}`}
                    textValue={entry.name ?? entry.id}
                    className="list-item list-item-icon"
                  >
                    <Avatar name={entry.name ?? entry.id} square />
                    <span>
                      <span>{entry.name ?? entry.id}</span>
                      <span className="hint">{names.edition(entry.edition)}</span>
                    </span>
                    {entry.id === id && <Check className="icon" aria-label="This one" />}
                  </MenuItem>
                ))}
            </MenuSection>
            <Separator className="separator" />
            <MenuItem id="all" className="list-item list-item-icon" textValue="All organizations">
              <LayoutGrid className="icon" aria-hidden /> All organizations and invites
            </MenuItem>
            {further ? (
              <MenuItem id="create" className="list-item list-item-icon" textValue="Create an organization">
                <Plus className="icon" aria-hidden /> Create an organization
              </MenuItem>
            ) : null}
          </Menu>
        </Popover>
      </MenuTrigger>
      <CreateOrganization {...create} from={id} onDone={(made) => go(`~/o/${encodeURIComponent(made)}`)} />
    </>
  );
}
