import { createTranslator } from 'use-intl';
import { escapeHtml, policyOf } from '../document.ts';
import { texts as english } from '../texts/all-en.ts';
import { texts as russian } from '../texts/all-ru.ts';
import { isLocale } from '../texts.ts';

const STYLE =
  ':root{color-scheme:light dark}body{max-width:34rem;margin:20vh auto;padding:0 1rem;' +
  'font:1.05rem/1.5 system-ui,sans-serif}h1{font-size:1.5rem}code{user-select:all}';

/** What a visitor sees when a page could not be drawn: no data, no bundle, only words and an id. */
export function failureDocument(pathname: string, id: string): { html: string; policy: string } {
  const first = pathname.split('/')[1] ?? '';
  const locale = isLocale(first) ? first : 'en';
  const messages = { ru: russian, en: english }[locale];
  const say = createTranslator({
    locale,
    messages: messages as never,
    namespace: 'store' as never,
  });
  const words = say as unknown as (key: string, values?: Record<string, string>) => string;
  const html =
    `<!doctype html><html lang="${locale}"><head><meta charset="utf-8">` +
    `<meta name="viewport" content="width=device-width,initial-scale=1">` +
    `<title>${escapeHtml(words('failedTitle'))}</title><style>${STYLE}</style></head><body><main>` +
    `<h1>${escapeHtml(words('failedTitle'))}</h1>` +
    `<p>${escapeHtml(words('failedWords', { id }))}</p></main></body></html>`;
  return { html, policy: policyOf({ scripts: [], styles: [STYLE] }) };
}
