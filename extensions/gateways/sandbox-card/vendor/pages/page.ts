import { html, type Markup, type Piece } from './html.ts';
import { WORDS, type Locale } from './words.ts';

const SANDBOX_MARK = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
  <path d="M9 3h6M10 3v6l-5.4 9A2 2 0 0 0 6.3 21h11.4a2 2 0 0 0 1.7-3L14 9V3M7.5 14h9" />
</svg>`;

/** A whole page: no script, one style sheet, two fonts, all from this server. */
export function page(locale: Locale, title: string, body: Piece): string {
  return html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link
          rel="preload"
          href="/assets/onest-cyrillic.woff2"
          as="font"
          type="font/woff2"
          crossorigin
        />
        <link rel="stylesheet" href="/assets/pay.css" />
      </head>
      <body>
        <header class="sandbox">${SANDBOX_MARK}${WORDS[locale].sandbox}</header>
        ${body}
      </body>
    </html> `.markup;
}

/** A short page with one thing to say and one way on. */
export function notice(
  mark: 'good' | 'wait' | 'bad',
  title: string,
  paragraphs: readonly Piece[],
  action: Piece,
): Markup {
  return html`<main class="notice">
    ${MARKS[mark]}
    <h1>${title}</h1>
    ${paragraphs.map((paragraph) => html`<p>${paragraph}</p>`)} ${action}
  </main>`;
}

const MARKS = {
  good: html`<svg class="mark good" viewBox="0 0 48 48" aria-hidden="true">
    <circle cx="24" cy="24" r="22" />
    <path d="m15 24.5 6.5 6.5L34 18" />
  </svg>`,
  wait: html`<svg class="mark wait" viewBox="0 0 48 48" aria-hidden="true">
    <circle cx="24" cy="24" r="22" />
    <path d="M24 13v12l7 5" />
  </svg>`,
  bad: html`<svg class="mark bad" viewBox="0 0 48 48" aria-hidden="true">
    <circle cx="24" cy="24" r="22" />
    <path d="M24 13v14M24 34.5v.5" />
  </svg>`,
};
