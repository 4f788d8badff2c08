/**
 * Something only the operator can mend (a wrong variable, a folder in use, a missing key). `main` prints the
 * message alone, without a stack, and exits with 1. The message says what is wrong and what to do about it.
 */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
}
