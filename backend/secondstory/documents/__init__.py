"""The shared text of an incident: a Yjs document that is stored before it is passed on."""
