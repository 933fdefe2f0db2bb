import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { JOIN_PATH, joinAnswer } from './call-wire.ts';
import { centreOf, readSettings, saveSettings, type ServerSettings } from './server-settings.ts';
import { AGENT_VERSION } from './version.ts';

export interface JoinOrder {
  centre: string;
  code: string;
  settingsPath: string;
  homes: string;
  dataFolder: string;
  rulesKey: string | null;
}

const ANSWER_WITHIN_MS = 20_000;

/** Gives the code for a key of this server's own. Answers with what to say; throws with words. */
export async function join(order: JoinOrder): Promise<string> {
  const { code, settingsPath, homes, dataFolder, rulesKey } = order;
  const centre = centreOf(order.centre);
  if (!centre) throw new Error('The centre’s address must begin with https://.');
  const answer = await fetch(new URL(JOIN_PATH, centre), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code, version: AGENT_VERSION, hostName: hostname(), homes }),
    redirect: 'error',
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  });
  if (answer.status === 401) {
    throw new Error('The code is wrong, used or too old. Have staff make another one.');
  }
  if (answer.status !== 200) throw new Error(`The centre answered ${answer.status}.`);
  const { serverId, key } = joinAnswer.parse(await answer.json());
  const folder = dirname(settingsPath);
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const settings: ServerSettings = {
    ...(existsSync(settingsPath) ? readSettings(settingsPath) : { yaraRules: null, clamd: null }),
    ...{ centre, serverId, key, homes, dataFolder, rulesKey },
  };
  saveSettings(settingsPath, settings);
  chmodSync(settingsPath, 0o600);
  return `joined ${centre} as ${serverId}; settings in ${settingsPath}`;
}
