"""Tables, constraints, migrations. No rules."""

from upstander.models.accounts import Account, Installation, Invitation, RoleGrant
from upstander.models.cache import CacheRow
from upstander.models.learning import (
    Attempt,
    Certificate,
    Completion,
    CompletionScore,
    Enrolment,
    LessonAnswer,
    PageSeen,
)
from upstander.models.notices import Notice
from upstander.models.people import (
    Appointment,
    Person,
    RosterImport,
    RosterRecord,
    Unit,
    UnitAdministrator,
    UnitRecord,
)
from upstander.models.programmes import (
    AdjustmentRecord,
    AuditLine,
    Programme,
    ProgrammeVersion,
    Snapshot,
    SnapshotCount,
    SnapshotRow,
    Standing,
    StandingChange,
)

__all__ = [
    "Account", "AdjustmentRecord", "Appointment", "Attempt", "AuditLine", "CacheRow", "Certificate", "Completion",
    "CompletionScore", "Enrolment", "Installation", "Invitation", "LessonAnswer", "Notice", "PageSeen", "Person",
    "Programme", "ProgrammeVersion", "RoleGrant", "RosterImport", "RosterRecord", "Snapshot", "SnapshotCount",
    "SnapshotRow", "Standing", "StandingChange", "Unit", "UnitAdministrator", "UnitRecord",
]  # fmt: skip
