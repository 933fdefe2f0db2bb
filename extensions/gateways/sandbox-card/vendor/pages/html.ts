/** Text that is already markup; everything else is escaped where it is put in. */
export type Markup = { readonly markup: string };
export type Piece = Markup | string | number | null | undefined | false | readonly Piece[];

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function html(parts: TemplateStringsArray, ...values: Piece[]): Markup {
  return { markup: parts.reduce((text, part, index) => text + written(values[index - 1]) + part) };
}

function written(piece: Piece): string {
  if (piece === null || piece === undefined || piece === false) return '';
  if (Array.isArray(piece)) return piece.map(written).join('');
  if (typeof piece === 'object') return 'markup' in piece ? piece.markup : '';
  return String(piece).replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');
}
