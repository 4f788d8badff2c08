import { useQuery } from '@tanstack/react-query';
import type { Permission } from '../policy.ts';
import { api, ask, Refused } from './api.ts';

export type Me = {
  id: string;
  name: string;
  login: string;
  role: string;
  presence: string;
  permissions: Permission[];
};

/** Who is logged in; `null` for nobody. */
export function useMe() {
  return useQuery({
    queryKey: ['me'],
    queryFn: async (): Promise<Me | null> => {
      try {
        return await ask(api.me.$get());
      } catch (error) {
        if (error instanceof Refused && error.status === 401) return null;
        throw error;
      }
    },
    staleTime: 60_000,
  });
}
