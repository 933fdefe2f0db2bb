import { assetLinks, type PageAssets, policyOf } from '../document.ts';
import { THEME_BOOT } from '../ui/theme.ts';

/** The empty document that every address of the panels answers with. */
export function panelDocument(assets: PageAssets): { html: string; policy: string } {
  const html =
    `<!doctype html><html lang="en"><head><meta charset="utf-8">` +
    `<meta name="viewport" content="width=device-width,initial-scale=1">` +
    `<meta name="robots" content="noindex"><meta name="color-scheme" content="light dark">` +
    `<link rel="icon" href="/favicon.svg" type="image/svg+xml"><title>…</title>` +
    `<script>${THEME_BOOT}</script>${assetLinks(assets, 'script-first')}</head>` +
    `<body><div id="root"></div><script type="module" src="${assets.script}"></script></body></html>`;
  return { html, policy: policyOf({ scripts: [THEME_BOOT], styles: [] }) };
}
