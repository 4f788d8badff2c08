# Every sentence a resident reads, in English. The same keys as id.ftl; a test compares them.

## Greeting and consent

greeting = Hello, I am Bestie, the companion of Ruang Curhat at the Mall Pelayanan Publik of Kota Kupang. Here you can tell your story, book a time with an officer, and hear what becomes of it until it is settled. The room is open every { $days }, but an emergency should not wait for it.
greeting-short = Hello, I am here.
hotlines-intro = If anyone is in danger now, contact:
consent =
    Before we start, we ask your permission. What we keep: the messages and files you send, your bookings, and the address of this chat. Who reads it: only the officer of the room who handles your case and the supervisor, and every reading is recorded. Other agencies learn only what is needed, and only after you agree. The city learns from the numbers alone, without names. You can erase everything at any time by typing /data.

    Do you agree?
consent-held = Your message has arrived. We keep it only if you agree; without an answer within { $days } days it is erased.
consent-held-short = Your message has arrived; we keep it if you agree. Without an answer within { $days } days it is erased.
consent-held-danger = Your message has arrived. While we wait for your answer an officer may read it, for your safety.
consent-gentle =
    So that an officer may keep and read your story, we need your permission. Only the officer who handles your case and the supervisor read it. Other agencies learn of it only if you agree; the city learns from the numbers alone, without names. You can erase everything at any time with /data.

    Do you agree?
consent-again = May we keep and read your messages, as said above? Do you agree?
consent-first = Yes. One thing first:
consent-yes = I agree
consent-no = I do not agree
consent-given = Thank you for your trust.
consent-unclear = Please answer “I agree” or “I do not agree” first.
consent-refused-danger = That is fine. All that we still keep are the messages about the danger, so that an officer can help; they are erased at most { $days } days after that is done. You are still welcome in person, without a booking.
consent-refused = That is fine, nothing is kept. You are still welcome in person, without a booking. If you change your mind, type /start.

menu = Where shall we begin?
help-place = Address: { $address }.

command-start = Start
command-pesan = Book a time
command-curhat = Tell your story
command-status = See status
command-petugas = Talk to an officer
command-data = My data
command-bahasa = Change language
command-bantuan = Help
command-batal = Cancel

## General

