// The files of this folder run on the Node that the machine has (18 or newer): they install the
// Node that Stoika runs on, and hand over to it.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const checkout = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const programs = join(checkout, 'node_modules', '.bin');
export const pinnedNode = join(programs, 'node');
