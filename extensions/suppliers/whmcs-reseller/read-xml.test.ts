import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readXml } from './read-xml.ts';

test('a reply of the vendor is read, with its entities and CDATA', () => {
  const source = `<?xml version="1.0" encoding="utf-8"?>
    <!-- reply --><whmcsapi v="1"><result>success</result>
    <message>a &lt;b&gt; &amp;amp; &#1088;&#x443;<![CDATA[ <raw> & ]]></message><empty/></whmcsapi>\n`;
  const root = readXml(source);
  expect(root?.name).toBe('whmcsapi');
  expect(root?.children.map(({ name, text }) => [name, text])).toEqual([
    ['result', 'success'],
    ['message', 'a <b> &amp; ру <raw> & '],
    ['empty', ''],
  ]);
});

test.each([
  ['a document type', '<!DOCTYPE a [<!ENTITY x "boom">]><a>&x;</a>'],
  ['an outside entity', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'],
  ['an entity XML does not define', '<a>&nbsp;</a>'],
  ['a name of the language itself', '<a>&constructor;</a>'],
  ['a bare ampersand', '<a>R&D</a>'],
  ['a forbidden character', '<a>&#0;</a>'],
  ['a processing instruction', '<a><?php echo 1 ?></a>'],
  ['two roots', '<a/><a/>'],
  ['text after the root', '<a/>tail'],
  ['a page instead', '<!doctype html><html><body>Maintenance</body></html>'],
  ['crossed elements', '<a><b></a></b>'],
  ['a broken end', '<a><b>text</b'],
  ['an open comment', '<a><!-- </a>'],
  ['nothing', ''],
  ['a deep nest', '<a>'.repeat(40) + '</a>'.repeat(40)],
])('%s is no reply', (_what, source) => {
  expect(readXml(source)).toBeNull();
});

test('any text survives being written and read', () => {
  const escaped = (text: string) =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(readXml(`<a>${escaped(text)}</a>`)?.text).toBe(text);
    }),
  );
});

test('no input makes it throw or take long', () => {
  const pieces = fc.constantFrom(
    '<',
    '>',
    '/',
    '</',
    '<a',
    'a',
    ' ',
    '&',
    ';',
    '<!--',
    ']]>',
    '"',
    '=',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
      readXml(parts.join(''));
    }),
    { numRuns: 500 },
  );
  // Long ones too: read in time that grew with the square, these would not end.
  readXml(`<a${' b="c"'.repeat(100_000)}`);
  readXml(`<a>${'&amp;'.repeat(200_000)}`);
});
