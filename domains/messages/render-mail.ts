import type { Block } from './block.ts';
import type { MailLook, Message } from './message.ts';

const INK = '#14181f';
const LINE = '#e3e6eb';
const QUIET = '#5b6472';
const FONT = "font-family:Onest,-apple-system,'Segoe UI',Roboto,Arial,sans-serif";

type Written = Pick<Message, 'subject' | 'language' | 'letter'>;

/** The mail as it goes out. */
export function renderMail({ subject, language, letter }: Written): { html: string; text: string } {
  if ('html' in letter) return letter;
  const { blocks, look } = letter;
  return { html: htmlOf({ subject, language, blocks, look }), text: textOf(blocks, look) };
}

type Page = { subject: string; language: string; blocks: readonly Block[]; look: MailLook };

/** One column, inline styles, no images, readable with styles switched off. */
function htmlOf({ subject, language, blocks, look }: Page): string {
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escape(subject)}</title></head>
<body style="margin:0;background:#f6f7f9;${FONT};color:${INK};font-size:15px;line-height:1.5">
<div style="max-width:600px;margin:0 auto;padding:24px 16px">
<p style="margin:0 0 16px;font-weight:600;color:${look.accent}">${escape(look.brandName)}</p>
<div style="background:#fff;border:1px solid ${LINE};border-radius:8px;padding:24px">
${blocks.map((block) => blockHtml(block, look)).join('\n')}
</div>
<p style="margin:16px 0 0;color:${QUIET};font-size:13px">${escape(look.footer)}</p>
</div></body></html>`;
}

function blockHtml(block: Block, look: MailLook): string {
  if (block.kind === 'heading') {
    return `<h1 style="margin:0 0 12px;font-size:20px;line-height:1.3">${escape(block.text)}</h1>`;
  }
  if (block.kind === 'text') return `<p style="margin:0 0 12px">${escape(block.text)}</p>`;
  if (block.kind === 'button') {
    return `<p style="margin:16px 0"><a href="${escape(safeUrl(block.url))}" style="display:inline-block;
background:${look.accent};color:#fff;text-decoration:none;padding:10px 16px;border-radius:8px">
${escape(block.label)}</a></p>`;
  }
  if (block.kind === 'facts') return tableHtml(block.rows, []);
  return tableHtml(block.rows, block.alignRight ?? [], block.head);
}

function tableHtml(
  rows: readonly (readonly string[])[],
  alignRight: readonly number[],
  head?: readonly string[],
): string {
  const cell = (tag: string, text: string, column: number): string => {
    const align = alignRight.includes(column) ? 'right;white-space:nowrap' : 'left';
    return `<${tag} style="padding:6px 8px 6px 0;border-bottom:1px solid ${LINE};
text-align:${align};font-weight:${tag === 'th' ? 600 : 400}">${escape(text)}</${tag}>`;
  };
  const line = (tag: string, texts: readonly string[]): string =>
    `<tr>${texts.map((text, column) => cell(tag, text, column)).join('')}</tr>`;
  return `<table style="width:100%;border-collapse:collapse;margin:0 0 12px;
font-variant-numeric:tabular-nums">${head ? line('th', head) : ''}${rows
    .map((row) => line('td', row))
    .join('')}</table>`;
}

/** The same mail as plain text, for those who read it so. */
function textOf(blocks: readonly Block[], look: MailLook): string {
  const parts = blocks.map((block) => {
    if (block.kind === 'heading') return block.text.toUpperCase();
    if (block.kind === 'text') return block.text;
    if (block.kind === 'button') return `${block.label}: ${safeUrl(block.url)}`;
    if (block.kind === 'facts')
      return block.rows.map(([name, value]) => `${name}: ${value}`).join('\n');
    return [block.head, ...block.rows].map((row) => row.join('  ')).join('\n');
  });
  return `${parts.join('\n\n')}\n\n-- \n${look.brandName}\n${look.footer}\n`;
}

/** Only addresses of the web: a `javascript:` link must not reach a mail (CVE-2026-25616's kind). */
function safeUrl(url: string): string {
  return /^https?:\/\//.test(url) ? url : 'about:blank';
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