please-choose = Please choose one: press its button or type its number.
skip = Skip
nothing-to-leave = There is nothing going on. Where shall we begin?
left = All right, we leave that. Where shall we begin?
left-queue = All right, you are no longer waiting for an officer. If you need one again, type /petugas.
stale-choice = That button is from an earlier conversation, so I did not act on it.
stale-choice-done = I already have that choice. To see the result, type /status.
not-understood = Sorry, I did not understand. Try other words, or choose one:
not-understood-question = Sorry, I cannot answer that yet. An officer can, or try other words.
not-understood-twice = Sorry, I still do not understand. I am asking an officer to read your message.
media-mid-flow = I have received what you sent. Let us finish this one first.
unreadable = I cannot open that kind of message. Could you tell it in writing, by voice, or with a photo?
empty-message = The message is empty. Could you write it again?
thanks = You are welcome. Glad we could help.
praise = Thank you, that encourages us.
sorry = That is all right.
ask-away = Go ahead, ask.
no-hurry = No hurry.
nod = All right.
sad = I am here. If you like, tell it slowly; by voice is fine too.
waiting-kept = Your message has arrived and the officer will read it when it is your turn.
insult = I hear that you are upset, and that is understandable. Tell us, or talk to an officer.
insult-midway = I hear that you are upset, and that is understandable. Would you rather talk to a person? Type /petugas.
trouble = Sorry, something went wrong on our side. Your message is kept and has been passed to an officer.
call-answer = Sorry, we cannot take calls here. Please write or send a voice message.
file-too-large = That file is too big for us to keep (at most { $megabytes } MB). Your other messages are kept.
file-gone = We could not fetch that file. Could you send it once more?
language-ask = Mau bahasa apa? / Which language?
language-set = I will speak English from here on.
hours = The room is open every { $days }, { $opens }–{ $closes } WITA, with a break { $breakFrom }–{ $breakTo }.
hours-next = Next opening: { $next }.
hours-open-now = The room is open now, until { $closes } WITA.
answer-about-bot = I am Bestie, a computer program that takes the chats of Ruang Curhat Kota Kupang, not a person. Your story is read by officers, and they are people. To talk to them, type /petugas.
answer-cost = It is free. Talking, coming and chatting here cost nothing. If anybody asks for money in our name, tell us with /petugas.
answer-privacy = Only the officer who handles your case and the supervisor read your story, and every reading is recorded. It goes to another agency only if you agree, without your name if you like. You can erase everything with /data.
answer-consent = Without your permission we may not keep your messages, so no officer can read them. If you do not agree, nothing is kept; you are still welcome in person.
answer-shared-phone = We do not tell your family. But anybody who opens this phone can read the chat on its screen; delete the chat from the phone if need be. What we keep you can erase with /data.
answer-walk-in = You may come without an appointment; with a booking your seat is certain.
answer-home-visit = The officers meet people in the room. If it is hard to come, tell it here in writing or by voice, or ask a relative to come; the officer will find a way.
answer-proxy = Yes. You can book and tell the story for somebody else, and come in company or in their place; just say the booking code. If they must come themselves, the officer will say so.
answer-what-to-bring = Just say your booking code. If you have papers about it, such as an ID or family card, you may bring them; if not, just come.
answer-duration = One meeting takes about { $minutes } minutes. Here in the chat you may take as long as you need.
answer-late = That is all right, just come, though you may have to wait. If you cannot make it, change the booking with /pesan.
answer-scope = Anything: family, ID cards and social assistance, roads and water, work, and what is hard to tell anybody else. We note it, connect it with the agency that can help, and follow it until it is settled.
answer-document = Papers such as ID cards, certificates or licences are made at their own agency, not at Ruang Curhat. If yours is stuck or made difficult, tell it here; we connect you with the right agency.
answer-phone = There is no phone number here to talk to an officer; they answer in this chat. Type /petugas to wait for them, or come to the room.
answer-emergency = This chat cannot send help. If it is happening now, get to a safe place and call:

## Booking

book-has-booking = You already have the booking { $code }: { $when }. What shall we do with it?
book-no-booking = That booking is no longer there.
book-move = Change it
book-cancel = Cancel it
book-keep = Leave it
book-kept = All right, your booking stands.
book-held = A free seat is held for you: { $when }. Do you want it?
book-left = All right, we leave it. To book later, type /pesan.
book-nothing-open = No day can be booked at the moment. Try again tomorrow, or type /petugas.
book-choose-day = Which day suits you? Choose one or type it, for example “monday” or “wednesday at 9”.
book-day = { $day } ({ $left } left)
book-day-none-left = { $day } (full)
book-day-unclear = I did not catch the day.
book-day-full = { $day } is full. Shall I put you on the waiting list? If somebody cancels, we hold the seat for you and tell you.
book-day-full-move = { $day } is full.
book-join-waiting = Join the waiting list
book-other-day = Another day
book-waiting = You are number { $place } on the waiting list of { $day }. We tell you when a seat is free.
book-choose-time = { $day }. What time? (WITA)
book-slot = { $time } ({ $left } left)
book-time-unclear = I did not catch the time.
book-time-not-offered = { $time } is not among the times of that day. The nearest is { $nearest }.
book-time-closed = The room is closed at { $time }; we are open from { $opens } to { $closes }. The nearest time is { $nearest }.
book-time-break = At { $time } the officers are on their break, from { $breakFrom } to { $breakTo }. The nearest time is { $nearest }.
book-slot-full = Sorry, that time has just been taken.
book-slot-not-open = Sorry, that time can no longer be booked.
book-confirm = { $when }. Shall I book it?
book-confirm-move = Booking { $code } moves to { $when }. Is that right?
book-yes = Yes, book it
book-yes-move = Yes, move it
book-change-time = Another time
book-leave = No
book-booked =
    Your booking is made.

    Code: { $code }
    { $when }
    { $place }
    { $address }

    Just say the code when you come. If you like, tell your story beforehand so that the officer has read it.
