import { describe, expect, it } from 'vitest';
import { pathLines, readPathLines } from './path-modes.ts';

describe('folders with a mode of their own', () => {
  it('are written a line each and read back as they were', () => {
    const paths = [
      { prefix: 'public_html/old', mode: 'off' as const },
      { prefix: 'a:b', mode: 'protect' as const },
    ];
    expect(readPathLines(pathLines(paths))).toEqual({ paths });
  });

  it('may have empty lines and slashes at their ends', () => {
    expect(readPathLines('\n/public_html/:detect\n\n')).toEqual({
      paths: [{ prefix: 'public_html', mode: 'detect' }],
    });
  });

  it.each(['public_html', 'public_html: maybe', ': off', '../x: off', 'a/./b: off', 'a//b: off'])(
    'are refused by their line: %s',
    (line) => {
      expect(readPathLines(`good: off\n${line}`)).toEqual({ badLine: 2 });
    },
  );
});
