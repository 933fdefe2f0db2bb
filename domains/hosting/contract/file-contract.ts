import { z } from 'zod';
import { operation } from '#platform/http/operation.ts';
import { idWire, InstantWire } from '#platform/http/wire.ts';

const read = { who: 'client', scope: 'hosting.read' } as const;
const write = { who: 'client', scope: 'hosting.write' } as const;

/** Relative to the account's home, with slashes: `public_html/index.php`. */
const Path = z.string().max(3000);
const ById = z.object({ id: idWire('acc') });
const serverSays = [
  'hosting-account-not-found',
  'path-unsafe',
  'entry-not-found',
  'not-a-folder',
  'package-suspended',
  'server-cannot',
  'server-refused',
  'server-unreachable',
] as const;

/**
 * Files of a hosting account. Their bodies travel beside this contract, as they are: `PUT` and
 * `GET /v1/hosting-accounts/{id}/file?path=…`, and a zip to be unpacked into a folder with
 * `PUT /v1/hosting-accounts/{id}/archive?path=…`.
 */
export const fileContract = {
  list: operation({
    method: 'GET',
    path: '/v1/hosting-accounts/{id}/files',
    summary: 'What is in a folder of a hosting account',
    access: read,
    transaction: 'own',
    input: ById.extend({ path: Path.default('') }),
    output: z.object({
      path: z.string(),
      entries: z.array(
        z.object({
          name: z.string(),
          kind: z.enum(['file', 'folder', 'other']),
          sizeBytes: z.int(),
          changedAt: InstantWire,
        }),
      ),
      /** The folder holds more than is listed. */
      truncated: z.boolean(),
    }),
    refusals: serverSays,
  }),
  makeFolder: operation({
    method: 'POST',
    path: '/v1/hosting-accounts/{id}/folders',
    summary: 'Make a folder',
    access: write,
    transaction: 'own',
    perMinute: 600,
    input: ById.extend({ path: Path }),
    output: z.object({}),
    refusals: [...serverSays, 'entry-exists', 'folder-protected', 'disk-limit-reached'],
  }),
  rename: operation({
    method: 'POST',
    path: '/v1/hosting-accounts/{id}/files/rename',
    summary: 'Rename or move a file or a folder; nothing is written over',
    access: write,
    transaction: 'own',
    input: ById.extend({ from: Path, to: Path }),
    output: z.object({}),
    refusals: [...serverSays, 'entry-exists', 'folder-protected'],
  }),
  remove: operation({
    method: 'POST',
    path: '/v1/hosting-accounts/{id}/files/delete',
    summary: 'Delete a file, or a folder with all in it, for good',
    access: write,
    transaction: 'own',
    perMinute: 300,
    input: ById.extend({ path: Path }),
    output: z.object({}),
    refusals: [...serverSays, 'folder-protected'],
  }),
};
