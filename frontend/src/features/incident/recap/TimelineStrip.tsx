/** The whole timeline at a glance: one lane for each kind, the incident's own moments across them. */
import { useElementSize } from "@mantine/hooks";
import { useMemo } from "react";
import { fullMoment } from "../../../ui/time/format";
import { useZone } from "../../../ui/time/zone";
import { useIncident } from "../IncidentContext";
import type { EventKind, TimelineEvent } from "../types";
import { KindGlyph } from "./KindGlyph";
import { EVENT_KINDS, EVENT_LOOKS } from "./kinds";
import { buildStrip, type Mark } from "./strip";
import styles from "./TimelineStrip.module.css";

const LANE = 24;
const HEAD = 20;
const FOOT = 20;
/** The longest of the words, and air. */
const WORD_PX = 84;
const HEIGHT = HEAD + LANE * EVENT_KINDS.length + FOOT;

interface Props {
  events: readonly TimelineEvent[];
  onChoose: (id: string) => void;
}

export function TimelineStrip({ events, onChoose }: Props) {
  const { incident } = useIncident();
  const zone = useZone();
  const { ref, width } = useElementSize();
  const strip = useMemo(
    () => (width > 0 ? buildStrip(events, incident, width, zone) : null),
    [events, incident, width, zone],
  );
  return (
    <div className={styles.frame} aria-hidden="true">
      <div className={styles.lanes}>
        {EVENT_KINDS.map((kind) => (
          <span key={kind}>
            <KindGlyph kind={kind} /> {EVENT_LOOKS[kind].word}
          </span>
        ))}
      </div>
      <div ref={ref} className={styles.strip} style={{ height: HEIGHT }}>
        {strip && (
          <svg width={width} height={HEIGHT} aria-hidden="true">
            {EVENT_KINDS.map((kind, lane) => (
              <line
                key={kind}
                className={styles.rule}
                x1={0}
                x2={width}
                y1={laneY(lane)}
                y2={laneY(lane)}
              />
            ))}
            {strip.ticks.map(({ x, words }) => (
              <text key={x} className={styles.tick} x={x} y={HEIGHT - 5}>
                {words}
              </text>
            ))}
            {strip.moments.map(({ x, word, at }, index) => (
              <g key={word} className={styles.moment}>
                <title>{`${word}: ${fullMoment(new Date(at), zone)}`}</title>
                <line x1={x} x2={x} y1={HEAD - 4} y2={HEIGHT - FOOT} />
                {hasRoom(strip.moments, index) && (
                  <text x={x} y={11} textAnchor={anchorAt(x, width)}>
                    {word}
                  </text>
                )}
              </g>
            ))}
            {EVENT_KINDS.map((kind, lane) =>
              strip.lanes[kind].map((mark) => (
                <MarkShape
                  key={mark.ids[0]}
                  kind={kind}
                  mark={mark}
                  y={laneY(lane)}
                  onChoose={onChoose}
                />
              )),
            )}
          </svg>
        )}
      </div>
    </div>
  );
}

interface MarkProps {
  kind: EventKind;
  mark: Mark;
  y: number;
  onChoose: (id: string) => void;
}

/** The list below is what keys and readers use; here the pointer may take a shortcut to it. */
function MarkShape({ kind, mark, y, onChoose }: MarkProps) {
  const [first] = mark.ids;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: see above
    <g
      className={styles.mark}
      data-kind={kind}
      transform={`translate(${mark.x} ${y})`}
      onClick={() => first && onChoose(first)}
    >
      <title>{mark.ids.length === 1 ? EVENT_LOOKS[kind].word : `${mark.ids.length} entries`}</title>
      <circle r={11} className={styles.reach} />
      {mark.pivot && <circle r={8} className={styles.pivot} />}
      <path d={EVENT_LOOKS[kind].shape} />
    </g>
  );
}

function laneY(lane: number): number {
  return HEAD + lane * LANE + LANE / 2;
}

function anchorAt(x: number, width: number): "start" | "middle" | "end" {
  if (x < 40) return "start";
  return x > width - 40 ? "end" : "middle";
}

/** Words that would run into each other: the earlier one stays, the lines tell the rest. */
function hasRoom(moments: readonly { x: number }[], index: number): boolean {
  const [here, before] = [moments[index], moments[index - 1]];
  return !here || !before || here.x - before.x > WORD_PX;
}
