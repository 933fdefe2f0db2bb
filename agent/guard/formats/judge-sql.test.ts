import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shippedJudge } from '../testing/judge-text.ts';
import { judgeSqlDump } from './judge-sql.ts';
import { makeSqlReader, type SqlRow } from './read-sql-dump.ts';

const judge = shippedJudge();
const HEAD =
  '-- MySQL dump 10.19\n/*!40101 SET NAMES utf8mb4 */;\nDROP TABLE IF EXISTS `wp_options`;\n';
const SHELL = "<?php return; eval(base64_decode($_POST['stoika']));";
const escape = (text: string) => text.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
const option = (name: string, value: string) =>
  `INSERT INTO \`wp_options\` VALUES (7,'${name}','${escape(value)}','yes');\n`;

function readRows(dump: string, size = dump.length): SqlRow[] {
  const rows: SqlRow[] = [];
  const reader = makeSqlReader((row) => rows.push(row));
  for (let at = 0; at < dump.length; at += size) {
    reader.push(Buffer.from(dump.slice(at, at + size), 'latin1'));
  }
  return rows;
}

describe('The dump of a site', () => {
  test.each([
    ['a widget with code', option('widget_text', SHELL)],
    [
      'a snippet without a tag',
      option('insert_code', "eval(gzinflate(base64_decode($_REQUEST['stoika'])));"),
    ],
    ['a scheduled task', option('cron', `a:1:{s:4:"hook";s:60:"${SHELL}";}`)],
    [
      'a user',
      "REPLACE INTO wp_users (ID, user_login, user_url) VALUES (1, 'eve', '<?php return; system($_GET[0]);');",
    ],
    [
      'a blob',
      `INSERT INTO wp_postmeta VALUES (1,2,'_code',0x${Buffer.from(SHELL).toString('hex')});`,
    ],
  ])('%s that is a shell is found', async (_, dump) => {
    const { findings } = await judgeSqlDump(judge, [Buffer.from(HEAD + dump)]);
    expect(findings).toHaveLength(1);
    expect(findings[0]?.verdict.actionable).toBe(false);
  });

  test('a post with a hidden script is found, by its row', async () => {
    const post = '<p>Hello</p><script>eval(String.fromCharCode(118,97,114))</script>';
    const dump = `INSERT INTO \`site_posts\` VALUES (3,'a','${escape(post)}'),(4,'b','Hello world, dear readers');`;
    const { findings } = await judgeSqlDump(judge, [Buffer.from(dump)]);
    expect(findings).toMatchObject([{ table: 'site_posts', row: '3', column: 2 }]);
  });

  test('ordinary content and other tables are left alone', async () => {
    const dump = [
      option('siteurl', 'https://stoika.test'),
      option('cron', 'a:2:{i:1700000000;a:1:{s:16:"wp_version_check";a:0:{}}s:7:"version";i:2;}'),
      "INSERT INTO wp_posts VALUES (1,'How to greet: echo \"Hello\" in PHP','<p>It\\'s easy.</p>');",
      `INSERT INTO shop_log VALUES (1,'${escape(SHELL)}');`,
    ].join('\n');
    expect(await judgeSqlDump(judge, [Buffer.from(dump)])).toMatchObject({ rows: 3, findings: [] });
  });
});

test('any value comes out of a dump as it went in, however the bytes arrive', () => {
  const value = fc.string({ unit: 'binary-ascii', maxLength: 60 });
  const sizes = fc.integer({ min: 1, max: 40 });
  fc.assert(
    fc.property(
      fc.array(fc.array(value, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 }),
      sizes,
      (rows, size) => {
        const tuples = rows.map((row) => `(${row.map((text) => `'${escape(text)}'`).join(',')})`);
        const dump = `${HEAD}INSERT INTO \`a\`.\`wp_posts\` VALUES ${tuples.join(',\n')};\n`;
        expect(readRows(dump, size)).toEqual(
          rows.map((values) => ({ table: 'wp_posts', values, cut: false })),
        );
      },
    ),
  );
});

test('a dump made to confuse ends, and what was cut is not clean', async () => {
  const confusing = fc.constantFrom(
    "'",
    '"',
    '`',
    '\\',
    '(',
    ')',
    ',',
    ';',
    '--',
    '/*',
    '*/',
    '#',
    '\n',
    'INSERT INTO wp_posts VALUES ',
    'NULL',
    '0x3c',
    '<?php ',
  );
  fc.assert(
    fc.property(fc.array(confusing, { maxLength: 60 }), (parts) => {
      readRows(parts.join(''));
    }),
  );
  const long = `INSERT INTO wp_posts VALUES (1,'${'a'.repeat(5 * 1024 * 1024)}');`;
  const { findings } = await judgeSqlDump(judge, [Buffer.from(long)]);
  expect(findings).toMatchObject([{ verdict: { limit: 'value-bytes' } }]);
});
