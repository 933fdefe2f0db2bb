import { dlopen } from 'node:ffi';

/**
 * The few calls of the C library that node:fs has no words for. Linux on 64-bit machines; throws
 * where the library has none of them. Structures are laid out by whoever calls.
 */
export function openLibc() {
  const { functions } = dlopen(null, {
    fanotify_init: { arguments: ['u32', 'u32'], return: 'i32' },
    fanotify_mark: { arguments: ['i32', 'u32', 'u64', 'i32', 'pointer'], return: 'i32' },
    open_by_handle_at: { arguments: ['i32', 'pointer', 'i32'], return: 'i32' },
    statfs: { arguments: ['pointer', 'pointer'], return: 'i32' },
    poll: { arguments: ['pointer', 'u64', 'i32'], return: 'i32' },
    prctl: { arguments: ['i32', 'u64', 'u64', 'u64', 'u64'], return: 'i32' },
    capset: { arguments: ['pointer', 'pointer'], return: 'i32' },
  });
  return functions;
}

export type Libc = ReturnType<typeof openLibc>;

/** A path as the C library takes it. */
export function cString(path: Buffer): Buffer {
  return Buffer.concat([path, Buffer.alloc(1)]);
}

const POLLIN = 1;
const FD_BYTES = 8;

/** Waits until one of these descriptors can be read or was closed; which of them, if any. */
export function waitForInput(libc: Libc, fds: readonly number[], timeoutMs: number): number[] {
  const asked = Buffer.alloc(fds.length * FD_BYTES);
  for (const [index, fd] of fds.entries()) {
    asked.writeInt32LE(fd, index * FD_BYTES);
    asked.writeInt16LE(POLLIN, index * FD_BYTES + 4);
  }
  if (libc.poll(asked, BigInt(fds.length), timeoutMs) <= 0) return [];
  return fds.filter((_, index) => asked.readInt16LE(index * FD_BYTES + 6) !== 0);
}
