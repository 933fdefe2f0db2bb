import { createHash } from 'node:crypto';
import { LOCALES } from '../texts.ts';
import { brandStyle } from '../ui/brand-colours.ts';
import { THEME_BOOT } from '../ui/theme.ts';
import { inLocale } from './store-frame.tsx';
import type { PageData, PageMeta } from './store-page.ts';

/** Addresses of the built files that a page starts with. */
export type PageAssets = { styles: string[]; fonts: string[]; script: string; preloads: string[] };

/** The `<head>` of a page: what it is called, for whom, and what it needs first. */
export function headOf(page: PageData, meta: PageMeta, assets: PageAssets): string {
  const { brand, locale, place } = page;
  const url = brand.origin + place.pathname;
  const title = meta.title.includes(brand.name) ? meta.title : `${meta.title} · ${brand.name}`;
  return [
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    `<title>${escapeHtml(title)}</title>`,
    tag('meta', { name: 'description', content: meta.description }),
    meta.noindex ? tag('meta', { name: 'robots', content: 'noindex' }) : '',
    tag('link', { rel: 'canonical', href: url }),
    ...(brand.locales.length > 1 ? alternates(page) : []),
    ...assets.fonts.map((href) => tag('link', { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: '', href })),
    ...assets.styles.map((href) => tag('link', { rel: 'stylesheet', href })),
    `<style>${brandStyle(brand.accent)}</style>`,
    `<script>${THEME_BOOT}</script>`,
    ...assets.preloads.map((href) => tag('link', { rel: 'modulepreload', href })),
    tag('meta', { property: 'og:title', content: title }),
    tag('meta', { property: 'og:description', content: meta.description }),
    tag('meta', { property: 'og:type', content: 'website' }),
    tag('meta', { property: 'og:url', content: url }),
    tag('meta', { property: 'og:site_name', content: brand.name }),
    tag('meta', { property: 'og:locale', content: locale === 'ru' ? 'ru_RU' : 'en_GB' }),
    tag('meta', { property: 'og:image', content: meta.imageUrl }),
    tag('meta', { name: 'color-scheme', content: 'light dark' }),
    ...(meta.jsonLd ?? []).map(jsonLd),
  ].join('');
}

/** Hashes of the inline parts, for the content security policy. */
export function inlineHashes(accent: string): { script: string; style: string } {
  return { script: sha256(THEME_BOOT), style: sha256(brandStyle(accent)) };
}

function sha256(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

function alternates({ brand, place }: PageData): string[] {
  const link = (hreflang: string, locale: string) =>
    tag('link', { rel: 'alternate', hreflang, href: brand.origin + inLocale(place.pathname, locale) });
  const spoken = LOCALES.filter((locale) => brand.locales.includes(locale));
  return [...spoken.map((locale) => link(locale, locale)), link('x-default', brand.defaultLocale)];
}

function jsonLd(object: Readonly<Record<string, unknown>>): string {
  const body = scriptSafeJson({ '@context': 'https://schema.org', ...object });
  return `<script type="application/ld+json">${body}</script>`;
}

/** JSON that cannot end the script element it stands in. */
export function scriptSafeJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

/** One void element; nothing when its value is absent. */
function tag(name: string, attributes: Record<string, string | undefined>): string {
  const entries = Object.entries(attributes);
  if (entries.some(([, value]) => value === undefined)) return '';
  return `<${name} ${entries.map(([key, value]) => `${key}="${escapeHtml(value ?? '')}"`).join(' ')}>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
