/** What others on the page can ask of the timeline. */
export interface TimelineHandle {
  /** Shows an entry and gives it the focus. */
  show: (id: string) => void;
}
