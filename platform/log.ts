import { pino, stdSerializers } from 'pino';
import type { Logger } from 'pino';

export type Log = Logger;

/** JSON lines on standard output. What could be a secret is cut out by path before it is written. */
export function createLog(level: string): Log {
  return pino({
    level,
    base: null,
    // An Error has no fields of its own: without this only `{}` would be logged of it.
    serializers: { error: stdSerializers.err },
    redact: {
      paths: [
        'password',
        'token',
        'secret',
        'apiKey',
        'authorization',
        'cookie',
        '*.password',
        '*.token',
        '*.secret',
        '*.apiKey',
        'headers.authorization',
        'headers.cookie',
      ],
      censor: '[redacted]',
    },
  });
}
