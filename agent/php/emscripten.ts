/** The part of Emscripten's file system that we use; its own typings are in a GPL package. */
export type WasmNode = {
  name: string;
  mode: number;
  parent: WasmNode;
  mount: { opts: { root: string } };
};

export type WasmStream = { node: WasmNode; nfd: number; flags: number };

export type WasmAttributes = { size?: number; mode?: number };

type NodeOperations = {
  lookup(parent: WasmNode, name: string): WasmNode;
  mknod(parent: WasmNode, name: string, mode: number, device: number): WasmNode;
  rename(node: WasmNode, folder: WasmNode, name: string): void;
  symlink(parent: WasmNode, name: string, target: string): void;
  readlink(node: WasmNode): string;
  statfs(path: string): unknown;
  unlink(parent: WasmNode, name: string): void;
  rmdir(parent: WasmNode, name: string): void;
  setattr(node: WasmNode, attributes: WasmAttributes): void;
};

type StreamOperations = {
  open(stream: WasmStream): void;
  close(stream: WasmStream): void;
  setattr(stream: WasmStream, attributes: WasmAttributes): void;
  write(
    stream: WasmStream,
    buffer: ArrayBufferView,
    offset: number,
    length: number,
    position: number,
  ): number;
};

/** Emscripten's mount of a host folder. */
export type NodeFilesystem = {
  node_ops: NodeOperations;
  stream_ops: StreamOperations;
  realPath(node: WasmNode): string;
  tryFSOperation<T>(operation: () => T): T;
};

export type WasmFilesystem = {
  filesystems: { NODEFS: NodeFilesystem };
  ErrnoError: new (errno: number) => Error;
  isLink(mode: number): boolean;
  isFile(mode: number): boolean;
  mkdirTree(path: string): void;
  makedev(major: number, minor: number): number;
  registerDevice(device: number, operations: WasmDevice): void;
  mkdev(path: string, mode: number, device: number): void;
  mount(type: unknown, options: { root: string }, path: string): void;
};

/** What Emscripten calls when PHP opens and writes a device. */
export type WasmDevice = {
  open(): void;
  close(): void;
  read(): number;
  llseek(): number;
  write(stream: unknown, buffer: Int8Array, offset: number, length: number): number;
};

/** WASI numbers of the errors we raise. */
export const errno = { EACCES: 2, ENOSPC: 51, ENOSYS: 52, EPERM: 63 } as const;

export const openFlags = { O_WRONLY: 1, O_RDWR: 2, O_TRUNC: 512, O_NOFOLLOW: 131_072 } as const;
