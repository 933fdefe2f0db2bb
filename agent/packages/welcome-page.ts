/**
 * The first page of a new account: tells its owner that the site is up, on which PHP, and where
 * to put the real one. The domain has passed the name check, so it is safe in HTML and in PHP.
 */
export function welcomePage(domain: string, platform: 'linux' | 'windows'): string {
  const standIn =
    platform === 'windows'
      ? `
    <p class="note"><span lang="ru">Демонстрационный узел: Windows-пакет работает на том же Linux-сервере.</span>
    <span lang="en">Demo node: this Windows package runs on the same Linux server.</span></p>`
      : '';
  return `<?php header('Cache-Control: no-store'); ?>
<!doctype html>
<html lang="ru">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="robots" content="noindex">
  <title>${domain}</title>
  <style>
    :root { color-scheme: light dark; --ink: #14181f; --soft: #4b5563; --paper: #f6f7f9;
      --card: #fff; --line: #e3e6eb; --good: #1a7f4b; }
    @media (prefers-color-scheme: dark) {
      :root { --ink: #eef1f5; --soft: #a9b1bd; --paper: #12151a; --card: #1a1e25;
        --line: #2b313b; --good: #56c288; } }
    * { box-sizing: border-box; }
    body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 24px;
      background: var(--paper); color: var(--ink);
      font: 17px/1.55 Onest, system-ui, "Segoe UI", Roboto, sans-serif; }
    main { width: 100%; max-width: 640px; background: var(--card); padding: clamp(24px, 6vw, 40px);
      border: 1px solid var(--line); border-radius: 8px; }
    .up { color: var(--good); font-weight: 600; margin: 0 0 8px; }
    h1 { font-size: 28px; line-height: 1.25; margin: 0 0 24px; overflow-wrap: anywhere; }
    p { margin: 0 0 12px; color: var(--soft); }
    p[lang=ru] { color: var(--ink); }
    dl { display: grid; grid-template-columns: auto 1fr; gap: 8px 24px; margin: 28px 0 0;
      padding-top: 24px; border-top: 1px solid var(--line); font-variant-numeric: tabular-nums; }
    dt { color: var(--soft); } dd { margin: 0; text-align: right; }
    code { font: 0.92em "JetBrains Mono", ui-monospace, monospace; }
    .note { margin: 24px 0 0; font-size: 15px; } .note span { display: block; }
  </style>
</head>
<body>
  <main>
    <p class="up">✓ <span lang="ru">Сайт работает</span> · <span lang="en">The site is up</span></p>
    <h1>${domain}</h1>
    <p lang="ru">Здесь пока стоит начальная страница. Загрузите свои файлы в папку
      <code>public_html</code> в панели — и её сменит ваш сайт.</p>
    <p lang="en">This is the starting page. Upload your files to <code>public_html</code> in the
      panel and your site takes its place.</p>
    <dl>
      <dt>PHP</dt><dd><?php echo PHP_VERSION; ?></dd>
      <dt><span lang="ru">Время сервера</span> / <span lang="en">Server time</span></dt>
      <dd><?php echo gmdate("H:i"), " UTC"; ?></dd>
    </dl>${standIn}
  </main>
</body>
</html>
`;
}
