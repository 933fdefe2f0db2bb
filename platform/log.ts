import { pino } from 'pino';
import type { Logger } from 'pino';

export type Log = Logger;

/** JSON lines on standard output. What could be a secret is cut out by path before it is written. */
export function createLog(level: string): Log {
  return pino({
    level,
    base: null,
    redact: {
      paths: ['password', 'token', 'secret', 'apiKey', 'authorization', 'cookie', '*.password',
        '*.token', '*.secret', '*.apiKey', 'headers.authorization', 'headers.cookie'],
      censor: '[redacted]',
    },
  });
}
