import { Hono } from 'hono';
import { removeContact } from '../../actions/officer-contact.ts';
import { addPushDevice } from '../../actions/push-device.ts';
import { readPushDevices } from '../../conversation/push-officers.ts';
import { pushSubscriptionSchema } from '../../push/web-push.ts';
import { allow } from '../allow.ts';
import type { DeskEnv } from '../allow.ts';
import { idParam, line } from '../fields.ts';
import type { DeskDeps } from '../ports.ts';
import { check, notFoundSentence, refuse } from '../refusal.ts';

/** The browsers in which an officer is told of what waits while the desk is closed. */
export function pushRoutes(deps: DeskDeps) {
  const devicesOf = (officerId: string) => readPushDevices(deps, [officerId]);
  return new Hono<DeskEnv>()
    .get('/me/push', allow('events.read'), async (c) => {
      const devices = await devicesOf(c.get('officer').id);
      return c.json({
        publicKey: deps.webPush.publicKey,
        items: devices.map(({ contactId, device, createdAt }) => ({
          id: contactId,
          device,
          createdAt: createdAt.toISOString(),
        })),
      });
    })
    .post(
      '/me/push',
      allow('events.read'),
      check('json', pushSubscriptionSchema.extend({ device: line(80) })),
      async (c) => {
        const { endpoint, keys, device } = c.req.valid('json');
        if (!deps.webPush.accepts(endpoint)) {
          return refuse(
            c,
            400,
            'NOT_A_BROWSER',
            'Peramban ini belum didukung untuk pemberitahuan. Pakai Chrome, Edge, Firefox, atau Safari.',
          );
        }
        const added = await deps.transact((tx) =>
          addPushDevice(tx, {
            officerId: c.get('officer').id,
            endpoint,
            value: JSON.stringify({ endpoint, keys, device }),
          }),
        );
        return added.kind === 'added'
          ? c.json({ id: added.contactId })
          : refuse(
              c,
              409,
              'TOO_MANY',
              'Sudah sepuluh perangkat. Matikan dulu salah satu yang tidak dipakai lagi.',
            );
      },
    )
    .post('/me/push/:id/remove', allow('events.read'), check('param', idParam), async (c) => {
      const officerId = c.get('officer').id;
      const removed = await deps.transact((tx) =>
        removeContact(tx, { contactId: c.req.valid('param').id, officerId, byOfficerId: officerId }),
      );
      return removed.kind === 'removed'
        ? c.json({ ok: true as const })
        : refuse(c, 404, 'NOT_FOUND', notFoundSentence);
    })
    .post('/me/push/:id/test', allow('events.read'), check('param', idParam), async (c) => {
      const { id } = c.req.valid('param');
      const device = (await devicesOf(c.get('officer').id)).find(({ contactId }) => contactId === id);
      if (!device) return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
      const result = await device.send({
        title: 'Pemberitahuan menyala',
        body: 'Begini bunyinya bila ada yang menunggu.',
        path: '/desk/antrean',
        tag: 'test',
        isUrgent: true,
      });
      switch (result.kind) {
        case 'sent':
          return c.json({ ok: true as const });
        case 'gone':
          return refuse(
            c,
            410,
            'GONE',
            'Perangkat itu sudah tidak menerima pemberitahuan, jadi dikeluarkan dari daftar. Nyalakan lagi di perangkatnya.',
          );
        case 'retry':
          deps.log.warn({ reason: result.reason }, 'a test push did not go out');
          return refuse(
            c,
            503,
            'NOT_SENT',
            'Layanan pemberitahuan peramban belum menjawab. Periksa internet server, lalu coba lagi.',
          );
      }
    });
}
