import { expect, test } from 'vitest';
import type { SettingsField } from '#kit/settings-form.ts';
import { settingsDraft, settingsValues } from './settings-draft.ts';

const field = (name: string, kind: SettingsField['kind'], secret = false): SettingsField => ({
  name,
  kind,
  secret,
  label: { ru: name, en: name },
  help: null,
  required: true,
  min: null,
  max: null,
  choices: [],
});
const form = {
  fields: [
    field('address', 'text'),
    field('key', 'text', true),
    field('secrets', 'list', true),
    field('pauseMs', 'number'),
    field('strict', 'switch'),
  ],
  values: { address: 'https://a.example', pauseMs: 500, strict: true },
  secretsSet: ['key'],
};

test('what is shown can be sent back unchanged, without the secrets', () => {
  const draft = settingsDraft(form);
  expect(draft).toMatchObject({ 'values.key': '', 'values.pauseMs': '500' });
  expect(settingsValues(form, draft)).toEqual(form.values);
});

test('secrets go along once they are typed, lists by line', () => {
  const draft = {
    ...settingsDraft(form),
    'values.key': ' new-secret ',
    'values.secrets': 'one\n\n two ',
  };
  expect(settingsValues(form, draft)).toMatchObject({ key: 'new-secret', secrets: ['one', 'two'] });
});

test('what is no number is sent as typed, for the server to refuse beside its field', () => {
  expect(settingsValues(form, { 'values.pauseMs': 'soon' })).toEqual({ pauseMs: 'soon' });
});
