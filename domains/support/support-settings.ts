import type { Language } from '#domains/brands/index.ts';

export type Department = {
  /** `support`: kept on tickets, so it stays what it is. */
  readonly key: string;
  readonly title: Readonly<Record<Language, string>>;
  /** Who is written to of a new ticket; null: nobody. */
  readonly email: string | null;
  /** Whether clients may choose it; staff may always pass a ticket on to it. */
  readonly offered: boolean;
};

/** An answer that is given often, to be changed before it is sent. */
export type PreparedReply = { readonly title: string; readonly text: string };

/** How one brand helps its clients. The first department is the one a ticket falls to. */
export type SupportSettings = {
  readonly departments: readonly Department[];
  readonly replies: readonly PreparedReply[];
  readonly reopenDays: number;
};

export const DEFAULT_DEPARTMENT = 'support';

export function defaultSettings(supportEmail: string): SupportSettings {
  return {
    departments: [
      {
        key: DEFAULT_DEPARTMENT,
        title: { ru: 'Техподдержка', en: 'Technical support' },
        email: supportEmail,
        offered: true,
      },
    ],
    replies: [],
    reopenDays: 14,
  };
}

/** A department by its key; one that is gone since is called by its key. */
export function departmentTitle(
  settings: SupportSettings,
  key: string,
): Readonly<Record<Language, string>> {
  return settings.departments.find((one) => one.key === key)?.title ?? { ru: key, en: key };
}
