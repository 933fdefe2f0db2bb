/**
 * A path or text of a scanned file for people: printable ASCII stays, everything else is written
 * out, so that no terminal and no page takes it for commands or markup.
 */
export function showBytes(bytes: Uint8Array): string {
  let shown = '';
  for (const byte of bytes) {
    const plain = byte >= 32 && byte < 127 && byte !== 92;
    shown += plain ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`;
  }
  return shown;
}
