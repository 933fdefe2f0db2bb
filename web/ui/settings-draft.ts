import type { SettingsField, SettingsForm, SettingsValues } from '#kit/settings-form.ts';

/**
 * What stands in the fields while a person edits an extension's settings, by `values.<name>`: so
 * the server's refusals name the very fields.
 */
export type SettingsDraft = Record<string, string | boolean>;

export function settingsKey(field: Pick<SettingsField, 'name'>): string {
  return `values.${field.name}`;
}

/** The draft to begin with; secrets are empty, whether there is one or not. */
export function settingsDraft({ fields, values }: SettingsForm): SettingsDraft {
  return Object.fromEntries(
    fields.map((field) => [settingsKey(field), written(field, values[field.name])]),
  );
}

function written(
  field: SettingsField,
  value: SettingsValues[string] | undefined,
): string | boolean {
  if (field.kind === 'switch') return value === true;
  if (Array.isArray(value)) return value.join('\n');
  return value === undefined ? '' : String(value);
}

/** What to send: numbers as numbers, lists by line, and nothing for what was left empty. */
export function settingsValues({ fields }: SettingsForm, draft: SettingsDraft): SettingsValues {
  const values: SettingsValues = {};
  for (const field of fields) {
    const typed = draft[settingsKey(field)];
    if (typeof typed === 'boolean') values[field.name] = typed;
    else if (typed?.trim()) values[field.name] = read(field, typed.trim());
  }
  return values;
}

function read(field: SettingsField, typed: string): SettingsValues[string] {
  if (field.kind === 'list') return typed.split(/\s*\n\s*/).filter(Boolean);
  const number = Number(typed);
  return field.kind === 'number' && Number.isFinite(number) ? number : typed;
}