book-carried = { $codes } is attached to this booking. The officer reads it first, so you need not tell it from the beginning.
book-moved =
    Your booking has been moved.

    Code: { $code }
    { $when }
    { $place }
    { $address }
book-gone = That booking can no longer be changed. Type /status to see what stands.
book-cancel-sure = Cancel booking { $code }?
book-cancel-yes = Yes, cancel it
book-cancelled = Booking { $code } ({ $when }) is cancelled. To book again at any time, type /pesan.
book-closed = { $day } is closed: { $reason }. These are the nearest open days.
book-wrong-weekday = The room is not open on { $day }; we open every { $days }. These are the nearest open days.
book-out-of-reach = { $day } cannot be booked. You can book up to { $days } days ahead.
calendar-description = Say the code { $code } when you come.

booking-held = A seat is held for you; press “Take the seat” to make sure of it.
booking-booked = Booked.
booking-arrived = You have arrived.
booking-finished = The visit is over.
booking-missed = You could not make it.
booking-cancelled = Cancelled.

## Concern

concern-which = You have a concern that is still open. Add to it, or begin a new one?
concern-new = A new one
concern-add-to = Add to { $code }
concern-pour =
    Please tell your story, I am listening. In writing, by voice, with photos or files, as much as it takes; I will not interrupt. When you are finished, press or type “Done”.
concern-pour-more = Please add to { $code }. When you are finished, press or type “Done”.
concern-nod = I am listening. Take your time. When you are finished, press or type “Done”.
concern-done = Done
concern-empty = Nothing has come in yet. Please write first, or type /batal to leave it.
concern-silent-empty = Nothing has come in, so I close this for now. Whenever you are ready, type /curhat.
concern-received-counts = Thank you for telling us. I have received: { $counts }.
concern-received-silence = It seems that is all for now. I have received: { $counts }. You can add more later.
concern-added-by = Thank you, your addition to { $code } has arrived ({ $counts }). An officer will read it, and you hear from us by { $day } at the latest.
concern-added = Thank you, your addition to { $code } has arrived ({ $counts }). An officer will read it.
concern-left = All right, we do not pass it on. Whenever you are ready again, type /curhat.
concern-left-adding = All right, we stop here. What you have sent stays with { $code }.
concern-gone = That concern is no longer there. Begin again?
concern-kept-more = I have added that to your story.
concern-sure = Shall I take this down as your story, so that an officer reads it?
concern-sure-yes = Yes, please
concern-sure-no = No
concern-sure-not = All right, I have not taken it down. If it is something else, choose here or say it in other words.
concern-file-kept = It has arrived.
concern-midway = If this is not part of your story, type /{ $command }. If it is, just go on.
concern-midway-cancel = To cancel a booking, type /pesan; to stop telling your story, type /batal. If this is part of it, just go on.
concern-when = As soon as your story is done, I tell you the date by which you hear from us.
count-texts = { $count } { $count ->
    [one] written message
   *[other] written messages
}
count-voices = { $count } { $count ->
    [one] voice message
   *[other] voice messages
}
count-photos = { $count } { $count ->
    [one] photo
   *[other] photos
}
count-files = { $count } { $count ->
    [one] other item
   *[other] other items
}
concern-category = What is it about? Choose the nearest.
concern-category-guess = What is it about? My guess is on top; choose the nearest.
concern-category-suggested = { $name } (my guess)
concern-category-unclear = I did not catch the topic.
concern-kelurahan = In which kelurahan? Type its name, or skip.
concern-kelurahan-guess = Kelurahan { $name }, is that right?
concern-kelurahan-yes = Yes, { $name }
concern-kelurahan-other = Another kelurahan
concern-kelurahan-which = Which one?
concern-kelurahan-unclear = I did not find that kelurahan. Type only its name, for example “Oesapa”, or skip.
concern-name = If we need to pass it on to an agency, may they see your name? If not, we pass it on without.
concern-name-no = No, keep it confidential
concern-name-yes = They may
concern-name-unclear = Please answer yes or no.
concern-name-kept = All right, your name stays out of it.
concern-attach = You have the booking { $code } ({ $when }). Attach this so that the officer reads it before you come?
concern-attach-yes = Yes, attach it
concern-attach-no = Not needed
concern-visit = Would you also like to book a time with an officer?
concern-visit-no = Without a visit
concern-visit-yes = Book a time
concern-booking-unclear = Please choose one.
concern-received =
    We have received your concern under the code { $code }. An officer will read it, and you hear from us by { $day } at the latest. See how it stands with /status; to add to it, type /curhat.

