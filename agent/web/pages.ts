/** A notice the node itself gives instead of a site, in both languages. */
type Notice = {
  status: number;
  ru: [title: string, text: string];
  en: [title: string, text: string];
};

export const notices = {
  unknownHost: {
    status: 404,
    ru: [
      'Сайта с таким адресом здесь нет',
      'Проверьте адрес. Если сайт ваш — создайте для него аккаунт в панели.',
    ],
    en: [
      'There is no site at this address',
      'Check the address. If the site is yours, create an account for it in the panel.',
    ],
  },
  suspended: {
    status: 503,
    ru: [
      'Сайт временно отключён',
      'Файлы и данные на месте. Владелец может включить сайт в панели хостинга.',
    ],
    en: [
      'This site is suspended for now',
      'Its files and data are kept. The owner can bring it back in the hosting panel.',
    ],
  },
  badRequest: {
    status: 400,
    ru: ['Запрос не понят', 'В адресе есть недопустимые знаки.'],
    en: ['The request was not understood', 'The address contains signs that are not allowed.'],
  },
  forbidden: {
    status: 403,
    ru: ['Доступ закрыт', 'Этот файл или папку сайт не показывает.'],
    en: ['Access denied', 'The site does not show this file or folder.'],
  },
  malicious: {
    status: 403,
    ru: [
      'Защита остановила этот файл',
      'В нём найден вредоносный код. Что с ним сделано, владелец сайта увидит в панели хостинга.',
    ],
    en: [
      'Protection stopped this file',
      'Malicious code was found in it. The site’s owner sees in the hosting panel what was done.',
    ],
  },
  unseen: {
    status: 403,
    ru: [
      'Защита не смогла проверить этот файл',
      'Он слишком велик или запутан. Пока его не проверят, он не запускается.',
    ],
    en: [
      'Protection could not check this file',
      'It is too large or too tangled. Until it is checked, it does not run.',
    ],
  },
  uploadFolder: {
    status: 403,
    ru: [
      'Скрипты здесь не запускаются',
      'Это папка для загруженных файлов: PHP в ней не работает.',
    ],
    en: ['Scripts do not run here', 'This folder is for uploaded files: PHP does not run in it.'],
  },
  notFound: {
    status: 404,
    ru: ['Страницы нет', 'Возможно, её перенесли или в адресе опечатка.'],
    en: ['Page not found', 'It may have moved, or the address is mistyped.'],
  },
  methodNotAllowed: {
    status: 405,
    ru: ['Так к этому файлу обратиться нельзя', 'Файл можно только читать.'],
    en: ['This file cannot be asked that way', 'It can only be read.'],
  },
  bodyTooLarge: {
    status: 413,
    ru: ['Слишком большой запрос', 'Отправьте файл поменьше или загрузите его через панель.'],
    en: ['The request is too large', 'Send a smaller file, or upload it in the panel.'],
  },
  scriptFailed: {
    status: 500,
    ru: ['Сайт не смог ответить', 'Владелец найдёт причину в журнале logs/php-errors.log.'],
    en: ['The site could not answer', 'Its owner will find the reason in logs/php-errors.log.'],
  },
  phpMissing: {
    status: 503,
    ru: ['PHP на этом сервере не установлен', 'Доступны только статические файлы.'],
    en: ['PHP is not installed on this server', 'Only static files are served.'],
  },
  overloaded: {
    status: 503,
    ru: ['Сайт сейчас перегружен', 'Попробуйте ещё раз через несколько секунд.'],
    en: ['The site is busy right now', 'Try again in a few seconds.'],
  },
  timeout: {
    status: 504,
    ru: ['Сайт не успел ответить', 'Скрипт работал дольше, чем разрешено.'],
    en: ['The site took too long', 'The script ran longer than it may.'],
  },
} satisfies Record<string, Notice>;

/** The whole page; all words are ours, nothing from the request is repeated in it. */
export function noticePage(notice: Notice): string {
  const [titleRu, textRu] = notice.ru;
  const [titleEn, textEn] = notice.en;
  return `<!doctype html>
<html lang="ru">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="robots" content="noindex">
  <title>${titleRu} · ${titleEn}</title>
  <style>
    :root { color-scheme: light dark; --ink: #14181f; --soft: #4b5563; --paper: #f6f7f9;
      --card: #fff; --line: #e3e6eb; }
    @media (prefers-color-scheme: dark) {
      :root { --ink: #eef1f5; --soft: #a9b1bd; --paper: #12151a; --card: #1a1e25;
        --line: #2b313b; } }
    * { box-sizing: border-box; }
    body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 24px;
      background: var(--paper); color: var(--ink);
      font: 17px/1.55 Onest, system-ui, "Segoe UI", Roboto, sans-serif; }
    main { width: 100%; max-width: 560px; background: var(--card); padding: clamp(24px, 6vw, 40px);
      border: 1px solid var(--line); border-radius: 8px; }
    h1, h2 { font-size: 22px; line-height: 1.3; margin: 0 0 8px; }
    p { margin: 0; color: var(--soft); }
    section + section { margin-top: 24px; padding-top: 24px; border-top: 1px solid var(--line); }
    section + section :is(h1, h2) { font-size: 17px; }
    footer { margin-top: 32px; color: var(--soft); font-size: 14px;
      font-variant-numeric: tabular-nums; }
  </style>
</head>
<body>
  <main>
    <section lang="ru"><h1>${titleRu}</h1><p>${textRu}</p></section>
    <section lang="en"><h2>${titleEn}</h2><p>${textEn}</p></section>
    <footer>${notice.status}</footer>
  </main>
</body>
</html>
`;
}
