import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openApiDocument } from './open-api.ts';

export const OPEN_API_FILE = join(import.meta.dirname, '../docs/openapi.json');

/** The text of `docs/openapi.json`, as committed and compared by the tests. */
export async function openApiText(): Promise<string> {
  return `${JSON.stringify(await openApiDocument(), null, 2)}\n`;
}

export async function writeOpenApi(): Promise<void> {
  await writeFile(OPEN_API_FILE, await openApiText());
}