category-pendidikan = Education
category-kesehatan = Health
category-adminduk = ID card, family card, certificates
category-bansos = Social assistance
category-infrastruktur = Roads, water, electricity
category-ketenagakerjaan = Work
category-perlindungan-perempuan-anak = Women and children
category-perizinan = Business permits
category-lingkungan = Environment, waste
category-pribadi-keluarga = Personal and family
category-lainnya = Something else

concern-status-new = Received, waiting to be read.
concern-status-read = Read by an officer.
concern-status-with_officer = An officer is working on it.
concern-status-referred = Passed on to the agency.
concern-status-answered = Answered; we wait for your word whether it is settled.
concern-status-settled = Settled.
concern-status-reopened = Open again.

## Status, officer, data

status-intro = This is on record:
status-nothing = There is no booking or concern on record yet. Where shall we begin?
status-pouring = The story you are telling has not been sent in yet; we go on with it after this.
status-waiting-day = Waiting list of { $day }.
status-next-word = Next word by { $day }.
status-handoff-waiting = Your chat is waiting for an officer.
status-handoff-held = An officer is with you in this chat.
officer-queued = All right, I am calling an officer. You are number { $place } in the queue.
officer-still-queued = You are still in the queue, number { $place }.
officer-open = The room is open; an officer answers as soon as one is free.
officer-closed = The room is closed now, so no officer is reading yet. One will be there on { $when }.
officer-unknown = The next opening is not known yet; an officer will read your message as soon as possible.
officer-meanwhile = While you wait, please write; all of it will be read. Changed your mind? Type /batal.
officer-open-nobody = The room is open, but no officer is at the desk just now. Your message stays in the queue and is read as soon as somebody is back.
officer-break = The officers are on their break until { $until } WITA.
officer-wait = An officer usually comes to the chat within { $minutes } minutes.
officer-wait-opened = Once open, an officer usually comes to the chat within { $minutes } minutes.
officer-wait-unknown = How long it takes we cannot say yet.
officer-closed-choices = You may wait here, book a time to meet us, or write it down as a story so that an officer reads it as soon as we open. Do not want to wait? Type /batal.
data-danger = Without your permission we keep only the talk about the danger, so that an officer can help; it is erased at most { $days } days after that is done.
data-nothing = Nothing is kept about you yet.
data-kept = We keep: the address of this chat, your messages, { $bookings ->
    [one] { $bookings } booking
   *[other] { $bookings } bookings
} and { $concerns ->
    [one] { $concerns } concern
   *[other] { $concerns } concerns
}. All of it is kept locked. What would you like?
data-export = Download a copy
data-reminders-off = Send no reminders
data-reminders-on = Send reminders again
data-reminders-are-off = All right, we send no more reminders.
data-reminders-are-on = All right, we send reminders again.
data-link = Connect another app
data-link-hint = Do you use Bestie in another app already? Open /data there, choose “Connect another app”, then type here: hubungkan and the code.
link-code = In the other app where you write to us, type:

    hubungkan { $code }

    The code is good for { $minutes } minutes and for one use. Give it to nobody; our officers never ask for it.
