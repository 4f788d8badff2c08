import { z } from 'zod';

/**
 * Meta's webhook. Only the frame must fit; messages and statuses are read one by one, so that one of an
 * unknown shape does not take its neighbours with it.
 */
export const webhookSchema = z.object({
  object: z.literal('whatsapp_business_account'),
  entry: z.array(z.object({ changes: z.array(z.object({ field: z.string(), value: z.unknown() })) })),
});

export const valueSchema = z.object({
  metadata: z.object({ phone_number_id: z.string() }),
  contacts: z
    .array(z.object({ wa_id: z.string().optional(), profile: z.object({ name: z.string() }).optional() }))
    .optional()
    .catch(undefined),
  messages: z.array(z.unknown()).default([]),
  message_echoes: z.array(z.unknown()).default([]),
  statuses: z.array(z.unknown()).default([]),
  calls: z.array(z.unknown()).default([]),
});
export type WebhookValue = z.output<typeof valueSchema>;

const fileSchema = z.object({
  id: z.string().min(1),
  mime_type: z.string().optional(),
  filename: z.string().optional(),
  caption: z.string().optional(),
  voice: z.boolean().optional(),
});
const replySchema = z.object({ id: z.string(), title: z.string(), description: z.string().optional() });
const part = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

const contentFields = {
  type: z.string(),
  text: part(z.object({ body: z.string() })),
  image: part(fileSchema),
  video: part(fileSchema),
  audio: part(fileSchema),
  document: part(fileSchema),
  sticker: part(fileSchema),
  location: part(
    z.object({
      latitude: z.number(),
      longitude: z.number(),
      name: z.string().optional(),
    }),
  ),
  contacts: part(
    z.array(
      z.object({
        name: z.object({ formatted_name: z.string() }).optional(),
        phones: z.array(z.object({ phone: z.string().optional() })).optional(),
      }),
    ),
  ),
  interactive: part(z.object({ button_reply: part(replySchema), list_reply: part(replySchema) })),
  button: part(z.object({ payload: z.string(), text: z.string().optional() })),
};

export const messageSchema = z.object({
  ...contentFields,
  id: z.string().min(1).max(480),
  from: z.string(),
  /** Of an echo: whom the business wrote to. */
  to: z.string().optional(),
  timestamp: z.coerce.number().positive(),
  group_id: part(z.string()),
  context: part(
    z.object({
      id: z.string().optional(),
      forwarded: z.boolean().optional(),
      frequently_forwarded: z.boolean().optional(),
    }),
  ),
  edit: part(z.object({ original_message_id: z.string(), message: z.object(contentFields) })),
  revoke: part(z.object({ original_message_id: z.string() })),
  errors: part(z.array(z.object({ code: z.number() }))),
});
export type CloudMessage = z.output<typeof messageSchema>;

export const statusSchema = z.object({
  id: z.string().min(1),
  status: z.string(),
  errors: part(z.array(z.object({ code: z.number() }))),
});
export type CloudStatus = z.output<typeof statusSchema>;

export const callSchema = z.object({
  id: z.string().min(1).max(480),
  from: z.string(),
  event: z.string().optional(),
  direction: z.string().optional(),
  timestamp: z.coerce.number().positive().optional().catch(undefined),
});
export type CloudCall = z.output<typeof callSchema>;
