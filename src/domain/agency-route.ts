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
