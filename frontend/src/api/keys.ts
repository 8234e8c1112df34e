/** Names under which answers are cached; a prefix invalidates everything below it. */
export const keys = {
  me: ["me"],
  setup: ["setup"],
  users: ["users"],
  tokens: ["tokens"],
  sources: ["sources"],
  source: (sourceId: string) => ["sources", "one", sourceId],
  deliveries: (sourceId: string) => ["sources", "one", sourceId, "deliveries"],
  incidents: ["incidents"],
  incidentList: (filters: object) => ["incidents", "list", filters],
  incident: (incidentKey: string) => ["incidents", "one", incidentKey],
  actions: ["actions"],
  actionLists: ["actions", "list"],
  actionList: (filters: object) => ["actions", "list", filters],
  action: (actionKey: string) => ["actions", "one", actionKey],
} as const;
