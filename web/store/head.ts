import { assetLinks, escapeHtml, type InlineParts, type PageAssets, tag } from '../document.ts';
import { LOCALES } from '../texts.ts';
import { brandStyle } from '../ui/brand-colours.ts';
import { THEME_BOOT } from '../ui/theme.ts';
import { inLocale } from './store-frame.tsx';
import type { StoreBrand } from './store-brand.ts';
import type { PageData, PageMeta } from './store-page.ts';

/** A page without Cyrillic need not hurry its file. */
function fontsFor(locale: string, fonts: readonly string[]): string[] {
  return fonts.filter((href) => locale === 'ru' || !href.includes('cyrillic'));
}

/** The inline parts of a page, for its security policy. */
export function inlineParts(brand: StoreBrand): InlineParts {
  return { scripts: [THEME_BOOT], styles: [brandStyle(brand.accent)] };
}

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
    ...(brand.languages.length > 1 ? alternates(page) : []),
    `<script>${THEME_BOOT}</script>`,
    assetLinks({ ...assets, fonts: fontsFor(locale, assets.fonts) }, 'read-first'),
    `<style>${brandStyle(brand.accent)}</style>`,
    '<link rel="icon" href="/favicon.svg" type="image/svg+xml">',
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

function alternates({ brand, place }: PageData): string[] {
  const link = (hreflang: string, locale: string) =>
    tag('link', {
      rel: 'alternate',
      hreflang,
      href: brand.origin + inLocale(place.pathname, locale),
    });
  const spoken = LOCALES.filter((locale) => brand.languages.includes(locale));
  return [
    ...spoken.map((locale) => link(locale, locale)),
    link('x-default', brand.defaultLanguage),
  ];
}

function jsonLd(object: Readonly<Record<string, unknown>>): string {
  const body = scriptSafeJson({ '@context': 'https://schema.org', ...object });
  return `<script type="application/ld+json">${body}</script>`;
}

/** JSON that cannot end the script element it stands in. */
export function scriptSafeJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
