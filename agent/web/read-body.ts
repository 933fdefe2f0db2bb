import type { IncomingMessage } from 'node:http';

/** The request's whole body, `'too-large'` past the limit, null when there is none. */
export async function readBody(
  request: IncomingMessage,
  maxBytes: number,
): Promise<Uint8Array | null | 'too-large'> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return 'too-large';
  const blocks: Buffer[] = [];
  let size = 0;
  for await (const block of request as AsyncIterable<Buffer>) {
    size += block.length;
    if (size > maxBytes) return 'too-large';
    blocks.push(block);
  }
  return size === 0 ? null : Buffer.concat(blocks);
}
