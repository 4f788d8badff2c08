import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectFolder } from '../src/ops/project-folder.ts';

// Who may import whom (DESIGN.md), and what only one file may touch. dependency-cruiser cannot read TypeScript
// without the JavaScript API that TypeScript 7 no longer has; the rules need little more than the import lines.

type Import = { from: string; to: string; isType: boolean; line: number };
type Rule = {
  /** Files that the rule binds. */
  of: RegExp;
  /** What they may import, of ours; anything of their own folder is always allowed. */
  may: RegExp[];
  /** What they may import as types only. */
  mayTypes?: RegExp[];
  instead: string;
};

const rules: Rule[] = [
  {
    of: /^src\/desk\/web\//,
    may: [/^src\/desk\/web\//, /^src\/domain\//, /^src\/understanding\/data\//],
    mayTypes: [/^src\/desk\//],
    instead: 'the browser app knows the desk by its types alone',
  },
  {
    of: /^bots\/web\/page\//,
    may: [/^bots\/web\/page\//],
    mayTypes: [/^bots\/web\//, /^src\/domain\/message\.ts$/],
    instead: 'the page knows the web channel by its types alone',
  },
  {
    of: /^src\/domain\//,
    may: [/^src\/domain\//],
    instead: 'domain is pure: pass what it needs as an argument',
  },
  {
    of: /^src\/understanding\//,
    may: [/^src\/understanding\//, /^src\/domain\//],
    instead: 'understanding is pure text to meaning: pass what it needs as an argument',
  },
  {
    of: /^src\/ops\/(doctor|health|backup|metrics)[^/]*\.ts$/,
    may: [/^src\/(ops|store|mail|domain)\//, /^src\/env\.ts$/],
    instead: 'what looks after the machine knows the store, not the room',
  },
  {
    of: /^src\/ops\//,
    may: [/^src\/ops\//],
    instead: 'ops knows nothing of the room: let app.ts pass it in',
  },
  {
    of: /^src\/store\//,
    may: [/^src\/store\//, /^src\/ops\//, /^src\/domain\//],
    instead: 'the store knows no use of it: move the rule to an action',
  },
  {
    of: /^src\/mail\//,
    may: [/^src\/(mail|domain|ops)\//],
    instead: 'the mail sends letters and knows nothing of what is in them',
  },
  {
    of: /^src\/push\//,
    may: [/^src\/(push|domain|ops)\//],
    instead: 'a push reaches a browser and knows nothing of who is told what',
  },
  {
    of: /^flows\//,
    may: [/^flows\//, /^src\/domain\//, /^src\/understanding\//],
    mayTypes: [/^src\/actions\//],
    instead: 'a flow gets actions in its step context (import their types only) and knows no bot',
  },
  {
    of: /^src\/(actions|notices|insight)\//,
    may: [/^src\/(actions|notices|insight|domain|store|ops)\//],
    instead:
      'an action works in its transaction: ring or mark a change in it, and let conversation or jobs go on',
  },
  {
    of: /^src\/(conversation|jobs|desk|agency)\//,
    may: [
      /^src\/(conversation|jobs|desk|agency|actions|notices|insight|domain|understanding|store|mail|push|ops)\//,
      /^flows\//,
      /^bots\/channel\.ts$/,
    ],
    instead: 'a bot is reached through bots/channel.ts, handed in by app.ts',
  },
  {
    of: /^src\/officer-group\//,
    may: [
      /^src\/(officer-group|conversation|actions|domain|store|ops)\//,
      // The group is a second desk: the same rules, the same words.
      /^src\/desk\/(policy|resident-words|web\/words)\.ts$/,
      /^bots\/(channel|officer-group)\.ts$/,
    ],
    instead: 'the group is reached through bots/officer-group.ts, handed in by app.ts',
  },
  {
    of: /^bots\/(?!web\/page\/)[^/]+\//,
    may: [/^bots\/(channel|officer-group|poison-watch)\.ts$/, /^src\/domain\/message\.ts$/],
    instead:
      'a bot knows its platform only: use channel.ts and domain/message, or take it as an option from app.ts',
  },
  {
    of: /^bots\/(channel|officer-group|poison-watch)\.ts$/,
    may: [/^src\/domain\/message\.ts$/, /^bots\/(channel|officer-group)\.ts$/],
    instead: 'the contract speaks of messages alone',
  },
  {
    of: /^src\/env\.ts$/,
    may: [/^src\/(ops|store\/key-ring)/],
    instead: 'env.ts reads variables and nothing else',
  },
  {
    of: /^prisma\//,
    may: [/^prisma\//, /^src\/(domain|store|ops|actions|understanding)\//],
    instead: 'a seed writes through the store',
  },
];

// app.ts, main.ts, cli.ts and what stands beside them put everything together.
const tops = /^src\/(?!env\.ts)[^/]+\.ts$/;
const generated = /^src\/store\/prisma-client\//;

const files = ['src', 'bots', 'flows', 'prisma']
  .flatMap((folder) => readdirSync(join(projectFolder(), folder), { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => relative(projectFolder(), join(entry.parentPath, entry.name)))
  .filter((file) => !generated.test(file))
  .sort();
const texts = new Map(files.map((file) => [file, readFileSync(join(projectFolder(), file), 'utf8')]));
const imports: Import[] = [...texts].flatMap(([from, text]) => importsOf(from, text));

function importsOf(from: string, text: string): Import[] {
  const found: Import[] = [];
  const pattern =
    /(?:^|\n)\s*(?:import|export)\s+(type\s)?([^'"`;]*?)from\s*['"](\.[^'"]+)['"]|import\(\s*['"](\.[^'"]+)['"]\s*\)/g;
  for (const match of text.matchAll(pattern)) {
    const [, type, names = '', path = match[4] ?? ''] = match;
    // `import { type A, type B }` imports types alone, too.
    const isType = type !== undefined || /^\s*\{(\s*type\s+[\w$\s]+,?)+\s*\}\s*$/.test(names);
    const to = relative(projectFolder(), resolve(projectFolder(), dirname(from), path));
    found.push({ from, to, isType, line: text.slice(0, match.index).split('\n').length + 1 });
  }
  return found;
}

const folderOf = (file: string): string =>
  /^(bots\/web\/page|src\/desk\/web|bots\/[^/]+|src\/[^/]+|[^/]+)\//.exec(file)?.[1] ?? file;

describe('imports', () => {
  it('go the way DESIGN.md draws', () => {
    const wrong = imports.flatMap(({ from, to, isType, line }) => {
      const rule = rules.find(({ of }) => of.test(from));
      const isAllowed =
        !rule ||
        folderOf(from) === folderOf(to) ||
        rule.may.some((may) => may.test(to)) ||
        (isType && (rule.mayTypes ?? []).some((may) => may.test(to)));
      return isAllowed ? [] : [`${from}:${line} imports ${to}: ${rule.instead}`];
    });
    expect(wrong).toEqual([]);
  });

  it('leave app.ts and main.ts alone', () => {
    const wrong = imports
      .filter(({ from, to }) => tops.test(to) && !tops.test(from))
      .map(
        ({ from, to, line }) => `${from}:${line} imports ${to}: app.ts hands things down, nobody reaches up`,
      );
    expect(wrong).toEqual([]);
  });

  it('make no circle at run time', () => {
    const next = new Map<string, string[]>();
    for (const { from, to, isType } of imports) if (!isType) next.set(from, [...(next.get(from) ?? []), to]);
    const done = new Set<string>();
    const circles: string[] = [];
    const walk = (file: string, path: string[]): void => {
      const at = path.indexOf(file);
      if (at >= 0) circles.push([...path.slice(at), file].join(' -> '));
      if (at >= 0 || done.has(file)) return;
      for (const to of next.get(file) ?? []) walk(to, [...path, file]);
      done.add(file);
    };
    for (const file of files) walk(file, []);
    expect(circles).toEqual([]);
  });
});

describe('only one file', () => {
  /** Files under `src/desk/web` and `bots/web/page` run in a browser, `page-scripts` inside WhatsApp's page. */
  const isServer = (file: string): boolean =>
    !/^(src\/desk\/web|bots\/web\/page)\/|page-scripts\.ts$/.test(file);
  const offenders = (pattern: RegExp, allowed: RegExp): string[] =>
    [...texts]
      .filter(([file]) => isServer(file) && !allowed.test(file))
      .flatMap(([file, text]) =>
        text.split('\n').flatMap((line, i) => {
          const code = line.replace(/\/\/.*$/, '').replace(/^\s*\*.*$/, '');
          return pattern.test(code) ? [`${file}:${i + 1} ${line.trim()}`] : [];
        }),
      );

  it('reads the environment: src/env.ts', () => {
    expect(offenders(/process\.env\b/, /^src\/env\.ts$/)).toEqual([]);
  });

  it('reads the clock: src/ops/clock.ts', () => {
    expect(offenders(/\bDate\.now\(|new Date\(\)/, /^src\/ops\/clock\.ts$/)).toEqual([]);
  });

  it('knows BullMQ: src/jobs/queue*.ts, and the store for its types', () => {
    expect(
      offenders(/from 'bullmq'/, /^src\/jobs\/queue(-backend)?\.ts$|^src\/store\/queue-sql\.ts$/),
    ).toEqual([]);
  });
});

describe('names', () => {
  it('are kebab-case and say what a thing is', () => {
    const wrong = files.filter((file) => {
      const name = file.split('/').at(-1) ?? '';
      return (
        !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*\.tsx?$/.test(name) ||
        // "service worker" is what browsers call it.
        /\b(utils?|helpers?|manager|service(?!-worker))\b/.test(name)
      );
    });
    expect(wrong).toEqual([]);
  });
});
