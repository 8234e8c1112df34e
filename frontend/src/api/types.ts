/** Short names for the server's shapes. */
import type { components } from "./schema.gen";

type Schemas = components["schemas"];

export type Me = Schemas["MeRead"];
export type User = Schemas["UserRead"];
export type Role = Schemas["Role"];
export type Token = Schemas["TokenRead"];
export type TokenCreated = Schemas["TokenCreated"];
export type Scope = Schemas["Scope"];
export type Incident = Schemas["IncidentRead"];
export type IncidentCreate = Schemas["IncidentCreate"];
export type IncidentKind = Schemas["Kind"];
export type IncidentStatus = Schemas["Status"];
export type Severity = Schemas["Severity"];
export type Stage = Schemas["Stage"];
export type Action = Schemas["ActionRead"];
export type ActionPatch = Schemas["ActionPatch"];
export type ActionStatus = Schemas["ActionStatus"];
export type Intent = Schemas["Intent"];
export type Sender = Schemas["SenderRead"];
export type Source = Schemas["SourceRead"];
export type SourceWithSecret = Schemas["SourceWithSecret"];
export type SourceKind = Schemas["SourceKind"];
export type Rules = Schemas["RulesRead"];
/** Settings that a preview may try in the place of a source's own. */
export type TriedSettings = Pick<Schemas["PreviewRequest"], "mapping" | "rules" | "severity_map">;
export type PayloadMapping = Schemas["PayloadMappingRead"];
export type AlertState = Schemas["AlertState"];
export type Signal = Schemas["SignalRead"];
export type Outcome = Schemas["Outcome"];
/** With the incident that the alert belongs to. */
export type KeptOutcome = Schemas["KeptOutcome"];
export type Delivery = Schemas["DeliveryRead"];
