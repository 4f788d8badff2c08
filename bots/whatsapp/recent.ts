/** The last `limit` things seen, as a set. */
export function createRecent(limit: number): {
  has(id: string): boolean;
  add(id: string): void;
  delete(id: string): void;
} {
  const ids = new Set<string>();
  return {
    has: (id) => ids.has(id),
    add(id) {
      ids.delete(id);
      ids.add(id);
      if (ids.size > limit) ids.delete(ids.values().next().value ?? '');
    },
    delete: (id) => void ids.delete(id),
  };
}