link-ask = If you have a code from another app instead, send it here.
link-done = Connected. Your bookings, concerns and news are now one, whichever app you write from.
link-told = Your chat on { $channel } has just been connected with this one. If that was not you, type /petugas at once.
link-wrong = That code does not fit, has been used, or is too old. Please check it, or ask for a new one with /data in the other app.
link-too-many = The code did not fit several times. To be safe, please try again in an hour, or type /petugas.
link-same = That code is for the other app; this chat is connected already.
link-two-drafts = In both apps a concern is not finished yet. Please finish one of them, then send the code again.
link-two-bookings = You have two bookings: here { $here }; in the other app { $there }. One person has one booking, so please cancel the one here first (type /pesan), or the one there if you want to keep this one. Then send the code again.
channel-telegram = Telegram
channel-whatsapp = WhatsApp
channel-web = the web chat
data-erase = Erase everything
data-back = Back
data-done = All right.
data-exported = Here is a copy of your data. Keep it safe; it holds your own story.
data-erase-ask = All your messages, concerns and bookings will be erased and cannot be brought back. Go on?
data-erase-sure = Really erase everything?
data-erase-no = No, keep it
data-erase-yes = Go on
data-erase-yes-all = Yes, erase everything
data-kept-on = All right, nothing is erased.
data-erased-agencies = We are asking { $agencies } to erase what we referred to them as well.
data-erased = Everything is erased; our backup copies go within 7 days. Thank you for having trusted us. Our door stays open: type /start.

## Danger: fixed texts, written by people

danger-self-harm = Thank you for saying it. What you feel is heavy, and you do not have to carry it alone.
danger-kekerasan-kdrt = What happened is not your fault. Your safety comes first; if you can, go to a safe place or to a neighbour you trust.
danger-kekerasan-anak = The child must be safe first. If you can, keep the child away from whoever hurts them and stay with them. It is not the child's fault.
danger-ancaman-orang-lain = I hear that this is heated. Step away from that person and place for now, and give it time.
danger-tppo = Thank you for telling us. Do not face this alone; note the names and places you know.
danger-medis-darurat = This is an emergency. Call now or go straight to the nearest hospital's emergency room; do not wait for an answer here.
danger-safe-now = Are you safe now?
danger-gentle = I want to be sure that you are all right. If something weighs on you, you may tell it here; an officer will read it.
danger-contacts = Contact them now, there are people ready to help:
danger-officer-open = Our officer has been told and will come to this chat soon.
danger-officer-closed = We are calling the officer on call, but this chat is not watched round the clock. Do not wait for us; contact the numbers above.
danger-officer-none = Right now there is no officer whom we can call, and this chat is not watched round the clock. Do not wait for us; contact the numbers above.
danger-again = I am still here. If the danger is now, contact:
danger-safe = I am glad that you are safe. If you like, tell it slowly here, or talk to an officer. If anything changes, just write, or contact the numbers above.
danger-safe-sure = So that I do not get you wrong: are you safe now?
danger-safe-still = I am still here. Are you safe now? Just answer “safe” or “not yet”.
danger-heard = I hear you, and I am staying here.
danger-listening = Of course. Tell it slowly, there is no hurry. The numbers stay here in case you need them.
danger-secrecy = No, we do not tell that person. Only our officers read this chat.
danger-no-answer = Do not stop there. Try another way: { $ways }.
danger-or = or
danger-police = Call the police now: { $number }. Tell them first where you are.
danger-unsafe = I am here. Contact them now, they are ready to help:
danger-do-self-harm = Please do not stay alone: call one person you trust to your side now, and put away anything that could hurt you.
danger-do-violence = If you can, go out to a neighbour or a busy place. If you cannot get out, lock the door, keep away from the kitchen and sharp things, and turn the phone's sound down.
danger-do-medical = Ask somebody near you to take you to the nearest emergency room now.

## Notices

