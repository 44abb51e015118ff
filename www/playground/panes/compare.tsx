import { ArrowLeftRight, ArrowRight, Equal } from "lucide-react";
import { useEffect, useState } from "react";
import { Empty, Skeleton, Trouble } from "../../console/ui/bits";
import { Action } from "../../console/ui/button";
import { Pick } from "../../console/ui/fields";
import { engine } from "../engine/client";
import type { Comparison, Failed, Mapping } from "../engine/protocol";
import { PRESETS, presetText } from "../model/starts";
import type { PaneProps } from "../results";
import { Said } from "../said";
import { Changes } from "./changes";
import { Movements } from "./movements";
import { Unmapped } from "./unmapped";

const BEGUN = "begun";

/** Who gains and who loses what from one policy to another. */
export function Compare({ session, evaluation }: PaneProps) {
  const [other, setOther] = useState(BEGUN);
  const [swapped, setSwapped] = useState(false);
  const [mapping, setMapping] = useState<Mapping>({});
  const { of } = evaluation;
  // What was written comes after what was begun with; what one might move to comes after what one has.
  const writtenLast = (other === BEGUN) !== swapped;
  const told = useComparison({ other, begun: session.begun.policy, written: of.policy, directory: of.directory, writtenLast, mapping });
  const choose = (chosen: string) => {
    setOther(chosen);
    setSwapped(false);
    setMapping({});
  };
  return (
    <>
      <div className="compare-head">
        <Pick
          label="Compare with"
          value={other}
          onChange={choose}
          options={[
            { id: BEGUN, label: "The policy as it was begun with" },
            ...PRESETS.map((name) => ({ id: name, label: `Preset ${name}` })),
          ]}
        />
        <Action
          icon={ArrowLeftRight}
          onPress={() => {
            setSwapped(!swapped);
            setMapping({});
          }}
        >
          Turn round
        </Action>
      </div>
      <Told told={told} mapping={mapping} setMapping={setMapping} />
    </>
  );
}

interface Sides {
  readonly other: string;
  readonly begun: string;
  readonly written: string;
  readonly directory: string;
  readonly writtenLast: boolean;
  readonly mapping: Mapping;
}

function useComparison({ other, begun, written, directory, writtenLast, mapping }: Sides): Comparison | Failed | undefined {
  const [told, setTold] = useState<Comparison | Failed>();
  useEffect(() => {
    let current = true;
    const ask = async () => {
      const against = other === BEGUN ? begun : await presetText(other);
      const [before, after] = writtenLast ? [against, written] : [written, against];
      return engine.compare(before, after, directory, mapping);
    };
    ask().then(
      (found) => current && setTold(found),
      (error: unknown) => current && setTold({ fault: error instanceof Error ? error.message : String(error) }),
    );
    return () => {
      current = false;
    };
  }, [other, begun, written, directory, writtenLast, mapping]);
  return told;
}

interface ToldProps {
  readonly told: Comparison | Failed | undefined;
  readonly mapping: Mapping;
  readonly setMapping: (mapping: Mapping) => void;
}

function Told({ told, mapping, setMapping }: ToldProps) {
  if (told === undefined) return <Skeleton lines={4} label="Comparing" />;
  if (!("changes" in told)) return <Trouble text={told.fault} refused />;
  const { changes, movements, before, after } = told;
  const same = changes.same && movements.length === 0 && told.fault === undefined;
  return (
    <div className="compared" data-compared={same ? "same" : "different"}>
      <p className="compare-way">
        <b>{before}</b> <ArrowRight className="icon" aria-label="to" /> <b>{after}</b>
      </p>
      {same ? (
        <Empty icon={Equal} title="Nobody gains or loses anything">
          <p className="muted">The role tables are the same. Change a role in the policy, and see who it touches.</p>
        </Empty>
      ) : (
        <>
          <Unmapped told={told} mapping={mapping} setMapping={setMapping} />
          <section className="stack">
            <h3>Who gains and who loses</h3>
            {told.fault !== undefined ? (
              <p className="note">
                <Said text={told.fault} />
              </p>
            ) : (
              <Movements told={told} />
            )}
          </section>
          <section className="stack">
            <h3>What the roles give</h3>
            <Changes changes={changes} />
          </section>
        </>
      )}
    </div>
  );
}
