/** Short names for the shapes of the history. */
import type { components } from "../../../api/schema.gen";

type Schemas = components["schemas"];

export type Version = Schemas["VersionRead"];
export type VersionText = Schemas["VersionText"];
export type Difference = Schemas["Difference"];
export type Piece = Schemas["DifferencePiece"];
export type Restoration = Schemas["RestorationRead"];
