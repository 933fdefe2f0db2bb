import '../ui/styles.css';
import { QueryClient } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import type { Texts } from '#kit/compose-texts.ts';
import { loadTexts } from '../load-texts.ts';
import { drawPanel } from '../panel/draw-panel.tsx';
import { isLocale } from '../texts.ts';
import { galleryShell } from './gallery-shell.tsx';

const SECTIONS: Texts = {
  gallery: { controls: 'Кнопки и сведения', forms: 'Формы', table: 'Счета', feedback: 'Сообщения' },
  groups: { gallery: 'Данные' },
};

const wanted = new URLSearchParams(globalThis.location.search).get('locale') ?? 'ru';
const locale = isLocale(wanted) ? wanted : 'ru';
const accent = new URLSearchParams(globalThis.location.search).get('accent') ?? '#2f4bd8';
const element = document.querySelector('#root');
if (element) {
  const texts = await loadTexts(locale);
  drawPanel(createRoot(element), galleryShell, {
    locale,
    texts: { ...texts, shell: { ...(texts['shell'] as Texts), admin: SECTIONS } },
    queries: new QueryClient(),
    session: {
      person: {
        id: 'usr_1',
        name: 'Анна Ковалёва',
        email: 'anna@example.ru',
        emailVerified: true,
        language: locale,
        secondFactor: true,
        demo: true,
        places: [],
        acting: null,
        permissions: ['everything'],
      },
      panels: ['admin', 'client'],
      locale,
      timeZone: 'Europe/Moscow',
      brand: {
        id: 'brd_1',
        name: 'Хостинг «Полка»',
        languages: ['ru', 'en'],
        defaultLanguage: 'ru',
        currency: 'RUB',
        accent,
        pricesIncludeTax: true,
        supportEmail: 'help@example.ru',
      },
    },
  });
}
