"""The questions of a help page as people ask them, its parts, and what a reader can do about an answer."""

from django.utils.translation import gettext_noop

#: part -> its title
TOPICS = {
    "for-me": gettext_noop("Is it for me?"),
    "when": gettext_noop("By when?"),
    "taking": gettext_noop("Taking it"),
    "afterwards": gettext_noop("Afterwards"),
    "in-the-way": gettext_noop("When something is in the way"),
    "happened": gettext_noop("Harassment happened: what now?"),
}

#: question -> as it is asked
QUESTIONS = {
    "happened-to-me": gettext_noop("It happened to me. Where can I turn?"),
    "told": gettext_noop("Somebody told me something, or I saw it. What do I do?"),
    "resources": gettext_noop("Who can help, and where is there more about them?"),
    "responsible-employee": gettext_noop("Am I a “responsible employee”?"),
    "must-report": gettext_noop("What must be shared: what happens to students, to employees, or both?"),
    "requirement": gettext_noop("Who takes it, and what is required?"),
    "goals": gettext_noop("What will I know when I have finished?"),
    "several-options": gettext_noop("Which courses can I choose from? May I take more than one?"),
    "recently-joined": gettext_noop("I joined recently, with an onboarding training. Do I need to take it?"),
    "earlier-training": gettext_noop(
        "I took a training like this before, for example in an earlier year. Does it count?"
    ),
    "elsewhere": gettext_noop("I took a similar course at another institution. Does it count?"),
    "as-student": gettext_noop("I took it as a student. Does it count for an employee?"),
    "appointment-ends": gettext_noop("My appointment ends soon. Do I still need to take it?"),
    "leave": gettext_noop("I am or will be on leave or sabbatical. What then?"),
    "graduating": gettext_noop("I am graduating soon. Do I still need to take it?"),
    "unpaid": gettext_noop("My appointment is unpaid. Do I need to take it?"),
    "by-when": gettext_noop("By when is it due?"),
    "every-year": gettext_noop("Will this come again every year?"),
    "access": gettext_noop("How do I get to the training?"),
    "sign-in": gettext_noop("I cannot sign in. How do I get an account?"),
    "how-long": gettext_noop("How long does it take?"),
    "working-hours": gettext_noop("May I take it in working hours?"),
    "languages": gettext_noop("In which languages can I take it?"),
    "phone": gettext_noop("Does it work on a phone or a tablet?"),
    "not-passing": gettext_noop("What happens if I do not pass?"),
    "survey": gettext_noop("Is there a survey? Must I give demographic information?"),
    "confirmation": gettext_noop("How do I know that I have met the requirement?"),
    "again-later": gettext_noop("May I come back later and go to any section?"),
    "reminders-done": gettext_noop("I have finished it, and still get reminders. Why?"),
    "more-time": gettext_noop("I do not have enough time before my date."),
    "technical": gettext_noop("Something does not work."),
    "no-computer": gettext_noop("I have no computer to take it on."),
    "upsetting": gettext_noop("The content upsets me. Is there another way?"),
    "content-questions": gettext_noop("I have a question about the content."),
    "in-person": gettext_noop("Are there programmes in person, for me or for my group?"),
    "wrong-reason": gettext_noop("What this site says about me is wrong."),
    "contact": gettext_noop("Whom do I call or write to?"),
}

#: act -> the words of its link
ACTS = {
    "my-training": gettext_noop("Go to my training"),
    "schedule": gettext_noop("See the schedule"),
    "compare": gettext_noop("Compare the courses side by side"),
    "courses": gettext_noop("Look at the courses"),
    "sign-in": gettext_noop("Sign in"),
    "account": gettext_noop("How to get an account"),
    "new-password": gettext_noop("Ask for a new password"),
    "write": gettext_noop("Write to the office"),
    "ask": gettext_noop("Ask the office here"),
    "trouble": gettext_noop("Look at this browser, and what to do"),
    "in-person": gettext_noop("See the dates in person"),
    "privacy": gettext_noop("What is kept about you, and who sees it"),
    "check-certificate": gettext_noop("Check a certificate"),
    "check-message": gettext_noop("Check whether a message is genuine"),
    "certificate": gettext_noop("Download your certificate"),
    "calendar": gettext_noop("Add your date to your calendar"),
    "begun": gettext_noop("Go on with the course"),
    "pause": gettext_noop("Pause and step away"),
    "another-way": gettext_noop("Ask for another way"),
    "ask-page": gettext_noop("Ask from the course"),
    "say-wrong": gettext_noop("Say that something is wrong"),
    "cases": gettext_noop("What you have asked so far"),
}
