/** Short names for the shapes of one incident's parts. */
import type { components } from "../../api/schema.gen";
import type { Incident } from "../../api/types";

type Schemas = components["schemas"];

export type TimelineEvent = Schemas["EventRead"];
export type EventCreate = Schemas["EventCreate"];
export type EventPatch = Schemas["EventPatch"];
export type EventKind = Schemas["EventKind"];
export type Why = Schemas["WhyRead"];
export type WhyCreate = Schemas["WhyCreate"];
export type WhyPatch = Schemas["WhyPatch"];
export type Takeaway = Schemas["TakeawayRead"];
export type TakeawayCreate = Schemas["TakeawayCreate"];
export type TakeawayPatch = Schemas["TakeawayPatch"];
export type TakeawayKind = Schemas["TakeawayKind"];
export type ActionCreate = Schemas["ActionCreate"];
export type Participant = Schemas["ParticipantRead"];
export type ParticipantRole = Schemas["ParticipantRole"];
/** What this page changes on an incident, with only the values that the server takes. */
export type IncidentPatch = Partial<
  Pick<
    Incident,
    | "title"
    | "kind"
    | "severity"
    | "status"
    | "stage"
    | "visibility"
    | "started_at"
    | "detected_at"
    | "mitigated_at"
    | "resolved_at"
    | "services"
    | "tags"
  >
>;
export type Actor = Schemas["Actor"];
