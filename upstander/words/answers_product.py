"""What the general answers say of this site and of who helps: code -> whole sentence."""

from django.utils.translation import gettext_noop

#: code of `core.questions_general` -> sentence
OF_PRODUCT = {
    "access-letter": gettext_noop(
        "A message goes to your e-mail address when your days begin. Its link leads straight to the training."
    ),
    "access-page": gettext_noop(
        "You do not need the message: sign in here and open My training. It shows what is required, and every course "
        "that counts."
    ),
    "sign-in-link": gettext_noop(
        "You do not sign up. Human Resources lists you, and the office sends you a link. With that link you choose a "
        "password."
    ),
    "sign-in-forgot": gettext_noop("If you forgot your password, ask for a new link on the sign-in page."),
    "sign-in-none": gettext_noop("If you never got a link, or yours has expired, call or write. You get a new one."),
    "minutes-one": gettext_noop("About %(high)s minutes."),
    "minutes-each": gettext_noop("Each course takes about %(high)s minutes."),
    "minutes-range": gettext_noop("Each course takes between %(low)s and %(high)s minutes."),
    "in-pieces": gettext_noop("You may take it in pieces. Your place is kept, and nothing is timed."),
    "hours-employees": gettext_noop(
        "Yes. For employees the training is part of their work and is taken in regular working hours."
    ),
    "hours-students": gettext_noop("Students take it when it suits them."),
    "languages-are": gettext_noop("The courses, the questions and the messages are in these languages: %(languages)s."),
    "language-switch": gettext_noop(
        "The button at the top of each page switches the language, also in the middle of a course. Nothing is lost."
    ),
    "language-other": gettext_noop("For another language, name it in a message to the office."),
    "phone-yes": gettext_noop("Yes. Every course works on a computer, a tablet and a phone."),
    "phone-place": gettext_noop(
        "You can begin on one and go on with another: your place comes along when you sign in."
    ),
    "pass-percent": gettext_noop("Each course ends with questions. %(percent)s percent of them right is a pass."),
    "pass-percents": gettext_noop(
        "Each course ends with questions. Its first page and its result page say how many right answers make a pass."
    ),
    "no-penalty": gettext_noop(
        "There is no penalty below that, and no limit: take a new attempt as often as you like. Each one draws its "
        "own questions."
    ),
    "review": gettext_noop("Review shows each of your answers with a comment, and where to read again."),
    "complete-on-pass": gettext_noop(
        "The course is completed at the moment you pass. Nobody else sees your attempts or your score."
    ),
    "no-survey": gettext_noop(
        "No. There is no survey before the courses, and nothing asks for demographic information."
    ),
    "survey-first": gettext_noop(
        "There is a short survey before the training. Every question can be left out, those about you singly or all "
        "together, and one press leads past the whole of it. It is shown once."
    ),
    "survey-traceless": gettext_noop(
        "Answers are sealed and kept without a name, a time or an order, so that nobody can join them to you. Only "
        "totals are shown, never of fewer than ten people."
    ),
    "survey-kept": gettext_noop(
        "What this site knows of you comes from Human Resources and from what you do here. The privacy page says who "
        "sees it."
    ),
    "confirm-ways": gettext_noop(
        "The last page of the course says so at once, a confirmation goes to your e-mail address, and My training "
        "shows it as done."
    ),
    "confirm-certificate": gettext_noop(
        "You can download a certificate. Whoever you give it to can check it by its code."
    ),
    "confirm-department": gettext_noop(
        "Your department’s administrative officer sees the status too, in a report that is renewed every night. "
        "Answers and scores are not in it."
    ),
    "order-then-free": gettext_noop(
        "Yes. Until you have completed a course, its pages open one after the other. From then on all of them stay "
        "open, and you can go to any section."
    ),
    "always-free": gettext_noop("Yes. All pages stay open, before and after you have completed a course."),
    "others-stay": gettext_noop("The other courses stay open to you too."),
    "decided-again": gettext_noop(
        "Before each message goes out, it is decided again whether it still applies. Once your completion is on "
        "record, no reminder goes."
    ),
    "crossed": gettext_noop(
        "A message that was already on its way may cross with your completion. You can leave it unanswered."
    ),
    "tell-us-done": gettext_noop(
        "If reminders keep coming, we lack your completion. Write when and where you finished, and add the "
        "certificate if you have one."
    ),
    "write-before": gettext_noop(
        "Write before your date. Say by which day you can finish. The office answers with a new date, or with the "
        "reason why not."
    ),
    "nothing-lost": gettext_noop("Nothing that you have done so far is lost, whatever your date is."),
    "technical-steps": gettext_noop("Try these first:"),
    "technical-1": gettext_noop("Load the page again. Your answers so far are kept."),
    "technical-2": gettext_noop("Try another browser or device. Your place comes along."),
    "technical-3": gettext_noop("Still stuck? Call or write. Say which page it is and what you saw."),
    "call-arrange": gettext_noop("Call the office: %(phone)s. Somebody arranges a time and a place with you."),
    "phone-too": gettext_noop("A phone is enough for every course."),
    "may-stop": gettext_noop(
        "This subject can be hard, also because of what has happened to you. You may stop at any time; “Pause and "
        "step away” on each page keeps your place."
    ),
    "another-way": gettext_noop(
        "You can ask the office for another way to meet the requirement. Say only that. No reason is asked, and no "
        "proof."
    ),
    "confidential-line": gettext_noop("To talk with somebody in confidence: %(line)s."),
    "ask-about-page": gettext_noop(
        "Each page of a course has “Ask about this page”. Your message then opens with the name of the page."
    ),
    "office-answers": gettext_noop(
        "The office answers questions about the content. If yours is about a person or an event, you need give no "
        "names."
    ),
    "in-person-ask": gettext_noop(
        "Ask the office. For a group, say who it is, how many you are, which subject you want and when."
    ),
    "in-person-apart": gettext_noop(
        "Taking part in person does not by itself meet the requirement of this programme; its courses do."
    ),
    "open-why": gettext_noop("Open “Why?” in My training, and press “This is wrong” beside the reason."),
    "say-right": gettext_noop(
        "You say which fact is wrong and what would be right. You get a number and a page on which the office answers."
    ),
    "rests-meanwhile": gettext_noop(
        "While it is looked into, no reminders of this programme go out. Your due date stays as it is."
    ),
    "fact-owner": gettext_noop(
        "What comes from Human Resources is corrected there. Afterwards everything here follows by itself."
    ),
    "contact-office": gettext_noop("%(office)s: %(phone)s, %(hours)s; %(email)s."),
    "contact-anything": gettext_noop(
        "You may call about anything on this page. You need not explain more than you want to."
    ),
    "danger-first": gettext_noop("If somebody is in danger now, call %(emergency)s first."),
    "your-choice": gettext_noop(
        "It was not your fault. You choose whom you tell, when, and how much. You can think aloud with somebody "
        "before anything is set in motion."
    ),
    "office-private": gettext_noop(
        "%(office)s explains what can be done and arranges support, also without a complaint: %(phone)s. It is "
        "private: only those who need to know are told. It is not confidential."
    ),
    "told-listen": gettext_noop("Listen. You can say: “I am glad you told me. This was not your fault.”"),
    "told-no-silence": gettext_noop(
        "Do not promise silence. You can say: “Some things I may have to share with the office that helps. I can "
        "show you somebody who keeps it to themselves.”"
    ),
    "told-line": gettext_noop("Offer somebody who keeps it in confidence: %(line)s."),
    "told-office": gettext_noop(
        "Many employees must tell %(coordinator)s: call %(phone)s. If you do not know whether you must, ask there. "
        "You need not give a name to ask."
    ),
    "told-do-not": gettext_noop("Do not look for proof, and do not decide who is right. Tell nobody else."),
    "told-steps": gettext_noop("In this order:"),
    "doors": gettext_noop("Four kinds of help, and the person concerned chooses:"),
    "door-danger": gettext_noop("Danger now: emergency services, %(emergency)s."),
    "door-confidence": gettext_noop(
        "In confidence: %(line)s. What you say there stays there, within limits that they explain to you first."
    ),
    "door-office": gettext_noop(
        "The office: %(office)s, %(phone)s. Support, options and process; private, not confidential."
    ),
    "door-outside": gettext_noop(
        "Outside: police, government agencies, a union, a lawyer or a clinic. One door does not close another."
    ),
    "doors-more": gettext_noop("The courses say more about each of them; they are open to everybody who can sign in."),
    "responsible-means": gettext_noop(
        "A responsible employee is somebody whose role asks them to tell %(coordinator)s what they learn about "
        "harassment. Most employees are."
    ),
    "responsible-not": gettext_noop(
        "People in a confidential role are not, while they act in it. Students are not, unless they teach, advise or "
        "supervise."
    ),
    "responsible-ask": gettext_noop("If you are not sure, ask: %(phone)s."),
    "report-student": gettext_noop("If a student is affected, most employees must share what they learn."),
    "report-employee": gettext_noop(
        "If an employee is affected, managers and supervisors must share it, whether or not the person is on their "
        "own team, and for harassment on any protected ground."
    ),
    "report-others": gettext_noop(
        "Everybody else is urged to share it, so that the person hears about every kind of help."
    ),
    "report-no-proof": gettext_noop(
        "The duty does not depend on proof or on permission, and a notice is not a complaint."
    ),
}
