import { Agent, request as httpRequest } from 'node:http';

export type Webhook = { url: string; secret: string | null };
export type WebhookAnswer = { status: number; body: string };

/** Posts updates as Telegram does. Connections are kept, so that a bench measures the bot and not TCP. */
export const createWebhookPoster = () => {
  const agent = new Agent({ keepAlive: true });
  return {
    post(hook: Webhook, body: string): Promise<WebhookAnswer> {
      return new Promise((resolve) => {
        const request = httpRequest(
          hook.url,
          { method: 'POST', agent, headers: webhookHeaders(hook, body) },
          (response) => {
            let text = '';
            response.setEncoding('utf8');
            response.on('data', (chunk: string) => (text += chunk));
            response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
            response.on('error', () => resolve({ status: 0, body: '' }));
          },
        );
        request.on('error', () => resolve({ status: 0, body: '' }));
        request.end(body);
      });
    },
    close(): void {
      agent.destroy();
    },
  };
};

export const webhookHeaders = ({ secret }: Webhook, body: string): Record<string, string> => ({
  'content-type': 'application/json',
  'content-length': String(Buffer.byteLength(body)),
  ...(secret !== null && { 'x-telegram-bot-api-secret-token': secret }),
});
