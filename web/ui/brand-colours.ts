import {
  contrast,
  hexFromRgb,
  lightnessOf,
  type Rgb,
  rgbFromHex,
  withLightness,
} from './colour.ts';

/** A brand's accent made legible: everything the tokens need, as hex. */
export type BrandColours = {
  /** Fill of the primary button. */
  accent: string;
  /** Words on that fill. */
  accentInk: string;
  /** The accent as words, links and the focus ring, on paper and on the dark surfaces. */
  accentTextLight: string;
  accentTextDark: string;
};

export const DEFAULT_ACCENT = '#2f4bd8';

const AA_TEXT = 4.5;
const WHITE: Rgb = [1, 1, 1];
const INK = rgbFromHex('#14181f') as Rgb;
/** The least favourable surfaces that accent words stand on in each theme (see tokens.css). */
const PAPER = rgbFromHex('#eceffc') as Rgb;
const NIGHT = rgbFromHex('#262e44') as Rgb;

/**
 * Corrects an accent to WCAG 2.2 AA by moving its lightness only, so that the brand's hue stays:
 * words on the fill, and the accent as words in both themes, reach 4.5 : 1. An accent that is no
 * hex colour falls back to graphite blue.
 */
export function brandColours(accentHex: string): BrandColours {
  const given = rgbFromHex(accentHex) ?? (rgbFromHex(DEFAULT_ACCENT) as Rgb);
  const { fill, ink } = legibleFill(given);
  return {
    accent: hexFromRgb(fill),
    accentInk: hexFromRgb(ink),
    accentTextLight: hexFromRgb(shiftUntil(given, -0.01, (c) => contrast(c, PAPER) >= AA_TEXT)),
    accentTextDark: hexFromRgb(shiftUntil(given, 0.01, (c) => contrast(c, NIGHT) >= AA_TEXT)),
  };
}

/** The style sheet text that replaces the accent at run time; only hex colours can come out. */
export function brandStyle(accentHex: string): string {
  const colours = brandColours(accentHex);
  return (
    `:root{--accent:${colours.accent};--accent-ink:${colours.accentInk};` +
    `--accent-text:light-dark(${colours.accentTextLight},${colours.accentTextDark})}`
  );
}

function legibleFill(given: Rgb): { fill: Rgb; ink: Rgb } {
  if (contrast(given, WHITE) >= AA_TEXT) return { fill: given, ink: WHITE };
  if (contrast(given, INK) >= 7) return { fill: given, ink: INK };
  const fill = shiftUntil(given, -0.01, (c) => contrast(c, WHITE) >= AA_TEXT);
  return { fill, ink: WHITE };
}

/** Steps over the whole range of lightness; black and white at its ends always settle it. */
function shiftUntil(start: Rgb, step: number, enough: (colour: Rgb) => boolean): Rgb {
  let colour = start;
  let lightness = lightnessOf(start);
  while (!rounded(colour, enough)) {
    const next = Math.min(1, Math.max(0, lightness + step));
    if (next === lightness) return colour;
    lightness = next;
    colour = withLightness(start, lightness);
  }
  return colour;
}

/** Judges the colour as it will be written: eight bits a channel. */
function rounded(colour: Rgb, enough: (colour: Rgb) => boolean): boolean {
  return enough(rgbFromHex(hexFromRgb(colour)) as Rgb);
}
