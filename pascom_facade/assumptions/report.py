"""What may be told to others of an instance: verdicts in words that this package knows, and no others."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from .._version import __version__
from .table import TABLE
from .words import Finding, shown

FORMAT = 1
KIND = "pascom-facade: assumptions about one instance"


def report(findings: Iterable[Finding], requests: int) -> str:
    """JSON, a finding a line. No value of a call, no name, number or host can be in it: see `Assumption.allows`."""
    head = {"kind": KIND, "format": FORMAT, "client": __version__, "requests": requests}
    opening = json.dumps(head, indent=1)[:-2]
    lines = ",\n".join(f"  {json.dumps(finding.as_dict(), ensure_ascii=False)}" for finding in findings)
    return f'{opening},\n "findings": [\n{lines}\n ]\n}}\n'


def row(finding: Finding) -> dict[str, Any]:
    """For programs: the finding, and what was assumed."""
    assumption = finding.assumption
    return {
        **finding.as_dict(),
        "grade": assumption.grade,
        "assumed": list(assumption.assumed),
        "about": assumption.about,
        "hangs": assumption.hangs,
    }


PAGE = """# What is assumed

The vendor documents ten requests; much of the rest is concluded, reported by others, or not known at all. Everything
that this client assumes of an instance stands here, with its grade:

| Grade | Meaning |
|---|---|
| A | the vendor says so: its pages, screenshots, scripts |
| B | code or reports of people with a real instance |
| C | a release note mentions it, without its form |
| D | concluded from the others |
| ? | nothing is known |

`pascom doctor --assumptions` asks your instance about each, with GET and HEAD only, in fewer than 60 requests, and says
which are confirmed, which are refuted (and what is so instead), and which it doesn't tell, and why.

```sh
pascom doctor --assumptions
pascom doctor --report instance.json --yes   # for a bug report; without --yes it is shown first, and asks
pascom simulate --like instance.json   # plays an instance of that kind
```

The report holds the names below, verdicts, and words and numbers of lists that this package brings along: no value of a
call, no name, no phone number, no host.

What was learned is kept beside the cache of `--live` (`~/.cache/pascom-facade` on Linux), for the user of this computer
alone, and used from then on by `pascom` and `Pascom(…)`: by `cdr`, which so needs no requests to find out how the
journal is to be asked, and by `states`. Answers are checked against it all the same. Nothing else writes that file;
delete it, set `PASCOM_CACHE=off`, or pass `Pascom(…, remember=False)` to do without. After an upgrade of the phone
system, ask again.
"""
TITLES = {"cdr": "The journal", "users": "Users", "states": "States", "recordings": "Recordings", "http": "The server"}


def page() -> str:
    """`docs/assumptions.md`."""
    return PAGE + "".join(_tables())


def _tables() -> Iterator[str]:
    for group, title in TITLES.items():
        yield f"\n## {title}\n\n| Name | Grade | What | Assumed | What hangs on it |\n|---|---|---|---|---|\n"
        for one in TABLE:
            if one.name.split(".")[0] == group:
                yield f"| `{one.name}` | {one.grade} | {one.about} | {shown(one.assumed)} | {one.hangs} |\n"
