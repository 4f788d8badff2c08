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
} as const;
