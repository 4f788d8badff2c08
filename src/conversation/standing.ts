import { z } from 'zod';
import { flows } from '../../flows/index.ts';
import type { Dialog, Standing } from './dialog.ts';

export const flowsByName = new Map(flows.map((flow) => [flow.name, flow]));

/** The step at which a dialog stands; undefined when nothing is asked. */
export function stepOf(standing: Standing | null) {
  return standing ? flowsByName.get(standing.flow)?.steps[standing.step] : undefined;
}

/** Whether the step that stands takes in whatever comes. */
export function isListening({ standing }: Dialog): boolean {
  return stepOf(standing)?.listens ?? false;
}

/** A dialog kept by another version of its flow starts anew. */
export function known(standing: Standing | null): Standing | null {
  if (!standing) return null;
  const flow = flowsByName.get(standing.flow);
  if (!flow || flow.version !== standing.version || !flow.steps[standing.step]) return null;
  const state = flow.state.safeParse(standing.state);
  return state.success ? { ...standing, state: state.data } : null;
}

/** A story that is being told or asked about, and has not been sent in. */
export function isDraft(standing: Standing | null): boolean {
  const state = z.object({ concernId: z.string() }).safeParse(standing?.state);
  return standing?.flow === 'concern' && state.success;
}
