"""What all shapes of Azure Monitor's messages share; for the source of the rules see each shape.

They stand in `azure_monitor` and `azure_monitor_older`.
"""

from collections.abc import Mapping

from secondstory.incidents.models import Severity

LABEL = "Azure Monitor"

# Sev0 is the worst; older shapes write the number alone, log alerts a word.
SEVERITIES: Mapping[str, Severity] = {
    **{
        f"{word}{number}": Severity(f"sev{number + 1}")
        for word in ("Sev", "")
        for number in range(5)
    },
    "Informational": Severity.SEV4,
    "Verbose": Severity.SEV5,
}

# Results of a search in the portal, with a small letter in newer messages.
SEARCHES = (
    "linkToSearchResultsUI",
    "linkToFilteredSearchResultsUI",
    "LinkToSearchResults",
    "LinkToFilteredSearchResultsUI",
)


def last_part(resource_id: str) -> str | None:
    """Return the name at the end of a resource's path."""
    return resource_id.rstrip("/").rpartition("/")[2] or None
