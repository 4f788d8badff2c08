import { Badge, Menu, UnstyledButton } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { Link, useLocation } from 'wouter';
import type { Me } from '../me.ts';
import { MoreIcon } from './icons.tsx';
import { useNavLinks } from './nav-links.tsx';
import type { NavLink } from './nav-links.tsx';

/** So many stand in a phone's bar beside `Lainnya`; all of them where there is no more than one more. */
const inBar = 4;

/** The way to every page: a list beside it on a laptop, a bar below it on a phone. */
export function MainNav({ me }: { me: Me }) {
  const [path, go] = useLocation();
  const links = useNavLinks(me);
  useHotkeys(links.map((link, index) => [String(index + 1), () => go(link.to)] as [string, () => void]));
  const isHere = (link: NavLink): boolean => path.startsWith(link.to);
  const further = links.length > inBar + 1 ? links.slice(inBar) : [];
  return (
    <ul>
      {links.map((link) => (
        <li key={link.to} className={further.includes(link) ? 'no-phone' : undefined}>
          <Link
            href={link.to}
            className={isHere(link) ? 'nav here' : 'nav'}
            aria-current={isHere(link) ? 'page' : undefined}
          >
            {link.icon}
            <span className="nav-label">{link.label}</span>
            <Count links={[link]} />
          </Link>
        </li>
      ))}
      {further.length > 0 && (
        <li className="only-phone">
          <Menu position="top-end" width={230} withArrow withinPortal={false}>
            <Menu.Target>
              <UnstyledButton className={further.some(isHere) ? 'nav here' : 'nav'}>
                <MoreIcon />
                <span className="nav-label">Lainnya</span>
                <Count links={further} />
              </UnstyledButton>
            </Menu.Target>
            <Menu.Dropdown>
              {further.map((link) => (
                <Menu.Item
                  key={link.to}
                  component={Link}
                  href={link.to}
                  className="nav-more"
                  aria-current={isHere(link) ? 'page' : undefined}
                  leftSection={link.icon}
                  rightSection={<Count links={[link]} />}
                >
                  {link.label}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </li>
      )}
    </ul>
  );
}

function Count({ links }: { links: readonly NavLink[] }) {
  const waiting = links.filter((link) => link.count > 0);
  const count = waiting.reduce((sum, link) => sum + link.count, 0);
  if (count === 0) return null;
  return (
    <Badge
      className="count"
      color={waiting[0]?.color ?? 'laut'}
      variant="filled"
      size="sm"
      circle={count < 10}
    >
      {count}
      <span className="unseen"> {waiting.map((link) => link.says).join(', ')}</span>
    </Badge>
  );
}
