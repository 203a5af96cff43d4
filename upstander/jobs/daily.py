"""The night's work, one step after the other; each is safe to run again at any time."""

from datetime import date

from upstander.actions import item_figures, snapshot, standing
from upstander.actions.another_way import record_due
from upstander.actions.arrangement_letters import plan_arrangement_reminders
from upstander.actions.arrivals import forget_arrivals
from upstander.actions.case_files import remove_outlived, sweep
from upstander.actions.cases import BY_ITSELF, look_again
from upstander.actions.escalation import plan_escalation
from upstander.actions.forgetting import forget_settled
from upstander.actions.next_cycle import draft_due_cycles
from upstander.actions.notices import plan_due
from upstander.actions.purging import purge_answers
from upstander.actions.session_letters import plan_session_reminders
from upstander.core.days import Moment
from upstander.core.programme import Programme
from upstander.delivery import catalogue
from upstander.jobs import sending
from upstander.jobs.clock import at_noon, now
from upstander.jobs.proof import prove
from upstander.models import Notice
from upstander.queries.programmes import all_published
from upstander.queries.sent_notices import waiting_notices


def run(day: date | None = None) -> dict:
    """Decides what the day changed, plans the notices that are due, sends what may go, takes the night's figures.

    As of today, or of noon of the given day; on a day to come nothing leaves the house (only the demo's mailbox takes
    it), and the figures of another day cannot be taken, nor its record be sealed. What was done: {"day","changes",
    "drafted","item_figures","planned","sent","held","waiting","snapshot","proof"}; `drafted` names the next cycles
    drafted, `item_figures` counts those made anew, `held` the notices that wait because no officer has opened their
    programme's sending, `waiting` those of open programmes.
    """
    present = now()
    moment = present if day is None else at_noon(day)
    changes = standing.run_due(moment)
    drafted = draft_due_cycles(moment)
    look_again(moment)
    record_due(moment)
    forget_arrivals(moment)
    forget_settled(moment)
    remove_outlived(moment, BY_ITSELF)
    sweep(moment)
    figures = item_figures.refresh(catalogue.bank_of, moment) if moment.day == present.day else 0
    purge_answers(moment)
    plan_session_reminders(moment)
    plan_arrangement_reminders(moment)
    planned = {rules.key: _planned(rules, moment) for rules in all_published()}
    may_send = moment.day <= present.day or sending.keeps_in_mailbox()
    sent = sending.run(None if day is None else moment) if may_send else {}
    taken = snapshot.take(moment) if moment.day == present.day else None
    return {
        "day": moment.day.isoformat(),
        "changes": changes,
        "drafted": [f"{version.programme_id}@{version.number}" for version in drafted],
        "item_figures": figures,
        "planned": planned,
        "sent": sent,
        "held": Notice.objects.filter(state="planned", programme__sending_opened_at=None).count(),
        "waiting": waiting_notices(),
        "snapshot": {"rows": taken.row_count, "digest": taken.digest} if taken else None,
        "proof": prove(moment) if taken else None,
    }


def _planned(rules: Programme, moment: Moment) -> dict:
    hours_matter = not sending.keeps_in_mailbox()
    told = plan_escalation(rules, moment, hours_matter)
    return {**plan_due(rules, moment, hours_matter).as_json(), **told}
