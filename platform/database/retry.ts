import { renameStatements } from './statement-names.ts';

const SERIALIZATION_FAILURE = '40001';
const DEADLOCK = '40P01';
const FEATURE_NOT_SUPPORTED = '0A000';
const ATTEMPTS_MAX = 5;

/** Runs a whole transaction again when PostgreSQL says that a second try may succeed. */
export async function retryable<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transaction();
    } catch (error) {
      if (!isTransient(error) || attempt === ATTEMPTS_MAX) throw error;
      if (isOutdatedStatement(error)) renameStatements();
      await new Promise((resolve) => setTimeout(resolve, 2 ** attempt * 5));
    }
  }
}

function isTransient(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return code === SERIALIZATION_FAILURE || code === DEADLOCK || isOutdatedStatement(error);
}

/** PostgreSQL has no code of its own for a prepared statement whose table has changed since. */
function isOutdatedStatement(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  return code === FEATURE_NOT_SUPPORTED && /cached plan/.test(String(message));
}

const UNIQUE_VIOLATION = '23505';

/** The name of the unique constraint that a write ran into, or null for any other error. */
export function uniqueViolation(error: unknown): string | null {
  const { code, constraint } = (error ?? {}) as { code?: unknown; constraint?: unknown };
  return code === UNIQUE_VIOLATION && typeof constraint === 'string' ? constraint : null;
}
