import { createHash } from 'node:crypto';

/** The inline parts of a document, which its policy must name by their hashes. */
export type InlineParts = { scripts: readonly string[]; styles: readonly string[] };

/**
 * The content security policy of every document we serve: our own files, the inline parts named
 * by hash, nothing from elsewhere, and no other site may frame us.
 */
export function policyOf({ scripts, styles }: InlineParts): string {
  return [
    "default-src 'none'",
    ["script-src 'self'", ...scripts.map(sha256)].join(' '),
    ["style-src 'self'", ...styles.map(sha256)].join(' '),
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** One void element; nothing when one of its values is absent. */
export function tag(name: string, attributes: Record<string, string | undefined>): string {
  const entries = Object.entries(attributes);
  if (entries.some(([, value]) => value === undefined)) return '';
  return `<${name} ${entries.map(([key, value]) => `${key}="${escapeHtml(value ?? '')}"`).join(' ')}>`;
}

/** Addresses of the built files that a document starts with. */
export type PageAssets = { styles: string[]; fonts: string[]; script: string; preloads: string[] };

/**
 * Links to what must be fetched first, in the order of need. A page that can be read before it is
 * awake (`read-first`) leaves the line to its styles and fonts.
 */
export function assetLinks(assets: PageAssets, order: 'read-first' | 'script-first'): string {
  const font = { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: '' };
  const module = order === 'read-first' ? { fetchpriority: 'low' } : {};
  return [
    ...assets.styles.map((href) => tag('link', { rel: 'stylesheet', href })),
    ...assets.fonts.map((href) => tag('link', { ...font, href })),
    ...assets.preloads.map((href) => tag('link', { rel: 'modulepreload', href, ...module })),
  ].join('');
}

function sha256(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
