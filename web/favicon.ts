import { brandColours } from './ui/brand-colours.ts';

/** The rack mark in the brand's colour. */
export function faviconSvg(accent: string): string {
  const { accent: fill } = brandColours(accent);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="${fill}">` +
    '<rect x="4" y="2" width="16" height="5" rx="1.5"/>' +
    '<rect x="4" y="9" width="16" height="5" rx="1.5" opacity=".6"/>' +
    '<rect x="4" y="16" width="7" height="3" rx="1" opacity=".35"/>' +
    '<rect x="1" y="20.5" width="22" height="2" rx="1"/></svg>'
  );
}
