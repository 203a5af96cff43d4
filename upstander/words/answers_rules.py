"""What the general answers say of a programme’s rules: code -> whole sentence."""

from django.utils.translation import gettext_noop

#: code of `core.questions_rules` and `core.questions_general` -> sentence
OF_RULES = {
    "required-of": gettext_noop("It is required of these people:"),
    "route-paid": gettext_noop("%(who)s, if their appointment is paid."),
    "route-benefits": gettext_noop("%(who)s, if their appointment is eligible for benefits."),
    "route-year": gettext_noop("%(who)s, from year %(year)s of their studies on, whether paid or not."),
    "route-plain": gettext_noop("%(who)s."),
    "route-all": gettext_noop("Everybody for whom all of this holds:"),
    "if-any": gettext_noop("At least one of these holds:"),
    "if-all": gettext_noop("All of these hold:"),
    "if-none": gettext_noop("None of these holds:"),
    "if-category": gettext_noop("The appointment is one of these: %(who)s."),
    "if-paid": gettext_noop("The appointment is paid."),
    "if-not-paid": gettext_noop("The appointment is unpaid."),
    "if-benefits_eligible": gettext_noop("The appointment is eligible for benefits."),
    "if-not-benefits_eligible": gettext_noop("The appointment is not eligible for benefits."),
    "if-supervises": gettext_noop("The person supervises others."),
    "if-not-supervises": gettext_noop("The person supervises nobody."),
    "if-confidential_role": gettext_noop("The role is a confidential one."),
    "if-not-confidential_role": gettext_noop("The role is not a confidential one."),
    "if-student_year_at_least": gettext_noop("The person is in year %(wanted)s of their studies or later."),
    "if-area": gettext_noop("The unit belongs to a part of the institution for which this is meant."),
    "if-unit_within": gettext_noop("The unit is one for which this is meant."),
    "if-graduates_within_days": gettext_noop("The degree is finished within %(wanted)s days."),
    "if-work_state": gettext_noop("The place of work is one for which this is meant."),
    "if-work_country": gettext_noop("The country of work is one for which this is meant."),
    "complete-the-course": gettext_noop("They complete one course, “%(course)s”."),
    "complete-one-of": gettext_noop("They complete one of %(total)s courses. Each person chooses which."),
    "complete-some-of": gettext_noop("They complete %(need)s of %(total)s courses. Each person chooses which."),
    "complete-all": gettext_noop("They complete all %(total)s courses."),
    "complete-parts": gettext_noop("The requirement has several parts. My training lists what each person completes."),
    "decided-each": gettext_noop(
        "It is decided for each person from the record of Human Resources, and the reason stands in My training."
    ),
    "goals-of-course": gettext_noop("When you have finished the course, you will:"),
    "options-are": gettext_noop("These are the courses:"),
    "option": gettext_noop("%(label)s: %(title)s (about %(minutes)s minutes)"),
    "option-unlabelled": gettext_noop("%(title)s (about %(minutes)s minutes)"),
    "choose-one": gettext_noop("You choose one of %(total)s courses. Any of them meets the requirement."),
    "choose-some": gettext_noop("You choose %(need)s of %(total)s courses."),
    "choose-all": gettext_noop("All %(total)s courses are needed."),
    "choose-parts": gettext_noop("My training lists what you complete."),
    "choose-only": gettext_noop("One course can be begun now; it meets the requirement."),
    "more-than-needed": gettext_noop(
        "You may take as many as you like. What is more than required goes on your record, and never makes or "
        "reopens a duty."
    ),
    "exempt-since": gettext_noop(
        "Those who joined on or after %(since_on)s are exempt, because their onboarding covered this."
    ),
    "exempt-before": gettext_noop("Those who joined before that day take it, whatever their onboarding was."),
    "exempt-employees": gettext_noop("It holds for people who joined as employees."),
    "no-exemption": gettext_noop(
        "Having joined recently does not exempt anybody here, and an onboarding training does not replace the course."
    ),
    "late-group": gettext_noop(
        "Whoever begins after their group’s first day has as many days as the group has, counted from their own "
        "first day."
    ),
    "late-days": gettext_noop("Whoever begins later has %(days)s days, counted from their own first day."),
    "counts-period": gettext_noop("Only what is completed from %(first_on)s to %(last_on)s counts for this period."),
    "counts-own-period": gettext_noop(
        "Only what is completed within your own period counts for it; My training shows its days."
    ),
    "counts-back": gettext_noop(
        "Where a part looks back over %(months)s months, what was completed in them counts for it too."
    ),
    "counts-course": gettext_noop("It must be “%(course)s”. Another training, however good, does not count by itself."),
    "counts-menu": gettext_noop(
        "It must be one of the courses of this period. Earlier trainings, of whatever year, do not count."
    ),
    "elsewhere-no": gettext_noop(
        "A course taken elsewhere does not count by itself. It does not know the policy, the resources and the rules "
        "of this institution."
    ),
    "elsewhere-listed": gettext_noop("These count here, on the days for which they were accepted:"),
    "elsewhere-counts": gettext_noop("“%(course)s”"),
    "elsewhere-counts-days": gettext_noop("“%(course)s”, taken from %(first_on)s to %(last_on)s"),
    "elsewhere-ask": gettext_noop(
        "If you think that one you took from %(first_on)s to %(last_on)s meets the requirement, write to the office "
        "and add the certificate. A person looks at it and tells you the answer with its reason."
    ),
    "elsewhere-ask-own": gettext_noop(
        "If you think that one you took in your present period meets the requirement, write to the office and add "
        "the certificate. A person looks at it and tells you the answer with its reason."
    ),
    "role-employee-only": gettext_noop(
        "Only a course taken as an employee counts. What you took as a student does not, because the course for "
        "employees is specific to that role."
    ),
    "role-student-only": gettext_noop("Only a course taken as a student counts here."),
    "role-either": gettext_noop(
        "In this programme a course counts whether you took it as a student or as an employee."
    ),
    "ending-by": gettext_noop(
        "If your appointment ends on or before your group’s last day, it is not required. If it ends later, even by "
        "a day, it is."
    ),
    "group-last": gettext_noop("%(group)s: last day %(due_on)s"),
    "ending-lasts": gettext_noop(
        "It is required as long as your appointment lasts, also if it ends soon. Once it has ended, nothing more is "
        "asked of you."
    ),
    "ending-tell": gettext_noop(
        "The date comes from Human Resources. If they do not have it yet, write it to the office, so that it is put "
        "right there."
    ),
    "ending-extended": gettext_noop("If your appointment is extended beyond the date, the requirement comes back."),
    "leave-none-stops": gettext_noop("Leave does not move your date."),
    "leave-all-stop": gettext_noop(
        "Every kind of leave stops the clock. Your date moves by the days of your leave, and no reminder goes out."
    ),
    "leave-some-stop": gettext_noop(
        "These stop the clock: %(kinds)s. Your date moves by the days of your leave, and no reminder goes out."
    ),
    "leave-others": gettext_noop(
        "These do not: %(kinds)s. If you are abroad and the course does not work there, call."
    ),
    "leave-tell": gettext_noop(
        "We learn of leave from Human Resources. If yours does not show in My training, write to the office with its "
        "first and last day."
    ),
    "graduating-still": gettext_noop(
        "Yes. It is required as long as you are a student for whom it is meant, also in your last term. What it is "
        "about goes with you to your next place of work."
    ),
    "graduating-suits": gettext_noop(
        "These may suit somebody who finishes within %(days)s days: %(options)s. You remain free to choose."
    ),
    "unpaid-not": gettext_noop("%(who)s: an unpaid appointment does not require it."),
    "unpaid-benefits": gettext_noop(
        "%(who)s: what decides is whether the appointment is eligible for benefits, not whether it is paid."
    ),
    "unpaid-no-matter": gettext_noop("%(who)s: pay makes no difference."),
    "unpaid-other": gettext_noop("If you hold another appointment that requires it, that one decides."),
    "may-take": gettext_noop("Whoever can sign in may take the courses, also if they are not required."),
    "groups-are": gettext_noop("Each group has its own days, both included:"),
    "group-window": gettext_noop("%(group)s: from %(opens_on)s to %(due_on)s"),
    "group-order": gettext_noop("The groups are looked at in this order; the first that fits you is yours."),
    "window-from": gettext_noop(
        "It opens on %(opens_on)s, or on your first day if that is later, and is due %(days)s days after. For "
        "whoever was here on the first day that is %(due_on)s."
    ),
    "window-own": gettext_noop("Each person has dates of their own; My training shows them."),
    "grace": gettext_noop("After the due date it is accepted for %(days)s more days without being overdue."),
    "late-counts": gettext_noop("What is finished late still counts, until %(last_on)s."),
    "every-year-yes": gettext_noop(
        "Yes. It is required once in every yearly period. The present one runs from %(first_on)s to %(last_on)s."
    ),
    "every-years": gettext_noop(
        "Not every year. It comes back about every %(years)s years, with renewed courses. The present period runs "
        "from %(first_on)s to %(last_on)s."
    ),
    "every-months": gettext_noop(
        "It comes back about every %(months)s months. The present period runs from %(first_on)s to %(last_on)s."
    ),
    "every-named": gettext_noop("The present period runs from %(first_on)s to %(last_on)s. No further one is set."),
    "every-own": gettext_noop(
        "Yes, by a clock of your own. It comes back every %(months)s months; My training shows your next date."
    ),
    "every-once": gettext_noop("No. It is asked of you once, from your first day on."),
    "told-when-again": gettext_noop("You get a message when it opens for you again."),
    "part-all": gettext_noop("%(title)s: all of these: %(courses)s"),
    "part-some": gettext_noop("%(title)s: %(need)s of these: %(courses)s"),
    "part-minutes": gettext_noop("%(title)s: %(minutes)s minutes in all, from courses on its subject"),
    "part-parts": gettext_noop("%(title)s:"),
    "part-only-if": gettext_noop("This part is only for whom this holds:"),
    "option-withdrawn": gettext_noop(
        "%(title)s: withdrawn on %(withdrawn_on)s. Who began it before may finish it, and it counts."
    ),
    "late-window": gettext_noop(
        "Whoever begins later has a window of the same length, counted from their own first day."
    ),
    "window-from-to": gettext_noop(
        "It opens on %(opens_on)s, or on your first day if that is later. For whoever was here on the first day it "
        "is due on %(due_on)s."
    ),
}
