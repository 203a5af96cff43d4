"""Proving the record: the night's recheck and seal, and the weekly walk over all seals."""

from typing import Any

from upstander.actions import recheck, seals
from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.jobs.clock import now
from upstander.models import Recheck


def prove(moment: Moment) -> dict[str, Any]:
    """Decides a random sample again and seals what was added; each once a day.

    {"recheck": {"checked","differing"}, "seal": {"day","rows","digest"} or {"refused"}}.
    """
    found = Recheck.objects.filter(day=moment.day).order_by("at", "id").last() or recheck.recheck(moment)
    return {"recheck": {"checked": found.checked, "differing": found.differing}, "seal": _sealed(moment)}


def _sealed(moment: Moment) -> dict[str, Any]:
    try:
        made = seals.seal(moment)
    except Refusal as refusal:  # a clock that was set back stops no night's work
        return {"refused": refusal.code, **refusal.data}
    return {"day": made.seal.day.isoformat(), "rows": made.rows, "digest": made.seal.digest}


def walk() -> dict[str, Any]:
    """Walks every seal; what does not match stands in the audit, in the log and on the office's pages."""
    verified = seals.verify(now())
    return {"seals": verified.seals, "faults": [fault.as_json() for fault in verified.faults]}
