import { z } from 'zod';
import { greeting, hotlinesText, hoursText, placeText } from './about-room.ts';
import { commandNames, defineFlow, menuOrder } from './define-flow.ts';

const nothing = z.object({});

/** `/start` of somebody who has consented: the greeting and what can be done. */
export const menuFlow = defineFlow<Record<string, never>, never>({
  name: 'menu',
  version: 1,
  state: nothing,
  begin: async (context) => ({
    next: 'done',
    says: [{ kind: 'text', text: `${greeting(context)}\n\n${context.t('menu')}`, commands: menuOrder }],
  }),
  steps: {},
});

/** `/bantuan`: every command in a line, hours, address and the numbers. Needs no consent. */
export const helpFlow = defineFlow<Record<string, never>, never>({
  name: 'help',
  version: 1,
  state: nothing,
  async begin(context) {
    const { t } = context;
    const commands = commandNames.map((name) => `/${name} – ${t(`command-${name}`)}`).join('\n');
    const room = `${hoursText(context)}\n${placeText(context)}`;
    return {
      next: 'done',
      says: [
        {
          kind: 'text',
          text: `${greeting(context)}\n\n${hotlinesText(context)}\n\n${room}\n\n${commands}`,
          commands: menuOrder,
        },
      ],
    };
  },
  steps: {},
});
