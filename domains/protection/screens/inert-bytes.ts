const ROW = 16;

/**
 * Bytes as text in which nothing is markup and nothing hides: printable ASCII, line ends and tabs
 * as they are, every other byte as `\xNN`. So no letter that looks like another, no direction mark
 * and no control sign reaches the reader.
 */
export function inertText(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) {
    const isPlain = (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x09;
    text += isPlain ? String.fromCharCode(byte) : `\\x${hex(byte)}`;
  }
  return text;
}

/** Rows of sixteen: where they stand, the bytes, and what of them can be read. */
export function hexRows(bytes: Uint8Array, offset = 0): string {
  const rows: string[] = [];
  for (let start = 0; start < bytes.length; start += ROW) {
    const row = [...bytes.subarray(start, start + ROW)];
    const codes = row
      .map(hex)
      .join(' ')
      .padEnd(ROW * 3 - 1);
    const letters = row
      .map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'))
      .join('');
    rows.push(`${(offset + start).toString(16).padStart(8, '0')}  ${codes}  ${letters}`);
  }
  return rows.join('\n');
}

export function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}
