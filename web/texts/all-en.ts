import type { Texts } from '#kit/compose-texts.ts';
import { webTexts } from '../texts.ts';
import own from './en.json';

/** Everything we say in English. */
export const texts = webTexts(
  own,
  import.meta.glob<Texts>('../../domains/*/texts/en.json', { eager: true, import: 'default' }),
);
