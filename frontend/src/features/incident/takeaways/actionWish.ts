/** The wish to agree on an action, from wherever on the page it came. */
import type { Action } from "../../../api/types";

export interface ActionWish {
  /** Counts the wishes; each one opens the form. */
  count: number;
  origin: Action["origin"];
}

export const NO_WISH: ActionWish = { count: 0, origin: null };
