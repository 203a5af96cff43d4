"""What the answers for the person asking say: code -> whole sentence."""

from django.utils.translation import gettext_noop

#: code of `core.questions_own` and its neighbours -> sentence
OWN = {
    "you-ends-before": gettext_noop(
        "You need not take it: your appointment ends on %(ends_on)s, before your group’s deadline, %(due_on)s."
    ),
    "you-ends-on": gettext_noop(
        "You need not take it: your appointment ends on %(ends_on)s, which is your group’s last day."
    ),
    "you-exempt": gettext_noop("You are exempt. Nothing is asked of you in this period."),
    "you-waived": gettext_noop("The office has released you from it."),
    "you-done": gettext_noop("You finished it on %(on)s. Nothing more is asked of you in this period."),
    "you-scheduled": gettext_noop("It is required of you, from %(opens_on)s to %(due_on)s."),
    "you-scheduled-open-end": gettext_noop(
        "It is required of you, from %(opens_on)s on. No last day is set yet, because the end of your leave is not "
        "known."
    ),
    "you-deferred": gettext_noop(
        "It is required of you, but the clock stands still during your leave. Your date is %(due_on)s."
    ),
    "you-deferred-open-end": gettext_noop(
        "It is required of you, but the clock stands still during your leave. Your date follows when the end of the "
        "leave is known."
    ),
    "you-open": gettext_noop("It is required of you, by %(due_on)s."),
    "you-open-today": gettext_noop("It is required of you, and today is the last day."),
    "you-open-no-date": gettext_noop(
        "It is required of you. No date is set, because the end of your coming leave is not known."
    ),
    "you-late": gettext_noop("It was due on %(due_on)s. You can still finish it, and it counts."),
    "you-undecided": gettext_noop(
        "We cannot tell yet, because Human Resources lacks a fact about you. Until it is there, nothing is asked of "
        "you."
    ),
    "done-nothing": gettext_noop("You have met the requirement of this period, so you need do nothing about it."),
    "undecided-nothing": gettext_noop("Until Human Resources adds the fact that is missing, nothing is asked of you."),
    "date-none": gettext_noop("No date is set for you at present."),
    "goal-required": gettext_noop(
        "The part on sharing concerns you directly: in your role you are expected to share what you learn. The "
        "course shows you how."
    ),
    "goal-encouraged": gettext_noop(
        "In your role you are urged, not obliged, to share what you learn. The course shows you how you can help."
    ),
    "goal-exempt": gettext_noop(
        "You hold a confidential role. The course tells you what that lets you keep, and its limits."
    ),
    "finished-are": gettext_noop("You have finished: %(courses)s. All the others stay open to you."),
    "finished-only": gettext_noop("You have finished: %(courses)s."),
    "begun-are": gettext_noop("You have begun: %(courses)s. Your place is kept."),
    "none-begun": gettext_noop("You have begun none of them yet. All are open to you."),
    "suits-you": gettext_noop("These may suit you: %(courses)s."),
    "open-anyway": gettext_noop("Nothing is asked of you, and all of them are open to you."),
    "joined": gettext_noop("You joined on %(on)s, as Human Resources has it."),
    "joined-unknown": gettext_noop("Human Resources has no day on which you joined."),
    "joined-no-matter": gettext_noop("The day on which you joined makes no difference here."),
    "no-completion": gettext_noop("We have no earlier training of yours on record for this."),
    "completions-are": gettext_noop("On your record: %(courses)s."),
    "your-period": gettext_noop("For you only something taken from %(first_on)s to %(last_on)s could be accepted."),
    "your-own-period": gettext_noop("For you only something taken in your present period could be accepted."),
    "until-decided": gettext_noop("Until that is decided, your date stands: %(due_on)s."),
    "as-employee": gettext_noop(
        "You are an employee here. A course that you finish now goes on your record in that role."
    ),
    "as-student": gettext_noop(
        "You are here as a student. A course that you finish now goes on your record in that role."
    ),
    "as-neither": gettext_noop("You hold no appointment here now."),
    "role-counts": gettext_noop("In that role it counts here."),
    "role-does-not-count": gettext_noop("In that role it does not count here."),
    "end-on-record": gettext_noop("As Human Resources has it, your appointment ends on %(ends_on)s."),
    "no-end-on-record": gettext_noop("Human Resources has no end for your appointment."),
    "some-without-end": gettext_noop("Another of your appointments has no end on record."),
    "leave-on-record": gettext_noop(
        "You have %(leave)s on record from %(from_on)s to %(to_on)s. It does not touch your days here."
    ),
    "leave-on-record-open": gettext_noop(
        "You have %(leave)s on record from %(from_on)s, without an end. It does not touch your days here."
    ),
    "no-leave": gettext_noop("Human Resources has no present or coming leave for you."),
    "graduates-on": gettext_noop("You finish your degree on %(on)s, as it stands on record."),
    "graduation-unknown": gettext_noop("The day on which you finish your degree is not on record."),
    "not-a-student": gettext_noop("You are not here as a student."),
    "you-paid": gettext_noop("Your appointment is paid, as Human Resources has it."),
    "you-paid-among": gettext_noop("You hold a paid and an unpaid appointment. The paid one decides."),
    "you-unpaid": gettext_noop("Your appointment is unpaid, as Human Resources has it."),
    "you-pay-unknown": gettext_noop("Human Resources has not said whether your appointment is paid."),
    "you-pay-no-matter": gettext_noop("For you pay makes no difference: you are here as a student."),
    "you-benefits": gettext_noop("Your appointment is eligible for benefits, as Human Resources has it."),
    "you-no-benefits": gettext_noop("Your appointment is not eligible for benefits, as Human Resources has it."),
    "you-benefits-unknown": gettext_noop(
        "Human Resources has not said whether your appointment is eligible for benefits."
    ),
    "no-appointment-now": gettext_noop("Human Resources has no present or coming appointment for you."),
    "may-take-you": gettext_noop("You may take any course all the same."),
    "next-from": gettext_noop("It opens for you again from %(next_on)s on, if you are still among those who take it."),
    "decided-next": gettext_noop("In the next period it is decided again, from the facts as they are then."),
    "settle-this": gettext_noop("What you finish now settles the present period."),
    "access-now": gettext_noop("It is open to you now."),
    "access-soon": gettext_noop("Your days begin on %(opens_on)s. You may begin earlier, and it counts."),
    "access-leave": gettext_noop("It is open to you during your leave too. You need not use that."),
    "access-again": gettext_noop("You have finished. Every page you took stays open to you."),
    "access-anyway": gettext_noop("It is not asked of you, and it is open to you all the same."),
    "access-undecided": gettext_noop("You may begin all the same, and it counts if it turns out to be required."),
    "signed-in": gettext_noop("You are signed in now, so your account works."),
    "time-done": gettext_noop("You are done, so it takes no more of your time."),
    "time-released": gettext_noop("You need not spend any time on it."),
    "time-left": gettext_noop("There is time until %(due_on)s."),
    "time-window": gettext_noop("Your days run from %(opens_on)s to %(due_on)s."),
    "time-late": gettext_noop("Your date, %(due_on)s, is past. Finish when you can; it counts."),
    "time-open": gettext_noop("No last day is set for you at present."),
    "hours-you": gettext_noop("You are employed here, so this is for you too: take it in your working hours."),
    "hours-you-student": gettext_noop(
        "You are here as a student, so no working hours are meant. Take it when it suits you."
    ),
    "hours-you-none": gettext_noop("You hold no appointment as an employee here now, so no working hours are meant."),
    "letters-in": gettext_noop(
        "Our messages to you are in this language: %(language)s. You can change that with the button at the top."
    ),
    "nothing-begun": gettext_noop(
        "You have begun nothing yet. You can begin on the device that you are reading this on."
    ),
    "pass-done": gettext_noop("Your requirement is met. No later attempt changes that."),
    "pass-until": gettext_noop(
        "Your date is %(due_on)s. Until then, and afterwards too, you can try as often as you like."
    ),
    "pass-free": gettext_noop("You can try as often as you like; no date presses you."),
    "survey-you-may": gettext_noop("You may leave out any of it, or all of it, without a reason and without a trace."),
    "survey-you": gettext_noop("You are asked for none of it, so there is nothing for you to answer or to skip."),
    "confirmed": gettext_noop("It is on your record as finished on %(on)s."),
    "confirm-none": gettext_noop("Nothing is asked of you, so there is nothing to confirm. My training says the same."),
    "not-yet": gettext_noop("It is not on your record as finished."),
    "pages-open": gettext_noop("Every page of these is open to you: %(courses)s."),
    "pages-after": gettext_noop("You have begun: %(courses)s. Once you complete it, all its pages stay open to you."),
    "pages-none": gettext_noop(
        "You have completed none of the courses yet. From then on all pages of it stay open to you."
    ),
    "no-reminder-done": gettext_noop("You finished on %(on)s, so no reminder goes to you any more."),
    "no-reminder-released": gettext_noop("Nothing is asked of you, so no reminder goes to you."),
    "no-reminder-leave": gettext_noop("You are on leave, so no reminder goes to you now."),
    "no-reminder-undecided": gettext_noop("As long as a fact is missing, no reminder goes to you."),
    "reminders-later": gettext_noop(
        "You have not finished yet. Reminders can begin after your days open, on %(opens_on)s."
    ),
    "reminders-on": gettext_noop(
        "You have not finished yet. Until you do, reminders are planned for these days: %(days)s."
    ),
    "reminders-none": gettext_noop("You have not finished yet. No further reminder is planned for you."),
    "write-by": gettext_noop("Your date is %(due_on)s, so write before that day."),
    "write-now": gettext_noop(
        "Your date, %(due_on)s, is past. Write now all the same, and say by which day you can finish."
    ),
    "write-no-date": gettext_noop("No last day is set for you at present, so you need no more time yet."),
    "technical-due": gettext_noop(
        "If it still fails shortly before %(due_on)s, call, so that your date is looked after."
    ),
    "technical-late": gettext_noop("Your date, %(due_on)s, is past. Call, so that the office knows what holds you up."),
    "technical-free": gettext_noop("You need not hurry. No date of yours depends on it."),
    "call-before": gettext_noop("Call soon enough before %(due_on)s."),
    "call-late": gettext_noop("Your date, %(due_on)s, is past. Call all the same; it still counts."),
    "call-free": gettext_noop("Call whenever it suits you; no date presses you."),
    "upset-done": gettext_noop("Nothing more is asked of you. You need not open the course again."),
    "upset-released": gettext_noop("Nothing is asked of you. You need not open the course at all."),
    "upset-due": gettext_noop(
        "Ask as early as you can; your date is %(due_on)s. You may leave the course closed until you have your answer."
    ),
    "upset-late": gettext_noop(
        "Your date, %(due_on)s, is past. Ask all the same; you may leave the course closed until you have your answer."
    ),
    "upset-free": gettext_noop("Ask whenever you like; no date presses you."),
    "ask-from": gettext_noop("You can ask straight from a course that you have opened: %(courses)s."),
    "ask-write": gettext_noop(
        "You have opened none of the courses yet. Write to the office, or begin one and ask from its pages."
    ),
    "in-person-done": gettext_noop("You have met your requirement. A programme in person would come on top of it."),
    "in-person-released": gettext_noop("Nothing is asked of you, and you may ask to take part in person all the same."),
    "in-person-due": gettext_noop("For you the courses here remain what counts, by %(due_on)s."),
    "in-person-late": gettext_noop("For you the courses here remain what counts. Your date was %(due_on)s."),
    "in-person-free": gettext_noop("For you the courses here remain what counts; no date presses you."),
    "reasons-are": gettext_noop("This is what your status rests on now. Each line says where it comes from."),
    "say-number": gettext_noop(
        "Say your number, %(number)s, and the name of this programme. Then your record is found at once."
    ),
    "happened-due": gettext_noop(
        "Your training can wait. Ask the office for more time or for another way; you need not say why."
    ),
    "happened-free": gettext_noop("No training presses you. Take your time."),
    "duty-supervises": gettext_noop("You supervise others. In that role you are a responsible employee."),
    "duty-employed": gettext_noop("You are employed here. As most employees, you are a responsible employee."),
    "duty-encouraged": gettext_noop(
        "By what is on record, you are not. You are urged, not obliged, to share what you learn."
    ),
    "duty-exempt": gettext_noop("You hold a confidential role. What reaches you in that role you may keep."),
    "told-must-all": gettext_noop(
        "By your role you must share it, whoever is affected, because you supervise others. Tell the person so "
        "before they go on."
    ),
    "told-must-student": gettext_noop(
        "By your role you must share it if a student is affected. If it is an employee, you are urged to. Tell the "
        "person so before they go on."
    ),
    "told-may": gettext_noop("You are urged to share it, not obliged. Ask what the person would like."),
    "told-keep": gettext_noop(
        "You hold a confidential role, so you may keep what reaches you in it. Say so, and explain the options."
    ),
    "help-employee": gettext_noop(
        "All of them are open to you as an employee. Ask the confidential line whether there is counseling for "
        "employees."
    ),
    "help-student": gettext_noop(
        "All of them are open to you as a student. Ask the confidential line about counseling for students."
    ),
    "help-anybody": gettext_noop("All of them are open to you."),
    "pass-late": gettext_noop(
        "Your date, %(due_on)s, is past. You can try as often as you like, and a pass still counts."
    ),
    "in-person-undecided": gettext_noop(
        "Until it is clear what is asked of you, taking part in person is a choice of your own."
    ),
    "reasons-why": gettext_noop("This is why:"),
    "verdict-due": gettext_noop("You need to take it, by %(due_on)s."),
    "verdict-late": gettext_noop("You still need to take it. It was due on %(due_on)s."),
    "verdict-free": gettext_noop("You need to take it. No last day is set for you at present."),
    "verdict-done": gettext_noop("You have met the requirement of this period."),
    "you-not-required": gettext_noop("You need not take it."),
    "time-not-needed": gettext_noop("Nothing is asked of you, so you need no more time."),
    "computer-not-needed": gettext_noop("Nothing is asked of you, so you need no computer for it."),
    "pass-released": gettext_noop(
        "Nothing is asked of you. If you take a course all the same, this holds for you too."
    ),
    "elsewhere-not-needed": gettext_noop("So nothing taken elsewhere needs to be looked at for you."),
    "report-must-all": gettext_noop(
        "You supervise others, so you must share it whoever is affected, a student or an employee."
    ),
    "report-must-student": gettext_noop(
        "You must share it if a student is affected. If it is an employee, you are urged to."
    ),
    "report-may": gettext_noop("By what is on record, nothing obliges you to share it. You are urged to."),
    "report-keep": gettext_noop("You hold a confidential role, so nothing that reaches you in it has to be shared."),
    "no-reminder-request": gettext_noop(
        "You have asked us to look into something here. Until that is settled, no reminder goes to you."
    ),
}
