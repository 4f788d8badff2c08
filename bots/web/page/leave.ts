import { postLeave } from './api.ts';

/**
 * Leaves no trace on a shared phone. The cookie is HttpOnly, so only the server can take it away; without a
 * connection a mark stays behind, and the next visit asks the server before it shows anything.
 */
const markKey = 'bestie.forget';
/** Plausible on any phone in Kupang, and tells nothing: the weather service. */
const harmlessPage = 'https://www.bmkg.go.id/cuaca/prakiraan-cuaca';

function mark(isOn: boolean): void {
  try {
    if (isOn) localStorage.setItem(markKey, '1');
    else localStorage.removeItem(markKey);
  } catch {
    // Storage is forbidden: the request alone has to do.
  }
}

export function isForgetting(): boolean {
  try {
    return localStorage.getItem(markKey) === '1';
  } catch {
    return false;
  }
}

/** True once the server has taken the cookie away. */
export async function forgetHere(): Promise<boolean> {
  mark(true);
  const isDone = await postLeave();
  if (isDone) mark(false);
  return isDone;
}

/** `replace`, so that "back" does not return here. */
export function quickExit(clearScreen: () => void): void {
  clearScreen();
  void forgetHere();
  location.replace(harmlessPage);
}
