"""How a report looks, on screen and on paper."""

import base64
import hashlib
from typing import Final

CSS: Final = """
:root { color-scheme: light dark; --text: #1b1f24; --dim: #56616d; --line: #d5dae0;
  --soft: #f7f8fa; --page: #fff; --accent: #3661af; }
@media (prefers-color-scheme: dark) { :root { --text: #e7eaee; --dim: #a6adb5; --line: #3a4048;
  --soft: #1f2227; --page: #17191d; --accent: #8ca8d9; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 2.5rem 1.25rem 4rem; background: var(--page); color: var(--text);
  font: 15px/1.6 Inter, system-ui, sans-serif; font-variant-numeric: tabular-nums; }
main { max-width: 46rem; margin: 0 auto; }
h1 { font-size: 1.65rem; line-height: 1.25; margin: 0 0 1.25rem; }
h2 { font-size: 1.25rem; margin: 2.75rem 0 .75rem; padding-top: 1rem;
  border-top: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 1.75rem 0 .5rem; }
h4, h5, h6 { font-size: .9rem; margin: 1.25rem 0 .5rem; }
p, ul, ol, pre, table, blockquote { margin: .5rem 0; }
a { color: var(--accent); overflow-wrap: anywhere; }
pre { padding: .75rem; background: var(--soft); border-radius: 6px; white-space: pre-wrap;
  overflow-wrap: anywhere; }
code { font: .88em ui-monospace, monospace; }
blockquote { margin-left: 0; padding-left: 1rem; border-left: 3px solid var(--line); }
table { border-collapse: collapse; }
th, td { padding: .25rem .6rem; border: 1px solid var(--line); text-align: left; }
.key, .marks, .note, dt { color: var(--dim); font-size: .82rem; }
.key { margin: 0; }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.25rem; margin: 0; }
dl.facts dd { margin: 0; }
ol.timeline, ul.actions { list-style: none; padding: 0; }
.timeline > li { display: grid; grid-template-columns: 3.5rem 1fr; padding: .5rem 0;
  border-top: 1px solid var(--line); }
.timeline time { font-weight: 620; }
.timeline .head { margin: 0; }
.pivot { border-left: 3px solid var(--accent); padding-left: .75rem; }
ol.whys { padding-left: 1.5rem; }
.whys ul { list-style: disc; }
ol.whys ol.whys { border-left: 1px solid var(--line); }
.whys > li { margin: .9rem 0; }
.whys .question, .actions .title { margin: 0; font-weight: 620; }
.whys .name { margin: .6rem 0 0; color: var(--dim); font-size: .82rem; }
.actions > li { padding: .6rem 0; border-top: 1px solid var(--line); }
.actions p { margin: 0; }
@media print { @page { margin: 18mm 16mm; } body { padding: 0; font-size: 10.5pt; }
  h2, h3, h4, .head, .question, .title { break-after: avoid; }
  .timeline > li, .actions > li, pre, tr { break-inside: avoid; } a { color: inherit; } }
"""

_HASH = base64.b64encode(hashlib.sha256(CSS.encode()).digest()).decode()
# Nothing but this very style: no script, no image, nothing fetched from anywhere.
CONTENT_POLICY: Final = (
    f"default-src 'none'; style-src 'sha256-{_HASH}'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
