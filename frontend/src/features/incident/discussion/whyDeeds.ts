/** What people can do to a why of the outline. */
import type { Why } from "../types";
import type { OutlineRow } from "./outline";

export interface WhyDeeds {
  addBelow: (row: OutlineRow) => void;
  addBeside: (row: OutlineRow) => void;
  deeper: (row: OutlineRow) => void;
  shallower: (row: OutlineRow) => void;
  shift: (row: OutlineRow, by: 1 | -1) => void;
  pickCauses: (row: OutlineRow) => void;
  pickEvidence: (why: Why) => void;
  addAction: (why: Why) => void;
  remove: (why: Why) => void;
}
