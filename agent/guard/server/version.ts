import { readFileSync } from 'node:fs';

const manifest = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');

/** Of the program that the agent is part of. */
export const AGENT_VERSION: string = (JSON.parse(manifest) as { version: string }).version;
