import { dangerWords } from './danger-words.ts';
import classes from './data/word-classes.json' with { type: 'json' };
import { stems } from './stem.ts';

let table: { concepts: Map<string, Set<string>>; roots: Set<string> } | undefined;

/** The word classes of the danger rules, and what words speak of otherwise: `data/word-classes.json`, any inflection. */
function build(): { concepts: Map<string, Set<string>>; roots: Set<string> } {
  const concepts = new Map<string, Set<string>>();
  const roots = new Set<string>();
  const add = (member: string, name: string): void => {
    const names = concepts.get(member);
    if (names) names.add(name);
    else concepts.set(member, new Set([name]));
  };
  for (const [name, members] of Object.entries(dangerWords)) {
    for (const member of members.split(' ')) {
      if (member.endsWith('*')) roots.add(member.slice(0, -1));
      add(member, name);
    }
  }
  for (const [name, members] of Object.entries(classes)) {
    for (const member of members.split(' ')) {
      roots.add(member);
      add(member, `~${name}`);
      add(`${member}*`, `~${name}`);
    }
  }
  return { concepts, roots };
}

/** Names of what a word stands for ("@hit" of the rules is "hit", a class of the data is "~farewell"). */
export function dangerConcepts(word: string): readonly string[] {
  table ??= build();
  const found = new Set(table.concepts.get(word));
  // A word of its own class is not asked for its roots as well: "makan" is not "ma" and "kan".
  for (const root of found.size > 0 ? [] : stems(word, table.roots))
    for (const name of table.concepts.get(`${root}*`) ?? []) found.add(name);
  return [...found];
}
