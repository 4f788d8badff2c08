import type { BoardFilter } from '../board-filter.ts';

/** The board's filter as it stands in the address, so that a view can be kept as a bookmark. Nothing: what is open. */
export function filterOf(params: URLSearchParams): BoardFilter {
  const status = params.get('status') ?? 'open';
  const category = params.get('kategori');
  const kelurahan = params.get('kelurahan');
  return {
    ...(status === 'all' ? {} : { status: status as NonNullable<BoardFilter['status']> }),
    ...(category ? { category } : {}),
    ...(kelurahan ? { kelurahan } : {}),
    ...(params.has('saya') ? { mine: '1' as const } : {}),
    ...(params.has('bebas') ? { unassigned: '1' as const } : {}),
    ...(params.has('lewat') ? { overdue: '1' as const } : {}),
  };
}

export function paramsOf(filter: BoardFilter): URLSearchParams {
  const params = new URLSearchParams();
  if (filter.status !== 'open') params.set('status', filter.status ?? 'all');
  if (filter.category) params.set('kategori', filter.category);
  if (filter.kelurahan) params.set('kelurahan', filter.kelurahan);
  if (filter.mine) params.set('saya', '1');
  if (filter.unassigned) params.set('bebas', '1');
  if (filter.overdue) params.set('lewat', '1');
  return params;
}

export function isSameFilter(one: BoardFilter, other: BoardFilter): boolean {
  return paramsOf(one).toString() === paramsOf(other).toString();
}
