/** Part B: the whys as an outline, with the map of the same graph beside it. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { EmptyState } from "../../../ui/EmptyState";
import { Icon } from "../../../ui/Icon";
import { Loaded } from "../../../ui/Loaded";
import { Placeholder } from "../../../ui/Placeholder";
import { ReasonedButton } from "../../../ui/ReasonedButton";
import { SectionBoundary } from "../../../ui/SectionBoundary";
import { whysQuery } from "../api/queries";
import { useIncident } from "../IncidentContext";
import { partOf } from "../parts/parts";
import { focusRow } from "../parts/rows";
import { SectionFrame } from "../parts/SectionFrame";
import type { Why } from "../types";
import styles from "./DiscussionSection.module.css";
import type { WhyPlace } from "./drafts";
import { Outline } from "./Outline";

const WhysMap = lazy(() => import("./map/WhysMap").then((loaded) => ({ default: loaded.WhysMap })));

const WhyPickers = lazy(() =>
  import("./WhyPickers").then((loaded) => ({ default: loaded.WhyPickers })),
);

interface Props {
  reason: string | undefined;
  onAddAction: (why: Why) => void;
}

export function DiscussionSection({ reason, onAddAction }: Props) {
  const { incidentKey } = useIncident();
  const whys = useQuery(whysQuery(incidentKey));
  const { map } = useSearch({ from: "/signed-in/i/$incidentKey" });
  const navigate = useNavigate();
  const [draft, setDraft] = useState<WhyPlace | null>(null);
  const ask = () => setDraft({ parent: null, after: null });
  const toggleMap = () =>
    void navigate({
      to: ".",
      search: (all) => ({ ...all, map: map ? undefined : true }),
      replace: true,
      resetScroll: false,
    });
  return (
    <SectionFrame
      part={partOf("discussion")}
      actions={
        whys.data && whys.data.length > 0 ? (
          <>
            <Button
              size="xs"
              variant={map ? "light" : "default"}
              aria-pressed={map === true}
              leftSection={<Icon name="map" size={14} />}
              onClick={toggleMap}
            >
              Map
            </Button>
            <ReasonedButton
              size="xs"
              variant="default"
              reason={reason}
              leftSection={<Icon name="plus" size={14} />}
              onClick={ask}
            >
              Why
            </ReasonedButton>
          </>
        ) : undefined
      }
    >
      <Loaded query={whys} label="Loading the whys">
        {(all) => (
          <WhysPart
            whys={all}
            reason={reason}
            map={map === true}
            draft={draft}
            onDraft={setDraft}
            onAsk={ask}
            onAddAction={onAddAction}
          />
        )}
      </Loaded>
    </SectionFrame>
  );
}

interface PartProps extends Props {
  whys: Why[];
  map: boolean;
  draft: WhyPlace | null;
  onDraft: (place: WhyPlace | null) => void;
  onAsk: () => void;
}

function WhysPart({ whys, reason, map, draft, onDraft, onAsk, onAddAction }: PartProps) {
  const { why: linked } = useSearch({ from: "/signed-in/i/$incidentKey" });
  const [selected, setSelected] = useState<string | null>(linked ?? null);
  const [picking, setPicking] = useState<{ what: "causes" | "evidence"; id: string } | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a permalink is followed once
  useEffect(() => {
    if (linked) focusRow("why", linked);
  }, []);

  if (whys.length === 0 && !draft) return <NoWhys reason={reason} onAsk={onAsk} />;
  const choose = (id: string) => {
    setSelected(id);
    focusRow("why", id);
  };
  return (
    <div className={styles.discussion} data-map={map || undefined}>
      {map && (
        <div className={styles.map}>
          <SectionBoundary>
            <Suspense fallback={<Placeholder rows={6} label="Loading the map" />}>
              <WhysMap whys={whys} selected={selected} onChoose={choose} />
            </Suspense>
          </SectionBoundary>
        </div>
      )}
      <Outline
        whys={whys}
        editable={reason === undefined}
        selected={selected}
        draft={draft}
        onDraft={onDraft}
        onSelect={setSelected}
        onPickCauses={(id) => setPicking({ what: "causes", id })}
        onPickEvidence={(id) => setPicking({ what: "evidence", id })}
        onAddAction={onAddAction}
      />
      {picking && (
        <Suspense>
          <WhyPickers whys={whys} {...picking} onClose={() => setPicking(null)} />
        </Suspense>
      )}
    </div>
  );
}

function NoWhys({ reason, onAsk }: { reason: string | undefined; onAsk: () => void }) {
  return (
    <EmptyState
      title="No whys yet"
      ghost={
        <div className={styles.ghost}>
          <span style={{ width: "58%" }} />
          <span style={{ width: "46%", marginLeft: 28 }} />
          <span style={{ width: "52%", marginLeft: 56 }} />
          <span style={{ width: "40%", marginLeft: 28 }} />
        </div>
      }
      action={
        <ReasonedButton reason={reason} onClick={onAsk}>
          Ask the first why
        </ReasonedButton>
      }
    >
      Ask how it came about, then ask the same of each answer. A why may have several causes, and a
      cause several effects: what we expected and what we assumed belongs to each.
    </EmptyState>
  );
}
