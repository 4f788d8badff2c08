import type { BoundActions } from '../../flows/define-flow.ts';
import { amendReferral, approveReferral, checkApproval, refuseReferral } from '../actions/answer-approval.ts';
import { answerConcernCheck } from '../actions/answer-concern-check.ts';
import { passOfferedSeat, takeOfferedSeat } from '../actions/answer-seat-offer.ts';
import { attachConcern } from '../actions/attach-concern.ts';
import { forgetAnswer, openSurvey, saveSurvey } from '../actions/answer-survey.ts';
import { bookSlot, findActiveBooking } from '../actions/book-slot.ts';
import { cancelBooking } from '../actions/cancel-booking.ts';
import { confirmBooking } from '../actions/confirm-booking.ts';
import { eraseResident } from '../actions/erase-resident.ts';
import { exportResident } from '../actions/export-resident.ts';
import { findFreeDays } from '../actions/find-free-slots.ts';
import { giveConsent } from '../actions/give-consent.ts';
import { joinWaitingList } from '../actions/join-waiting-list.ts';
import { makeLinkCode, useLinkCode } from '../actions/link-channel.ts';
import { moveBooking } from '../actions/move-booking.ts';
import { addToConcern, countConcern, dropDraft, startConcern } from '../actions/pour-concern.ts';
import { isDangerKept, refuseConsent } from '../actions/purge-unconsented.ts';
import { readConcernText } from '../actions/read-concern-text.ts';
import { findConcerns, readStatus } from '../actions/read-status.ts';
import { leaveQueue, requestHandoff } from '../actions/request-handoff.ts';
import { setLanguage, setReminders } from '../actions/set-preference.ts';
import { tellWait } from '../actions/tell-wait.ts';
import { submitConcern } from '../actions/submit-concern.ts';
import type { RoomCalendar } from '../domain/calendar.ts';
import type { Tx } from '../store/transact.ts';

/** The actions as a step calls them: in this transaction, for this resident, under this calendar. */
export function bindActions(
  tx: Tx,
  given: { residentId: string; conversationId: string; calendar: RoomCalendar },
): BoundActions {
  const bind =
    <Input extends object, Result>(action: (tx: Tx, input: Input) => Result) =>
    (input: Omit<Input, keyof typeof given>): Result =>
      action(tx, { ...given, ...input } as unknown as Input);
  // A turn asks more than once what is free: to judge an answer, to show the next question. It sees one answer,
  // until it takes or gives a seat itself.
  let freeDays: ReturnType<typeof findFreeDays> | null = null;
  const bindSeat =
    <Input extends object, Result>(action: (tx: Tx, input: Input) => Result) =>
    (input: Omit<Input, keyof typeof given>): Result => {
      freeDays = null;
      return bind(action)(input);
    };
  return {
    bookSlot: bindSeat(bookSlot),
    findActiveBooking: bind(findActiveBooking),
    findFreeDays: () => (freeDays ??= findFreeDays(tx, given)),
    moveBooking: bindSeat(moveBooking),
    cancelBooking: bindSeat(cancelBooking),
    confirmBooking: bind(confirmBooking),
    joinWaitingList: bind(joinWaitingList),
    takeOfferedSeat: bindSeat(takeOfferedSeat),
    passOfferedSeat: bindSeat(passOfferedSeat),
    startConcern: bind(startConcern),
    addToConcern: bind(addToConcern),
    countConcern: bind(countConcern),
    dropDraft: bind(dropDraft),
    submitConcern: bind(submitConcern),
    attachConcern: bind(attachConcern),
    findConcerns: bind(findConcerns),
    answerConcernCheck: bind(answerConcernCheck),
    approveReferral: bind(approveReferral),
    refuseReferral: bind(refuseReferral),
    amendReferral: bind(amendReferral),
    checkApproval: bind(checkApproval),
    requestHandoff: bind(requestHandoff),
    leaveQueue: bind(leaveQueue),
    tellWait: bind(tellWait),
    readStatus: bind(readStatus),
    setLanguage: bind(setLanguage),
    setReminders: bind(setReminders),
    giveConsent: bind(giveConsent),
    refuseConsent: bind(refuseConsent),
    isDangerKept: bind(isDangerKept),
    exportResident: bind(exportResident),
    readConcernText: bind(readConcernText),
    makeLinkCode: bind(makeLinkCode),
    useLinkCode: bind(useLinkCode),
    openSurvey: bind(openSurvey),
    saveSurvey: bind(saveSurvey),
    forgetAnswer: bind(forgetAnswer),
    eraseResident: bind(eraseResident),
  };
}
