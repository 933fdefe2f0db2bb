/** Numbers about a file's bytes, from one pass. */
export interface ByteShape {
  entropy: number;
  longestLine: number;
  lines: number;
  /** Shares of the file. */
  high: number;
  control: number;
  letters: number;
  digits: number;
  blanks: number;
  symbols: number;
  upper: number;
  /** `\x41` and `\101`. */
  escapes: number;
  /** Runs of at least 120 base64 bytes: how many, and their share of the file. */
  blobs: number;
  blobShare: number;
}

const LETTER = 1;
const DIGIT = 2;
const BLANK = 4;
const HIGH = 8;
const CONTROL = 16;
const BASE64 = 32;
const UPPER = 64;
const KIND = new Uint8Array(256);
for (let byte = 0; byte < 256; byte++) {
  const upper = byte >= 65 && byte <= 90;
  const letter = upper || (byte >= 97 && byte <= 122);
  const digit = byte >= 48 && byte <= 57;
  const blank = byte === 32 || (byte >= 9 && byte <= 13);
  KIND[byte] =
    (letter ? LETTER | BASE64 : 0) |
    (upper ? UPPER : 0) |
    (digit ? DIGIT | BASE64 : 0) |
    (blank ? BLANK : 0) |
    (byte >= 128 ? HIGH : 0) |
    (byte < 32 && !blank ? CONTROL : 0) |
    (byte === 43 || byte === 47 || byte === 61 ? BASE64 : 0);
}
const BLOB = 120;
const histogram = new Uint32Array(256);

export function measureBytes(bytes: Uint8Array, length: number): ByteShape {
  const counts = histogram;
  counts.fill(0);
  let [lineStart, longestLine, lines, escapes] = [0, 0, 1, 0];
  for (let at = 0; at < length; at++) {
    const byte = bytes[at] as number;
    counts[byte] = (counts[byte] as number) + 1;
    if (byte === 10) {
      lines++;
      if (at - lineStart > longestLine) longestLine = at - lineStart;
      lineStart = at + 1;
    } else if (byte === 92 && isEscape(bytes, at + 1)) escapes++;
  }
  const { blobs, blobBytes } = findBlobs(bytes, length);
  const shares = shareKinds(length);
  longestLine = Math.max(longestLine, length - lineStart);
  return { ...shares, longestLine, lines, escapes, blobs, blobShare: blobBytes / (length || 1) };
}

/** A run that long covers a byte at a multiple of its length, so no other is looked at first. */
function findBlobs(bytes: Uint8Array, length: number) {
  let [blobs, blobBytes] = [0, 0];
  for (let probe = BLOB - 1; probe < length; probe += BLOB) {
    let start = probe;
    while (start >= 0 && isBase64(bytes[start] as number)) start--;
    let end = probe;
    while (end < length && isBase64(bytes[end] as number)) end++;
    if (end - start - 1 < BLOB) continue;
    blobs++;
    blobBytes += end - start - 1;
    while (probe + BLOB < end) probe += BLOB;
  }
  return { blobs, blobBytes };
}

function isBase64(byte: number): boolean {
  return ((KIND[byte] as number) & BASE64) !== 0;
}

function isEscape(bytes: Uint8Array, at: number): boolean {
  if (bytes[at] === 120) return ((KIND[bytes[at + 1] as number] as number) & BASE64) !== 0;
  return ((KIND[bytes[at] as number] as number) & DIGIT) !== 0;
}

function shareKinds(length: number) {
  const total = length || 1;
  let entropy = 0;
  const sums = { high: 0, control: 0, letters: 0, digits: 0, blanks: 0, upper: 0 };
  for (let byte = 0; byte < 256; byte++) {
    const share = (histogram[byte] as number) / total;
    if (share === 0) continue;
    entropy -= share * Math.log2(share);
    const kind = KIND[byte] as number;
    if (kind & HIGH) sums.high += share;
    if (kind & CONTROL) sums.control += share;
    if (kind & LETTER) sums.letters += share;
    if (kind & DIGIT) sums.digits += share;
    if (kind & BLANK) sums.blanks += share;
    if (kind & UPPER) sums.upper += share;
  }
  const symbols = 1 - sums.high - sums.control - sums.letters - sums.digits - sums.blanks;
  return { entropy, symbols, ...sums };
}
