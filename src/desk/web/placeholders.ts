/** What an admin may write into a ready answer; filled in before the officer reads it over and sends it. */
export function fillPlaceholders(body: string, facts: { residentName: string; officerName: string }): string {
  const values: Record<string, string> = {
    nama: facts.residentName.startsWith('Warga ') ? 'Bapak/Ibu' : facts.residentName,
    petugas: facts.officerName.split(' ')[0] ?? facts.officerName,
    salam: greetingAt(new Date()),
  };
  return body.replace(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole);
}

function greetingAt(now: Date): string {
  const hour = (now.getUTCHours() + 8) % 24;
  if (hour < 11) return 'Selamat pagi';
  if (hour < 15) return 'Selamat siang';
  if (hour < 18) return 'Selamat sore';
  return 'Selamat malam';
}
