/**
 * What the process that watches says, as frames on a pipe: one byte for the kind, four for the
 * length, the payload. Paths are bytes below the watched folder.
 */
export const CHANGE_KINDS = {
  /** Stands and watches. */
  ready: 1,
  /** A file got other content, or came. */
  changed: 2,
  /** A folder came with whatever is in it. */
  folder: 3,
  /** More happened than could be kept in mind: anything may have changed. */
  missed: 4,
  /** Cannot watch; words. */
  failed: 5,
} as const;
export type ChangeKind = keyof typeof CHANGE_KINDS;

const HEAD = 5;
/** Longer than any path: what claims to be longer is not ours. */
const LONGEST = 1 << 20;
const NAMES = new Map(Object.entries(CHANGE_KINDS).map(([name, code]) => [code as number, name]));

export function changeFrame(kind: ChangeKind, payload: Buffer): Buffer {
  const frame = Buffer.alloc(HEAD + payload.length);
  frame.writeUInt8(CHANGE_KINDS[kind]);
  frame.writeUInt32LE(payload.length, 1);
  payload.copy(frame, HEAD);
  return frame;
}

/** Takes what came over the pipe, in whatever pieces, and says each whole frame. */
export function changeReader(heard: (kind: ChangeKind, payload: Buffer) => void) {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk: Buffer): void => {
    rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    let at = 0;
    while (at + HEAD <= rest.length) {
      const kind = NAMES.get(rest.readUInt8(at));
      const length = rest.readUInt32LE(at + 1);
      if (kind === undefined || length > LONGEST) throw new Error('no frame of a watcher');
      if (at + HEAD + length > rest.length) break;
      heard(kind as ChangeKind, Buffer.from(rest.subarray(at + HEAD, at + HEAD + length)));
      at += HEAD + length;
    }
    rest = rest.subarray(at);
  };
}
