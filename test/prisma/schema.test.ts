import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectFolder } from '../../src/ops/project-folder.ts';
import { describeOnEachStore } from '../support/stores.ts';

type Column = { table: string; column: string; type: string; isNullable: boolean; isKey: boolean };

/** Columns as schema.prisma tells them, read from its text: Prisma 7 gives no datamodel without its engine. */
function columnsOfSchema(text: string): Column[] {
  const models = [...text.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)].map(([, name = '', body = '']) => ({
    name,
    body,
  }));
  const names = new Set(models.map(({ name }) => name));
  return models.flatMap(({ name, body }) => {
    const table = /^\s*@@map\("(\w+)"\)/m.exec(body)?.[1] ?? name;
    const compositeKey =
      /^\s*@@id\(\[([^\]]+)\]/m
        .exec(body)?.[1]
        ?.split(',')
        .map((field) => field.trim()) ?? [];
    return body.split('\n').flatMap((line) => {
      const [, field = '', type = '', modifier = '', rest = ''] =
        /^\s*(\w+)\s+(\w+)(\?|\[\])?(.*)$/.exec(line) ?? [];
      if (field === '' || names.has(type)) return [];
      return {
        table,
        column: /@map\("(\w+)"\)/.exec(rest)?.[1] ?? field,
        type: `${postgresType(type, /@db\.(\w+)/.exec(rest)?.[1])}${modifier === '[]' ? '[]' : ''}`,
        isNullable: modifier === '?',
        isKey: /@id\b/.test(rest) || compositeKey.includes(field),
      };
    });
  });
}

function postgresType(type: string, native: string | undefined): string {
  const byNative: Record<string, string> = {
    Uuid: 'uuid',
    Timestamptz: 'timestamp with time zone',
    Date: 'date',
    Time: 'time without time zone',
    SmallInt: 'smallint',
    Json: 'json',
    JsonB: 'jsonb',
  };
  const byType: Record<string, string> = {
    String: 'text',
    Bytes: 'bytea',
    Int: 'integer',
    BigInt: 'bigint',
    Boolean: 'boolean',
    Float: 'double precision',
    Decimal: 'numeric(65,30)',
    Json: 'jsonb',
    DateTime: 'timestamp(3) without time zone',
  };
  return (native === undefined ? byType[type] : byNative[native]) ?? `unknown: ${type} @db.${native ?? '-'}`;
}

const columnsOfDatabase = `
  SELECT c.relname AS "table", a.attname AS "column", format_type(a.atttypid, a.atttypmod) AS type,
         NOT a.attnotnull AS "isNullable",
         EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary AND a.attnum = ANY (i.indkey)) AS "isKey"
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
   WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
     AND c.relname NOT LIKE E'\\\\_prisma%'`;

describeOnEachStore(
  'schema.prisma',
  (store) => {
    const inWords = (columns: Column[]): string[] =>
      columns
        .map((c) => `${c.table}.${c.column} ${c.type}${c.isNullable ? ' null' : ''}${c.isKey ? ' key' : ''}`)
        .sort();

    it('and the migrations agree on every table and column', async () => {
      const schema = columnsOfSchema(readFileSync(join(projectFolder(), 'prisma', 'schema.prisma'), 'utf8'));
      expect(schema.length).toBeGreaterThan(50);
      const { rows } = await store.db().query<Column>(columnsOfDatabase);
      expect(inWords(schema)).toEqual(inWords(rows));
    });

    it('can be read through Prisma, table by table', async () => {
      const prisma = store.opened().prisma() as unknown as Record<
        string,
        { findFirst?: () => Promise<unknown> }
      >;
      const text = readFileSync(join(projectFolder(), 'prisma', 'schema.prisma'), 'utf8');
      for (const [, model = ''] of text.matchAll(/^model (\w+) /gm)) {
        await expect(
          prisma[model.charAt(0).toLowerCase() + model.slice(1)]?.findFirst?.(),
        ).resolves.toBeDefined();
      }
    });
  },
  { reset: 'never' },
);
