import { describe, expect, it } from 'vitest';
import { readDays } from './read-days.ts';

describe('a list of days as people type it', () => {
  it.each([
    ['-3, 1, 7', [-3, 1, 7]],
    ['7;1  1', [1, 7]],
    ['−5', [-5]],
    ['', []],
  ])('“%s” is read', (text, days) => {
    expect(readDays(text, -60, 365)).toEqual(days);
  });

  it.each(['soon', '1.5', '400', '-61'])('“%s” is none', (text) => {
    expect(readDays(text, -60, 365)).toBeNull();
  });
});