notice-booking-evening = Reminder: tomorrow you have the booking { $code } at Ruang Curhat, { $when }. Will you come?
notice-booking-soon = Reminder: today you have the booking { $code } at Ruang Curhat, { $when }. Will you come?
notice-come = I will come
notice-change = Change
notice-cancel = Cancel
notice-come-thanks = Thank you, we expect you on { $when }.
notice-booking-gone = That booking has been changed or cancelled. Type /status to see what stands.
notice-booking-missed = Could you not come? That is all right. Shall we find another time?
notice-rebook = Book another time
notice-no-thanks = Not now
notice-no-thanks-answer = All right. Whenever you need us, we are here.
notice-booking-closed = We are sorry: the room is closed on { $when } ({ $reason }), so booking { $code } cannot be used. These are the nearest times; please choose one:
notice-booking-changed = We are sorry: the room's opening has changed, so we cannot keep booking { $code } on { $when }. These are the nearest times; please choose one:
notice-booking-moved = We have moved your booking { $code } to { $when }. Will you come?
notice-booking-cancelled = We have cancelled your booking { $code } on { $when }. Shall we look for another time?
notice-waiting-closed = We are sorry: the room is closed on { $day } ({ $reason }), so its waiting list has ended. Shall we find another day?
notice-waiting-over = We are sorry: no seat came free on { $day }, so its waiting list has ended. Shall we find another day?
notice-seat-released = We have let the seat on { $day } go, as there was no answer. Shall we find another day?
notice-seat-offered = A seat is free for you: { $when }. We hold it until { $until }. Do you want it?
notice-seat-take = Take the seat
notice-seat-pass = Pass
notice-seat-expired = Sorry, that seat is no longer held. Type /pesan to see what is free.
notice-seat-passed = All right, the seat goes to the next one.
notice-concern-taken = News of { $code }: our officer { $officer } is working on it now.
notice-concern-answered = News of { $code }: an officer has answered. Is it settled for you?
notice-concern-check = We want to be sure about { $code }: is it settled?
notice-concern-settled = We have noted { $code } as settled. If it is not, press “Not yet” and we open it again.
notice-concern-late = We are sorry: there is no news of { $code } yet, and the day we promised has passed. Your concern is still with us, and we have reminded our officers. We do our best to bring you news by { $day }. If it cannot wait, type /petugas.
notice-queue-next = You are next. An officer will be in this chat shortly.
notice-queue-longer = It takes longer than we thought, sorry. You are still in the queue, number { $place }. If you prefer, book a time with /pesan or write it down with /curhat; leave the queue with /batal.
notice-settled-yes = Settled
notice-settled-no = Not yet
notice-settled-thanks = Good to hear. Thank you for telling us; { $code } is closed.
notice-reopened = All right, { $code } is open again. You hear from us by { $day } at the latest. To add to it, type /curhat.
notice-survey-invited = Thank you for trusting us with { $code }. May we know how we served you? There are nine short questions; you may skip any of them and stop at any time. Your answers are kept without your name.
notice-survey-begin = Begin
notice-officer-first = An officer is with you in this chat. Please press again when that is done.
notice-unclear = About { $code }: may I make sure? Please choose one:
notice-waiting = We are still waiting for your answer on { $code }:

## Survey (SKM)

survey-intro = Thank you. Answer with the buttons, with their numbers, or in words.
survey-persyaratan = Requirements: how were the papers and details that we asked of you?
survey-prosedur = Steps: how was the way from signing up to being served?
survey-waktu = Time: how long did it take to wait, to be served and to hear from us?
survey-biaya = Cost: how was the cost for you?
survey-produk = Result: how was the result, compared with what we promised?
survey-kompetensi = Skill: how able were our officers?
survey-perilaku = Manner: how did our officers treat you?
survey-sarana = Place: how were our room, our chat and what is in them?
survey-pengaduan = Complaints and suggestions: how did we take them?
survey-scale-1 = Not good
survey-scale-2 = Not so good
survey-scale-3 = Good
survey-scale-4 = Very good
survey-cost-1 = Very expensive
survey-cost-2 = Rather expensive
survey-cost-3 = Cheap
survey-cost-4 = Free
survey-stop = That is enough
survey-unclear = Please choose one to four, or skip.
survey-comment = Last: is there one sentence for us? Write it as it comes, or skip.
survey-comment-words = One written sentence is enough here, or type “skip”.
survey-thanks = Thank you. What you think is kept without your name and makes this room better.
survey-nothing = All right, nothing is kept. Whenever you need us, we are here.
survey-used = We have received what you think of { $code }. Thank you.
survey-gone = This invitation does not stand any more. If there is something to say, type /petugas.

