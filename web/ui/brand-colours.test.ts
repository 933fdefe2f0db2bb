import fc from 'fast-check';
import { expect, test } from 'vitest';
import { brandColours, brandStyle, DEFAULT_ACCENT } from './brand-colours.ts';
import { contrast, type Rgb, rgbFromHex } from './colour.ts';

const rgb = (hex: string) => rgbFromHex(hex) as Rgb;
const anyHex = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, '0')}`);

test('whatever accent a brand picks, its words are legible in both themes', () => {
  fc.assert(
    fc.property(anyHex, (hex) => {
      const colours = brandColours(hex);
      expect(contrast(rgb(colours.accent), rgb(colours.accentInk))).toBeGreaterThanOrEqual(4.5);
      for (const paper of ['#ffffff', '#f6f7f9']) {
        expect(contrast(rgb(colours.accentTextLight), rgb(paper))).toBeGreaterThanOrEqual(4.5);
      }
      for (const night of ['#0f1216', '#171b21']) {
        expect(contrast(rgb(colours.accentTextDark), rgb(night))).toBeGreaterThanOrEqual(4.5);
      }
    }),
    { numRuns: 200, examples: [['#000000'], ['#ffffff']] },
  );
});

test('an accent that is legible already is left as the brand gave it', () => {
  expect(brandColours(DEFAULT_ACCENT)).toMatchObject({
    accent: DEFAULT_ACCENT,
    accentInk: '#ffffff',
    accentTextLight: DEFAULT_ACCENT,
  });
});

test('a bright yellow keeps its fill and takes dark words', () => {
  const colours = brandColours('#ffd400');
  expect(colours.accent).toBe('#ffd400');
  expect(colours.accentInk).toBe('#14181f');
});

test('text that is no colour cannot reach the style sheet', () => {
  expect(brandStyle('red;}body{display:none')).toBe(brandStyle(DEFAULT_ACCENT));
});
