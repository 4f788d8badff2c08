import list from '../../domain/data/kelurahan.json' with { type: 'json' };

export const kelurahanChoices = list.map((each) => ({
  value: each.code,
  label: `${each.name} (${each.kecamatan})`,
}));

const names = new Map(list.map((each) => [each.code, each.name]));

export function kelurahanName(code: string | null): string {
  return code === null ? 'tidak disebut' : (names.get(code) ?? code);
}
