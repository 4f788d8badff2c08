/** The little of a logger that the store uses (pino's shape). Never given parameters or rows. */
export type StoreLog = {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
};
