"""Tables, constraints, migrations. No rules."""

from upstander.models.accounts import Account, Installation, Invitation, RoleGrant
from upstander.models.cache import CacheRow
from upstander.models.cases import Case, CaseEntry
from upstander.models.history import PresetSignature, Recheck, Rehearsal, Seal
from upstander.models.learning import (
    Attempt,
    Certificate,
    Completion,
    CompletionScore,
    CourseStart,
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
    "Account", "AdjustmentRecord", "Appointment", "Attempt", "AuditLine", "CacheRow", "Case", "CaseEntry",
    "Certificate", "Completion", "CompletionScore", "CourseStart", "Enrolment", "Installation", "Invitation",
    "LessonAnswer", "Notice", "PageSeen", "Person", "PresetSignature", "Programme", "ProgrammeVersion", "Recheck",
    "Rehearsal", "RoleGrant", "RosterImport", "RosterRecord", "Seal", "Snapshot", "SnapshotCount", "SnapshotRow",
    "Standing", "StandingChange", "Unit", "UnitAdministrator", "UnitRecord",
]  # fmt: skip
