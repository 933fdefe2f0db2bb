import { fstatSync, renameSync, statSync } from 'node:fs';
import {
  errno,
  openFlags,
  type NodeFilesystem,
  type WasmFilesystem,
  type WasmStream,
} from './emscripten.ts';

/** What a request did to the account's disk. */
export type DiskEffect = {
  /** Paths below the home whose content changed again after it was first told. */
  written: Set<string>;
  growthBytes: number;
  /** Anything at all was made, changed or removed. */
  changed: boolean;
};

export type FilesystemGuard = {
  begin(budget: { bytes: number; files: number }): void;
  effect(): DiskEffect;
};

/**
 * Puts our rules under PHP's view of the account's folder: no links, made or followed; a budget
 * for growth (the disk has no quotas here); and a note of every file written, the first time in a
 * request told at once.
 * Must run before anything is mounted: nodes take their operations when they are made.
 */
export function guardFilesystem(
  fs: WasmFilesystem,
  firstWrite: (path: string) => void,
): FilesystemGuard {
  const host = fs.filesystems.NODEFS;
  let budget = { bytes: 0, files: 0 };
  let effect = freshEffect();
  let told = new Set<string>();

  const grow = (bytes: number) => {
    if (bytes <= 0) return;
    if (effect.growthBytes + bytes > budget.bytes) throw new fs.ErrnoError(errno.ENOSPC);
    effect.growthBytes += bytes;
  };
  const addFile = () => {
    if (budget.files <= 0) throw new fs.ErrnoError(errno.ENOSPC);
    budget.files -= 1;
    effect.changed = true;
  };

  const noteWritten = (path: string) => {
    effect.changed = true;
    if (told.has(path)) effect.written.add(path);
    else firstWrite(path);
    told.add(path);
  };

  refuseLinks(fs, host);
  replaceRename(host, noteWritten);
  noteRemovals(host, () => (effect.changed = true));
  countGrowth(host, grow, addFile);
  keepOwnersRights(host);
  noteWrites(fs, host, noteWritten);

  return {
    begin(given) {
      budget = { ...given };
      effect = freshEffect();
      told = new Set();
    },
    effect: () => effect,
  };
}

function freshEffect(): DiskEffect {
  return { written: new Set(), growthBytes: 0, changed: false };
}

function refuseLinks(fs: WasmFilesystem, host: NodeFilesystem): void {
  const refuse = () => {
    throw new fs.ErrnoError(errno.EPERM);
  };
  host.node_ops.symlink = refuse;
  host.node_ops.readlink = refuse;
  // Tells about the server's disk, not the account's.
  host.node_ops.statfs = () => {
    throw new fs.ErrnoError(errno.ENOSYS);
  };
  const lookup = host.node_ops.lookup;
  host.node_ops.lookup = (parent, name) => {
    const node = lookup(parent, name);
    if (fs.isLink(node.mode)) throw new fs.ErrnoError(errno.EACCES);
    return node;
  };
  const open = host.stream_ops.open;
  host.stream_ops.open = (stream) => {
    const { flags } = stream;
    stream.flags = flags | openFlags.O_NOFOLLOW;
    try {
      open(stream);
    } finally {
      stream.flags = flags;
    }
  };
}

/**
 * The runtime's own rename first unlinks the host path inside PHP's file system, where the same
 * words may name another file; rename(2) replaces the target by itself.
 */
function replaceRename(host: NodeFilesystem, renamed: (path: string) => void): void {
  host.node_ops.rename = (node, folder, name) => {
    const target = join(host.realPath(folder), name);
    host.tryFSOperation(() => renameSync(host.realPath(node), target));
    node.name = name;
    renamed(target);
  };
}

function noteRemovals(host: NodeFilesystem, removed: () => void): void {
  const { unlink, rmdir } = host.node_ops;
  host.node_ops.unlink = (parent, name) => {
    unlink(parent, name);
    removed();
  };
  host.node_ops.rmdir = (parent, name) => {
    rmdir(parent, name);
    removed();
  };
}

function countGrowth(
  host: NodeFilesystem,
  grow: (bytes: number) => void,
  addFile: () => void,
): void {
  const { mknod, setattr } = host.node_ops;
  host.node_ops.mknod = (parent, name, mode, device) => {
    addFile();
    return mknod(parent, name, mode, device);
  };
  host.node_ops.setattr = (node, attributes) => {
    if (attributes.size !== undefined) {
      grow(attributes.size - host.tryFSOperation(() => statSync(host.realPath(node)).size));
    }
    setattr(node, attributes);
  };
  const setStreamAttributes = host.stream_ops.setattr;
  host.stream_ops.setattr = (stream, attributes) => {
    if (attributes.size !== undefined) grow(attributes.size - fstatSync(stream.nfd).size);
    setStreamAttributes(stream, attributes);
  };
  const write = host.stream_ops.write;
  host.stream_ops.write = (stream, buffer, offset, length, position) => {
    grow(position + length - fstatSync(stream.nfd).size);
    return write(stream, buffer, offset, length, position);
  };
}

/**
 * Whatever PHP sets, the owner may read and write, and nothing runs with its owner's rights: a
 * folder closed to its own account could be neither counted nor deleted by a node that is not root.
 */
function keepOwnersRights(host: NodeFilesystem): void {
  const typeBits = 0o170000;
  const folderType = 0o040000;
  const limited = (mode: number) => {
    const least = (mode & typeBits) === folderType ? 0o700 : 0o600;
    return (mode & (typeBits | 0o777)) | least;
  };
  const { mknod, setattr } = host.node_ops;
  host.node_ops.mknod = (parent, name, mode, device) => mknod(parent, name, limited(mode), device);
  host.node_ops.setattr = (node, attributes) => {
    if (attributes.mode !== undefined) attributes.mode = limited(attributes.mode);
    setattr(node, attributes);
  };
  const setStreamAttributes = host.stream_ops.setattr;
  host.stream_ops.setattr = (stream, attributes) => {
    if (attributes.mode !== undefined) attributes.mode = limited(attributes.mode);
    setStreamAttributes(stream, attributes);
  };
}

/** A file counts as written when a descriptor that could write to it is closed. */
function noteWrites(
  fs: WasmFilesystem,
  host: NodeFilesystem,
  written: (path: string) => void,
): void {
  const couldWrite = openFlags.O_WRONLY | openFlags.O_RDWR;
  const close = host.stream_ops.close;
  host.stream_ops.close = (stream: WasmStream) => {
    close(stream);
    const writable = (stream.flags & couldWrite) !== 0 && fs.isFile(stream.node.mode);
    if (writable) written(host.realPath(stream.node));
  };
}

function join(folder: string, name: string): string {
  return folder === '.' || folder === '' ? name : `${folder}/${name}`;
}
