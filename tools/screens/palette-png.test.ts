import { expect, test } from 'vitest';
import { crc32, deflateSync } from 'node:zlib';
import { palettePng, readPixels } from './palette-png.ts';

test('a picture of few colours keeps every pixel', () => {
  const png = picture(40, 30, (x, y) => [(x % 5) * 50, (y % 4) * 60, x > y ? 255 : 0]);
  expect(readPixels(palettePng(png))).toEqual(readPixels(png));
});

test('a picture of many colours keeps the common ones and stays close in the others', () => {
  const png = picture(64, 64, (x, y) => (y < 32 ? [255, 255, 255] : [x * 4, y * 4, 128]));
  const before = readPixels(png);
  const after = readPixels(palettePng(png));
  expect(new Set(after.colours).size).toBeLessThanOrEqual(256);
  expect(after.colours.slice(0, 64 * 32)).toEqual(before.colours.slice(0, 64 * 32));
  for (const [at, colour] of after.colours.entries()) {
    expect(farthestChannel(colour, before.colours[at] ?? 0)).toBeLessThan(130);
  }
});

test('what is no picture is refused', () => {
  expect(() => palettePng(Buffer.from('GIF89a, really'))).toThrow('not a PNG file');
});

function farthestChannel(one: number, other: number): number {
  const apart = [16, 8, 0].map((shift) => ((one >> shift) & 255) - ((other >> shift) & 255));
  return Math.max(...apart.map(Math.abs));
}

/** Every second row filtered by what stands above it, as encoders do. */
function picture(width: number, height: number, at: (x: number, y: number) => number[]): Buffer {
  const plain = Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (__, x) => at(x, y)).flat(),
  );
  const rows = plain.map((row, y) =>
    y % 2 === 0
      ? [0, ...row]
      : [2, ...row.map((value, index) => (value - (plain[y - 1]?.[index] ?? 0)) & 255)],
  );
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const part = (type: string, data: Buffer): Buffer => {
    const named = Buffer.concat([Buffer.from(type), data]);
    const ends = Buffer.alloc(8);
    ends.writeUInt32BE(data.length, 0);
    ends.writeUInt32BE(crc32(named), 4);
    return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)]);
  };
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  const data = part('IDAT', deflateSync(Buffer.from(rows.flat())));
  return Buffer.concat([signature, part('IHDR', head), data, part('IEND', Buffer.alloc(0))]);
}
