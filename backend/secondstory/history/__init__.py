"""Who wrote what, when: versions of passages, what differs, and older texts brought back."""
