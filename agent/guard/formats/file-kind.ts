export type FileKind =
  | 'php'
  | 'htaccess'
  | 'user-ini'
  | 'cron'
  | 'zip'
  | 'gzip'
  | 'image'
  | 'other';

const PHP = /\.(php\d?|phtml|pht|phps|phar|inc|module|install|theme|ctp)(\.\w{1,12})?$/i;
const CRON = /^(crontab|cron\.\w+|.*\.cron)$/i;

/** What a file is to the scanner: by its name where a server goes by it, else by its first bytes. */
export function fileKind(name: string, bytes: Uint8Array, length: number): FileKind {
  if (name === '.htaccess') return 'htaccess';
  if (name === '.user.ini' || name === 'php.ini') return 'user-ini';
  if (CRON.test(name)) return 'cron';
  const magic = length >= 4 ? ((bytes[0] as number) << 8) | (bytes[1] as number) : 0;
  if (magic === 0x504b && bytes[2] === 3) return 'zip';
  if (magic === 0x1f8b) return 'gzip';
  if (PHP.test(name)) return 'php';
  if (isImage(bytes)) return 'image';
  return 'other';
}

function isImage(bytes: Uint8Array): boolean {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xd8) return true;
  if (a === 0x89 && b === 0x50 && c === 0x4e && d === 0x47) return true;
  if (a === 0x47 && b === 0x49 && c === 0x46 && d === 0x38) return true;
  return a === 0x52 && b === 0x49 && c === 0x46 && d === 0x46;
}
