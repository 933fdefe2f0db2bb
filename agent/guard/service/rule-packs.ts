import { STANDARD_VERSION } from '../rules/standard-rules.ts';
import type { PackAnswer } from '../scan/read-rule-pack.ts';
import { installPack, rollBackRules } from '../scan/rule-folder.ts';
import { refreshRules, type GuardState } from './guard-state.ts';
import type { GuardRules } from './wire.ts';

type PackRefusal = Extract<PackAnswer, { ok: false }>;

/** no-key: whose packs to take was never said, so none is. */
export type RulesAnswer =
  | { kind: 'done'; value: GuardRules }
  | { kind: 'refused'; code: PackRefusal['code'] | 'no-key'; message: string };

const NO_KEY: RulesAnswer = {
  kind: 'refused',
  code: 'no-key',
  message: 'Name the public key of who signs rule packs when the guard is set up.',
};

export function rulesInUse(state: GuardState): GuardRules {
  refreshRules(state);
  const { version } = state.rules;
  return { version, standard: version === STANDARD_VERSION };
}

/** Takes a signed pack into use at once; nothing of a refused one is kept. */
export function installRules(state: GuardState, pack: string): RulesAnswer {
  const folder = state.options.rules;
  if (!folder) return NO_KEY;
  const answer = installPack(folder, pack);
  if (!answer.ok) return { kind: 'refused', code: answer.code, message: answer.message };
  return { kind: 'done', value: rulesInUse(state) };
}

/** Back to the pack before, or to the rules that come with the program. */
export function rollBack(state: GuardState): RulesAnswer {
  const folder = state.options.rules;
  if (!folder) return NO_KEY;
  rollBackRules(folder);
  return { kind: 'done', value: rulesInUse(state) };
}
