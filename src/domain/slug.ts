/** A readable id of a name: `Dinas Sosial` is `dinas-sosial`. What has no letter of ours is spelled by its codes. */
export function idOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60);
  return plain === '' ? `x${Buffer.from(name).toString('hex').slice(0, 40)}` : plain;
}
