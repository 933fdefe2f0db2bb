/** Why the built-in PostgreSQL cannot be used; the message says what to do about it. */
export type EmbeddedPostgresRefusalCode =
  | 'embedded-postgres-unavailable'
  | 'database-in-use'
  | 'data-folder-unreachable'
  | 'data-folder-of-another-version'
  | 'folder-not-ours'
  | 'no-unprivileged-account'
  | 'server-did-not-start';

export type EmbeddedPostgresRefusal = Error & { code: EmbeddedPostgresRefusalCode };

export function embeddedPostgresRefusal(
  code: EmbeddedPostgresRefusalCode,
  message: string,
): EmbeddedPostgresRefusal {
  return Object.assign(new Error(message), { name: 'EmbeddedPostgresRefusal', code });
}
