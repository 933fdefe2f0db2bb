import { describe, expect, it } from 'vitest';
import { bytesOf, hexRows, inertText } from './inert-bytes.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('bytes of a malicious file', () => {
  it('read as the text they are, with line ends kept', () => {
    expect(inertText(bytes('<?php\n\teval($x);'))).toBe('<?php\n\teval($x);');
  });

  it('hide nothing: look-alike letters, direction marks and control signs are spelt out', () => {
    // A Cyrillic letter that looks Latin, a right-to-left override, an escape sequence.
    expect(inertText(bytes('\u0430\u202e\u001b[2J'))).toBe(String.raw`\xd0\xb0\xe2\x80\xae\x1b[2J`);
    expect(inertText(Uint8Array.of(0, 13, 127, 255))).toBe(String.raw`\x00\x0d\x7f\xff`);
  });

  it('show every byte value as printable ASCII', () => {
    const all = Uint8Array.from({ length: 256 }, (_, index) => index);
    expect(inertText(all)).toMatch(/^[\x20-\x7e\n\t]*$/);
    expect(hexRows(all)).toMatch(/^[\x20-\x7e\n]*$/);
  });

  it('stand in rows of sixteen with their places', () => {
    expect(hexRows(bytes('<?php system(1);\n'), 16).split('\n')).toEqual([
      '00000010  3c 3f 70 68 70 20 73 79 73 74 65 6d 28 31 29 3b  <?php system(1);',
      '00000020  0a                                               .',
    ]);
  });

  it('arrive from the API whole', () => {
    const all = Uint8Array.from({ length: 256 }, (_, index) => index);
    expect([...bytesOf(btoa(String.fromCharCode(...all)))]).toEqual([...all]);
  });
});
