/** Of linux/fanotify.h. */
export const FAN_MODIFY = 0x2n;
export const FAN_ATTRIB = 0x4n;
export const FAN_CLOSE_WRITE = 0x8n;
export const FAN_MOVED_TO = 0x80n;
export const FAN_CREATE = 0x100n;
export const FAN_Q_OVERFLOW = 0x4000n;
export const FAN_ONDIR = 0x40000000n;

const METADATA_BYTES = 24;
const INFO_DFID_NAME = 2;

/** What happened to one name in one folder; `folder` is null where the queue ran over. */
export interface FanotifyEvent {
  mask: bigint;
  folder: {
    /** Of the file system, 8 bytes. */
    fsid: Buffer;
    /** A `struct file_handle` for open_by_handle_at(2). */
    handle: Buffer;
  } | null;
  name: Buffer;
}

/**
 * The events of one read of a descriptor with FAN_REPORT_DFID_NAME (fanotify(7)). The views reach
 * into `bytes`: copy what is to outlast it.
 */
export function* fanotifyEvents(bytes: Buffer): Generator<FanotifyEvent> {
  for (let at = 0; at + METADATA_BYTES <= bytes.length;) {
    const length = bytes.readUInt32LE(at);
    if (length < METADATA_BYTES || at + length > bytes.length) return;
    const mask = bytes.readBigUInt64LE(at + 8);
    const info = bytes.subarray(at + bytes.readUInt16LE(at + 6), at + length);
    at += length;
    const place = placeIn(info);
    if (place) yield { mask, ...place };
    else if (mask & FAN_Q_OVERFLOW) yield { mask, folder: null, name: Buffer.alloc(0) };
  }
}

function placeIn(info: Buffer): Pick<FanotifyEvent, 'folder' | 'name'> | null {
  for (let at = 0; at + 4 <= info.length;) {
    const length = info.readUInt16LE(at + 2);
    if (length < 20 || at + length > info.length) return null;
    if (info[at] === INFO_DFID_NAME) {
      const record = info.subarray(at, at + length);
      const nameAt = 20 + record.readUInt32LE(12);
      const end = record.indexOf(0, nameAt);
      if (nameAt >= length || end < 0) return null;
      const folder = { fsid: record.subarray(4, 12), handle: record.subarray(12, nameAt) };
      return { folder, name: record.subarray(nameAt, end) };
    }
    at += length;
  }
  return null;
}
