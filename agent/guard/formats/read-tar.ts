export interface TarMember {
  name: string;
  bytes: Buffer;
}

const BLOCK = 512;

/**
 * Regular members of a tar (POSIX ustar and GNU), as slices of its bytes; null when it is no tar.
 * Links and devices are passed over. Sizes that leave the archive end the reading.
 */
export function readTar(bytes: Buffer, mostMembers: number): TarMember[] | 'too-many' | null {
  if (bytes.length < BLOCK || !checksumHolds(bytes, 0)) return null;
  const members: TarMember[] = [];
  let longName = '';
  let at = 0;
  for (let headers = 0; at + BLOCK <= bytes.length && bytes[at] !== 0; headers++) {
    if (headers > mostMembers * 2 || members.length >= mostMembers) return 'too-many';
    if (!checksumHolds(bytes, at)) break;
    const size = readSize(bytes, at + 124);
    const from = at + BLOCK;
    if (!(size >= 0) || from + size > bytes.length) break;
    const type = String.fromCharCode(bytes[at + 156] as number);
    if (type === 'L') longName = readText(bytes, from, Math.min(size, 4096));
    else {
      if (type === '0' || type === '\0' || type === '7') {
        const name = longName || readText(bytes, at, 100);
        members.push({ name, bytes: bytes.subarray(from, from + size) });
      }
      longName = '';
    }
    at = from + Math.ceil(size / BLOCK) * BLOCK;
  }
  return members;
}

function readText(bytes: Buffer, at: number, length: number): string {
  const text = bytes.toString('latin1', at, at + length);
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}

/** Octal text, or big-endian with the top bit set (GNU). */
function readSize(bytes: Buffer, at: number): number {
  if ((bytes[at] as number) & 0x80) return bytes.readUIntBE(at + 6, 6);
  return Number.parseInt(readText(bytes, at, 12).trim() || '0', 8);
}

function checksumHolds(bytes: Buffer, at: number): boolean {
  let sum = 0;
  for (let offset = 0; offset < BLOCK; offset++) {
    sum += offset >= 148 && offset < 156 ? 32 : (bytes[at + offset] as number);
  }
  return Number.parseInt(readText(bytes, at + 148, 8).trim(), 8) === sum;
}
