/** One sender: its address, what to paste, how it is read, and what came from it. */
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Source } from "../../api/types";
import { mayAdminister, useMe } from "../../domain/me";
import { Icon } from "../../ui/Icon";
import { Loaded } from "../../ui/Loaded";
import { Notice } from "../../ui/Notice";
import { PageHeader } from "../../ui/PageHeader";
import { SectionBoundary } from "../../ui/SectionBoundary";
import { Address } from "./Address";
import { sourceQuery } from "./api";
import { Deliveries } from "./Deliveries";
import { KINDS } from "./kinds";
import { MappingEditor } from "./MappingEditor";
import { PreviewPanel } from "./PreviewPanel";
import { SourceControls } from "./SourceControls";
import styles from "./SourcePage.module.css";

export function SourcePage() {
  const { sourceId } = useParams({ from: "/signed-in/settings/sources/$sourceId" });
  const source = useQuery(sourceQuery(sourceId));
  return (
    <>
      <Link to="/settings/sources" className={styles.back}>
        <Icon name="arrowLeft" size={14} /> Alert sources
      </Link>
      <Loaded query={source} label="Loading the alert source">
        {(loaded) => <SourceSections key={loaded.id} source={loaded} />}
      </Loaded>
    </>
  );
}

function SourceSections({ source }: { source: Source }) {
  const { allowed, reason } = mayAdminister(useMe());
  return (
    <>
      <PageHeader
        title={source.name}
        lead={KINDS[source.kind].name}
        actions={<SourceControls source={source} reason={reason} />}
      />
      {!source.active && (
        <Notice tone="warn">Paused: messages are kept, but open nothing and add to nothing.</Notice>
      )}
      {allowed ? (
        <>
          <Section title="Where to send">
            <Address source={source} />
          </Section>
          {source.kind === "generic" && (
            <Section title="How it is read">
              <MappingEditor source={source} />
            </Section>
          )}
          <Section title="Try a message">
            <PreviewPanel source={source} />
          </Section>
          <Section title="What came in">
            <Deliveries sourceId={source.id} />
          </Section>
        </>
      ) : (
        <Notice>{reason} The address and its messages hold keys and raw payloads.</Notice>
      )}
    </>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.section}>
      <h2>{title}</h2>
      <SectionBoundary>{children}</SectionBoundary>
    </section>
  );
}
