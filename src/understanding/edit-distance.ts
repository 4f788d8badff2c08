/** Whether two words differ by at most `most` letters added, dropped, changed or swapped. Words only: cost is their length. */
export function isNear(a: string, b: string, most: number): boolean {
  if (Math.abs(a.length - b.length) > most || a.length > 40 || b.length > 40) return false;
  // What both begin and end with costs nothing; most words that are compared differ early and a lot, or hardly.
  let from = 0;
  const shorter = Math.min(a.length, b.length);
  while (from < shorter && a[from] === b[from]) from += 1;
  let tail = 0;
  while (tail < shorter - from && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  return isWithin(a.slice(from, a.length - tail), b.slice(from, b.length - tail), most);
}

function isWithin(a: string, b: string, most: number): boolean {
  if (a === '' || b === '') return Math.max(a.length, b.length) <= most;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) return false;
    before = previous;
    previous = row;
  }
  return (previous[b.length] ?? most + 1) <= most;
}
