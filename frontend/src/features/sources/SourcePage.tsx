/** One sender: how to set it up, what came from it, and what becomes of that. */
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Sender, Source } from "../../api/types";
import { mayAdminister, useMe } from "../../domain/me";
import { Icon } from "../../ui/Icon";
import { Loaded } from "../../ui/Loaded";
import { Notice } from "../../ui/Notice";
import { PageHeader } from "../../ui/PageHeader";
import { SectionBoundary } from "../../ui/SectionBoundary";
import { sendersQuery, sourceQuery } from "./api";
import { Deliveries } from "./Deliveries";
import { MappingEditor } from "./MappingEditor";
import { PreviewPanel } from "./PreviewPanel";
import { RulesEditor } from "./RulesEditor";
import { SetUp } from "./SetUp";
import { SeverityMapEditor } from "./SeverityMapEditor";
import { SourceControls } from "./SourceControls";
import styles from "./SourcePage.module.css";

export function SourcePage() {
  const { sourceId } = useParams({ from: "/signed-in/settings/sources/$sourceId" });
  const source = useQuery(sourceQuery(sourceId));
  const senders = useQuery(sendersQuery);
  return (
    <>
      <Link to="/settings/sources" className={styles.back}>
        <Icon name="arrowLeft" size={14} /> Alert sources
      </Link>
      <Loaded query={source} label="Loading the alert source">
        {(loaded) => (
          <Loaded query={senders} label="Loading what is known of its sender">
            {(kinds) => (
              <SourceSections
                key={loaded.id}
                source={loaded}
                sender={kinds.find(({ kind }) => kind === loaded.kind)}
              />
            )}
          </Loaded>
        )}
      </Loaded>
    </>
  );
}

interface Props {
  source: Source;
  sender: Sender | undefined;
}

function SourceSections({ source, sender }: Props) {
  const { allowed, reason } = mayAdminister(useMe());
  return (
    <>
      <PageHeader
        title={source.name}
        lead={sender?.label ?? source.kind}
        actions={<SourceControls source={source} reason={reason} />}
      />
      {!source.active && (
        <Notice tone="warn">
          Paused: messages are kept, but open nothing and add to nothing. They can be replayed
          later.
        </Notice>
      )}
      {!allowed && (
        <>
          <Notice>{reason} The address and its messages hold keys and raw payloads.</Notice>
          <Section title="What becomes of an alert">
            <RulesEditor source={source} mayChange={false} />
          </Section>
        </>
      )}
      {allowed && (
        <>
          {sender && (
            <Section title="Where to send">
              <SetUp source={source} sender={sender} />
            </Section>
          )}
          <Section title="What came in">
            <Deliveries sourceId={source.id} signed={source.signed} />
          </Section>
          {source.kind === "generic" && (
            <Section title="How it is read">
              <MappingEditor source={source} />
            </Section>
          )}
          <Section title="What becomes of an alert">
            <RulesEditor source={source} mayChange />
          </Section>
          {(source.kind !== "generic" || Object.keys(source.severity_map).length > 0) && (
            <Section title="How severe">
              <SeverityMapEditor source={source} sender={sender} />
            </Section>
          )}
          <Section title="Try a message">
            <PreviewPanel source={source} />
          </Section>
        </>
      )}
    </>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.section} aria-label={title}>
      <h2>{title}</h2>
      <SectionBoundary>{children}</SectionBoundary>
    </section>
  );
}
