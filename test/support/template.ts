/** The migrated database that every suite's own one is copied from. */
export const templateDatabase = 'bestie_template';
