import type { Texts } from '#kit/compose-texts.ts';
import { webTexts } from '../texts.ts';
import own from './ru.json';

/** Everything we say in Russian. */
export const texts = webTexts(
  own,
  import.meta.glob<Texts>('../../domains/*/texts/ru.json', { eager: true, import: 'default' }),
);
