import { expect, test } from 'vitest';
import { z } from 'zod';
import { mergeSettings, settingsForm } from './settings-form.ts';

const label = (ru: string, en: string) => ({ label: { ru, en } });
const schema = z.strictObject({
  baseUrl: z.url().default('https://vendor.example/').meta(label('Адрес', 'Address')),
  apiKey: z
    .string()
    .min(8)
    .meta({ ...label('Ключ', 'Key'), secret: true }),
  oldKeys: z
    .array(z.string().min(8))
    .optional()
    .meta({ ...label('Старые', 'Old'), secret: true }),
  timeoutMs: z.int().min(100).max(60_000).default(10_000).meta(label('Ждать', 'Wait')),
  mode: z.enum(['test', 'live']).default('test').meta(label('Режим', 'Mode')),
  strict: z.boolean().default(false).meta(label('Строго', 'Strict')),
});

test('a form is drawn from the schema: labels, kinds, bounds, defaults', () => {
  const form = settingsForm(schema, null);
  expect(
    form.fields.map(({ name, kind, required, secret }) => [name, kind, required, secret]),
  ).toEqual([
    ['baseUrl', 'text', false, false],
    ['apiKey', 'text', true, true],
    ['oldKeys', 'list', false, true],
    ['timeoutMs', 'number', false, false],
    ['mode', 'choice', false, false],
    ['strict', 'switch', false, false],
  ]);
  expect(form.fields[3]).toMatchObject({ min: 100, max: 60_000, label: { en: 'Wait' } });
  expect(form.fields[4]?.choices).toEqual(['test', 'live']);
  expect(form.values).toEqual({
    baseUrl: 'https://vendor.example/',
    timeoutMs: 10_000,
    mode: 'test',
    strict: false,
  });
});

test('secrets never leave: the form is told only that there is one', () => {
  const form = settingsForm(schema, { apiKey: 'kept-secret', timeoutMs: 500 });
  expect(form.secretsSet).toEqual(['apiKey']);
  expect(JSON.stringify(form)).not.toContain('kept-secret');
  expect(form.values).toMatchObject({ timeoutMs: 500 });
});

test('a secret that is not sent stays, one that is sent takes its place', () => {
  const stored = { apiKey: 'kept-secret' };
  expect(mergeSettings(schema, stored, { timeoutMs: 700 })).toMatchObject({
    kind: 'fits',
    settings: { apiKey: 'kept-secret', timeoutMs: 700 },
  });
  expect(mergeSettings(schema, stored, { apiKey: 'new-secret' })).toMatchObject({
    settings: { apiKey: 'new-secret' },
  });
});

test('what does not fit is refused by its field, and so is what the schema does not know', () => {
  expect(mergeSettings(schema, null, {})).toEqual({ kind: 'refused', field: 'apiKey' });
  expect(mergeSettings(schema, { apiKey: 'kept-secret' }, { timeoutMs: 1 })).toEqual({
    kind: 'refused',
    field: 'timeoutMs',
  });
  const unknown = mergeSettings(schema, { apiKey: 'kept-secret' }, { colour: 'red' });
  expect(unknown.kind).toBe('refused');
});