## Rujukan ke dinas

notice-referral-ask = For { $code }, our officer would like to pass it on to { $agency }. Only the text below is sent, in Indonesian and word for word, and nothing else. Nothing leaves this room before you agree.
notice-referral-ask-name = If you choose “Send with my name”, the agency also learns your name: { $name }.
notice-referral-ask-contact = If you choose “Send with my name”, the agency also learns your name and number: { $name }, { $contact }.
notice-referral-ask-nameless = Your name is not sent along.
notice-referral-yes = Send without my name
notice-referral-yes-named = Send with my name
notice-referral-amend = Ask for a change
notice-referral-no = Do not send
notice-referral-sent = News on { $code }: we have sent it to { $agency }. We keep asking until they answer, and we tell you.
notice-referral-handed-in = News on { $code }: we have handed it in at SP4N-LAPOR! for { $agency }. We keep asking until they answer, and we tell you.
notice-referral-acknowledged = News on { $code }: { $agency } has read and accepted it.
notice-referral-progress = News on { $code }: { $agency } is working on it.
notice-referral-progress-until = News on { $code }: { $agency } is working on it and expects to be done by { $day }.
notice-referral-answered = News on { $code }: there is an answer from { $agency }. Our officer is reading it and will pass it on to you.
notice-referral-not-ours = News on { $code }: { $agency } says that this is not theirs. Our officer is looking for the right agency, and we ask you before anything is sent there.
notice-referral-overdue = News on { $code }: { $agency } has not answered in time. We keep asking, and our supervisor is watching too.
notice-referral-withdrawn = News on { $code }: we have taken it back from { $agency }. Our own officer has your concern again.
referral-approved = Thank you. We send { $code } to { $agency } exactly as you read it, and tell you once it is on its way.
referral-refused = All right, we do not send { $code } to { $agency }. Our officer keeps working on it here.
referral-amended = All right, our officer will change the text for { $code } and show it to you again. Nothing has been sent.
referral-changed = That text is being changed, or has been. Please wait for the newest one and answer that.
referral-too-late = That text has already been sent to { $agency }. To take something back or add to it, please talk to an officer.
referral-recalled = That text has already been sent to { $agency }. Our officer sees that you want it back. To speak with one directly, type /petugas.
referral-leaving = That text was on its way to { $agency } just as you answered, so it may have arrived. If it has, we ask { $agency } not to use it. Our officer sees your answer.
referral-gone = That question no longer stands. If you have something to say about it, type /petugas.
referral-change-ask = Which part should change, and how should it read? Just write it, or send a voice message.
referral-change-left = All right, we leave the text as it is. To answer, press a button below that text.
status-referral-asked = We are waiting for your word whether it may be sent to { $agency }.
status-referral-sending = On its way to { $agency }.
status-referral-by-hand = The letter to { $agency } is ready; our officer sends it soon.
status-referral-sent = Sent to { $agency }, not acknowledged yet.
status-referral-acknowledged = { $agency } has accepted it and is working on it.
status-referral-expected = { $agency } has accepted it and expects to be done by { $day }.
status-referral-answered = There is an answer from { $agency }; our officer is reading it.
status-referral-not-ours = Not a matter for { $agency }; our officer is looking for the right agency.
status-referral-overdue = { $agency } has not answered in time; we keep asking.

weekday-0 = Sunday
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
