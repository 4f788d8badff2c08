import { useEffect, useState } from 'react';

const prefix = 'bestie.draft.';

/** What an officer has begun to write survives a reload and a look at another chat; logging out clears it. */
export function useDraft(key: string): [string, (text: string) => void] {
  const [draft, setDraft] = useState(() => read(key));
  useEffect(() => setDraft(read(key)), [key]);
  return [
    draft,
    (text) => {
      setDraft(text);
      try {
        if (text === '') localStorage.removeItem(prefix + key);
        else localStorage.setItem(prefix + key, text);
      } catch {
        // A full or forbidden storage costs the draft its survival, not the officer the page.
      }
    },
  ];
}

function read(key: string): string {
  try {
    return localStorage.getItem(prefix + key) ?? '';
  } catch {
    return '';
  }
}

export function forgetDrafts(): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
  } catch {
    // Nothing was kept there then.
  }
}
