/** Who is asked first for a category: everywhere (`kelurahanCode` null) or in one kelurahan. */
export type AgencyRoute = { category: string; kelurahanCode: string | null; agencyId: string };

/** The route that fits a concern; one for its own kelurahan wins over one for the whole city. Null when there is none. */
export function routeFor(
  routes: readonly AgencyRoute[],
  concern: { category: string | null; kelurahanCode: string | null },
): AgencyRoute | null {
  const ofCategory = routes.filter(({ category }) => category === concern.category);
  return (
    ofCategory.find(
      ({ kelurahanCode }) => kelurahanCode !== null && kelurahanCode === concern.kelurahanCode,
    ) ??
    ofCategory.find(({ kelurahanCode }) => kelurahanCode === null) ??
    null
  );
}

/** What the reader made of a concern's words: its first agency, how sure it is (0 to 1), and what that agency is for. */
export type ReadAgency = { agencyId: string; confidence: number; categories: readonly string[] };

export type AgencyProposal =
  /** `by`: who says so. `words`: the reader, from what the resident wrote. */
  | { kind: 'one'; agencyId: string; by: 'correction' | 'kelurahan' | 'words' | 'table' }
  /** The table says one and the words another: only a person can tell. */
  | { kind: 'differ'; byTable: string; byWords: string };

/** Below this the reader's agency is a guess among others, and a letter to the wrong one costs the resident days. */
const sureOfAgency = 0.8;

/**
 * Whom to ask about a concern: an officer's own word, else the table's row for its kelurahan, else where its words name an
 * agency of its category beyond doubt that one, else the table. A category is wider than an agency (water, light and roads
 * are one), so where the words and the table differ both are said and neither is chosen. Null when nobody knows.
 */
export function proposeAgency(given: {
  corrected: string | null;
  route: AgencyRoute | null;
  read: ReadAgency | null;
  category: string | null;
}): AgencyProposal | null {
  const { corrected, route, read, category } = given;
  if (corrected !== null) return { kind: 'one', agencyId: corrected, by: 'correction' };
  if (route && route.kelurahanCode !== null)
    return { kind: 'one', agencyId: route.agencyId, by: 'kelurahan' };
  const isSure =
    read !== null &&
    read.confidence > sureOfAgency &&
    (category === null || read.categories.includes(category));
  if (!isSure) return route && { kind: 'one', agencyId: route.agencyId, by: 'table' };
  if (route && route.agencyId !== read.agencyId)
    return { kind: 'differ', byTable: route.agencyId, byWords: read.agencyId };
  return { kind: 'one', agencyId: read.agencyId, by: route ? 'table' : 'words' };
}
