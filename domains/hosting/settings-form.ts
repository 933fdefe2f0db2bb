import { z } from 'zod';
import type { SettingFieldWire } from './contract/staff-contract.ts';
import type { ServerModule } from './server-module.ts';

export type SettingField = z.infer<typeof SettingFieldWire>;

type Property = {
  type?: string;
  default?: unknown;
  label?: { ru: string; en: string };
  help?: { ru: string; en: string };
  secret?: boolean;
};

const KINDS: Readonly<Record<string, SettingField['kind']>> = {
  integer: 'number',
  number: 'number',
  boolean: 'switch',
};

/** A module's settings as fields of a form, filled with what is set; secrets are never shown. */
export function settingFields(module: ServerModule, settings: unknown): SettingField[] {
  const schema = z.toJSONSchema(module.settings, { io: 'input', unrepresentable: 'any' });
  const required = new Set(schema.required ?? []);
  const values = (settings ?? {}) as Record<string, unknown>;
  return Object.entries((schema.properties ?? {}) as Record<string, Property>).map(
    ([key, property]) => {
      const isSecret = property.secret === true;
      return {
        key,
        label: property.label ?? { ru: key, en: key },
        help: property.help ?? null,
        kind: KINDS[property.type ?? ''] ?? 'text',
        isRequired: required.has(key),
        isSecret,
        value: isSecret ? null : plain(values[key] ?? property.default),
      };
    },
  );
}

function plain(value: unknown): SettingField['value'] {
  const isPlain =
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isPlain ? value : null;
}

/** What staff typed over what is set: secrets that were left empty stay as they are. */
export function mergeSettings(
  module: ServerModule,
  before: unknown,
  typed: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  const values = (before ?? {}) as Record<string, unknown>;
  for (const { key, isSecret } of settingFields(module, before)) {
    const isEmpty = typed[key] === undefined || typed[key] === '';
    if (isSecret && isEmpty && values[key] !== undefined) kept[key] = values[key];
  }
  const given = Object.entries(typed).filter(([, value]) => value !== '');
  return { ...Object.fromEntries(given), ...kept };
}
