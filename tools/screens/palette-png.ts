import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
const COLOURS_MAX = 256;
const RGB = 2;
const RGBA = 6;
const PALETTE = 3;

type Pixels = { width: number; height: number; colours: Uint32Array };

/**
 * The same picture with at most 256 colours: a screenshot takes a third of its bytes so. Reads what
 * Chromium writes (8 bits a channel, not interlaced, opaque). PNG: ISO/IEC 15948:2004.
 */
export function palettePng(png: Buffer): Buffer {
  const { width, height, colours } = readPixels(png);
  const palette = chooseColours(colours);
  const rows = Buffer.alloc(height * (width + 1)); // each row begins with its filter: none
  const known = new Map(palette.map((colour, index) => [colour, index]));
  for (let at = 0; at < colours.length; at += 1) {
    const colour = colours[at] ?? 0;
    let index = known.get(colour);
    if (index === undefined) {
      index = nearest(palette, colour);
      known.set(colour, index);
    }
    rows[at + Math.floor(at / width) + 1] = index;
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, PALETTE, 0, 0, 0], 8);
  const table = Buffer.from(palette.flatMap((colour) => channelsOf(colour)));
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    chunk('PLTE', table),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

export function readPixels(png: Buffer): Pixels {
  const parts = chunksOf(png);
  const head = parts.find(({ type }) => type === 'IHDR')?.data ?? Buffer.alloc(13);
  const [width, height, kind] = [head.readUInt32BE(0), head.readUInt32BE(4), head[9]];
  if (head[8] !== 8 || head[12] !== 0) throw new Error('only 8 bits a channel, not interlaced');
  const data = parts.filter(({ type }) => type === 'IDAT').map((part) => part.data);
  const rows = inflateSync(Buffer.concat(data));
  if (kind === PALETTE) {
    const table = parts.find(({ type }) => type === 'PLTE')?.data ?? Buffer.alloc(0);
    const bytes = unfilter(rows, height, { stride: width, step: 1 });
    const colours = Uint32Array.from(bytes, (index) => table.readUIntBE(index * 3, 3));
    return { width, height, colours };
  }
  if (kind !== RGB && kind !== RGBA) throw new Error(`colour type ${kind} is none we read`);
  const step = kind === RGB ? 3 : 4;
  const bytes = unfilter(rows, height, { stride: width * step, step });
  const colours = new Uint32Array(width * height);
  for (let at = 0; at < colours.length; at += 1) colours[at] = bytes.readUIntBE(at * step, 3);
  return { width, height, colours };
}

/** Undoes the filter of each row (ISO/IEC 15948, 9.2). */
function unfilter(
  rows: Buffer,
  height: number,
  { stride, step }: { stride: number; step: number },
) {
  const bytes = Buffer.alloc(height * stride);
  for (let row = 0; row < height; row += 1) {
    const filter = rows[row * (stride + 1)];
    for (let column = 0; column < stride; column += 1) {
      const at = row * stride + column;
      const left = column >= step ? (bytes[at - step] ?? 0) : 0;
      const above = row > 0 ? (bytes[at - stride] ?? 0) : 0;
      const corner = row > 0 && column >= step ? (bytes[at - stride - step] ?? 0) : 0;
      const guess = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter ?? 0];
      bytes[at] = (rows[at + row + 1] ?? 0) + (guess ?? 0);
    }
  }
  return bytes;
}

function paeth(left: number, above: number, corner: number): number {
  const base = left + above - corner;
  const [byLeft, byAbove] = [Math.abs(base - left), Math.abs(base - above)];
  const byCorner = Math.abs(base - corner);
  if (byLeft <= byAbove && byLeft <= byCorner) return left;
  return byAbove <= byCorner ? above : corner;
}

/** The commonest colours: screens are flat areas, what is rare is the edge of a letter. */
function chooseColours(colours: Uint32Array): number[] {
  const counts = new Map<number, number>();
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  return [...counts]
    .toSorted(([, one], [, other]) => other - one)
    .slice(0, COLOURS_MAX)
    .map(([colour]) => colour);
}

function nearest(palette: readonly number[], colour: number): number {
  const [red = 0, green = 0, blue = 0] = channelsOf(colour);
  let best = 0;
  let least = Infinity;
  for (const [index, candidate] of palette.entries()) {
    const [r = 0, g = 0, b = 0] = channelsOf(candidate);
    const distance = (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
    if (distance >= least) continue;
    best = index;
    least = distance;
  }
  return best;
}

function channelsOf(colour: number): number[] {
  return [colour >> 16, (colour >> 8) & 0xff, colour & 0xff];
}

type Chunk = { type: string; data: Buffer };

function chunksOf(png: Buffer): Chunk[] {
  if (!png.subarray(0, 8).equals(SIGNATURE)) throw new Error('not a PNG file');
  const chunks: Chunk[] = [];
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    chunks.push({ type, data: png.subarray(at + 8, at + 8 + length) });
    at += length + 12;
  }
  return chunks;
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}
