/**
 * The contexts under which columns are sealed (the AAD of AES-GCM): a sealed value moved into another column
 * does not open. One constant a column.
 */
export const sealed = {
  residentName: 'resident.name',
  addressValue: 'address.value',
  profileName: 'address.profile_name',
  dialog: 'conversation.dialog',
  messageContent: 'message.content',
  messageRef: 'message.ref',
  attachmentName: 'attachment.name',
  attachmentSource: 'attachment.source',
  note: 'note.body',
  surveyComment: 'survey.comment',
  referralSummary: 'referral.summary',
  referralPerson: 'referral.person',
  referralWords: 'referral_event.words',
  letterContent: 'agency_letter.content',
  officerContact: 'officer_contact.value',
  channelPairing: 'channel_health.pairing',
  channelPhone: 'channel_request.phone',
  channelCode: 'channel_request.code',
  groupEvent: 'officer_group_event.event',
} as const;
