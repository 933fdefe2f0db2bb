import { z } from 'zod';

const Localised = z.object({ ru: z.string(), en: z.string() });
const Value = z.union([
  z.string().max(4000),
  z.number(),
  z.boolean(),
  z.array(z.string().max(4000)).max(50),
]);

/** What a person filled in, by field. A secret that is left out stays as it is. */
export const SettingsValuesWire = z.record(z.string().max(60), Value);
export type SettingsValues = z.infer<typeof SettingsValuesWire>;

const SettingsFieldWire = z.object({
  name: z.string(),
  kind: z.enum(['text', 'number', 'switch', 'list', 'choice']),
  label: Localised,
  help: Localised.nullable(),
  /** Written, never read: the form is told only whether there is one. */
  secret: z.boolean(),
  required: z.boolean(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  choices: z.array(z.string()),
});
export type SettingsField = z.infer<typeof SettingsFieldWire>;

/** An extension's settings as a form: its fields, what they hold, which secrets are there. */
export const SettingsFormWire = z.object({
  fields: z.array(SettingsFieldWire),
  values: SettingsValuesWire,
  secretsSet: z.array(z.string()),
});
export type SettingsForm = z.infer<typeof SettingsFormWire>;

type JsonField = {
  type?: string;
  label?: { ru: string; en: string };
  help?: { ru: string; en: string };
  secret?: boolean;
  default?: unknown;
  enum?: string[];
  minimum?: number;
  maximum?: number;
};

const KIND: Readonly<Record<string, SettingsField['kind']>> = {
  integer: 'number',
  number: 'number',
  boolean: 'switch',
  array: 'list',
};

/**
 * Draws the form of an extension from its own settings schema: labels and help stand in `meta`,
 * defaults fill what was never saved, secrets stay behind.
 */
export function settingsForm(schema: z.ZodType, stored: unknown): SettingsForm {
  const { properties, required } = objectSchema(schema);
  const kept = recordOf(stored);
  const fields = Object.entries(properties).map(([name, field]) =>
    fieldOf(name, field, required.includes(name)),
  );
  const values: SettingsValues = {};
  for (const field of fields) {
    const value = Value.safeParse(kept[field.name] ?? properties[field.name]?.default);
    if (!field.secret && value.success) values[field.name] = value.data;
  }
  const secretsSet = fields.filter(({ name, secret }) => secret && kept[name] !== undefined);
  return { fields, values, secretsSet: secretsSet.map(({ name }) => name) };
}

/** What to store: what was sent, and the secrets kept that were not sent anew. */
export function mergeSettings(
  schema: z.ZodType,
  stored: unknown,
  sent: SettingsValues,
): { kind: 'fits'; settings: unknown } | { kind: 'refused'; field: string } {
  const kept = recordOf(stored);
  const { fields } = settingsForm(schema, stored);
  const known = fields.filter(({ name, secret }) => secret && sent[name] === undefined);
  const secrets = known.flatMap(({ name }) => (name in kept ? [[name, kept[name]] as const] : []));
  const parsed = schema.safeParse({ ...sent, ...Object.fromEntries(secrets) });
  if (parsed.success) return { kind: 'fits', settings: parsed.data };
  return { kind: 'refused', field: String(parsed.error.issues[0]?.path[0] ?? '') };
}

function fieldOf(name: string, json: JsonField, required: boolean): SettingsField {
  return {
    name,
    kind: json.enum ? 'choice' : (KIND[json.type ?? ''] ?? 'text'),
    label: json.label ?? { ru: name, en: name },
    help: json.help ?? null,
    secret: json.secret ?? false,
    required,
    min: json.minimum ?? null,
    max: json.maximum ?? null,
    choices: json.enum ?? [],
  };
}

function objectSchema(schema: z.ZodType): {
  properties: Record<string, JsonField>;
  required: readonly string[];
} {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return {
    properties: (json.properties ?? {}) as Record<string, JsonField>,
    required: json.required ?? [],
  };
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
