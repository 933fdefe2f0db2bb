import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestNode, type TestNode } from './testing/open-test-node.ts';

let node: TestNode;

beforeAll(async () => {
  node = await openTestNode({ maxBodyMb: 1 });
  await node.addPackage('alpha');
});

afterAll(() => node.close());

const site = 'alpha.localhost';

describe('a new account', () => {
  test('shows a page made by PHP, in Russian and English', async () => {
    const page = await node.get(site);
    expect(page.status).toBe(200);
    expect(page.headers['content-type']).toBe('text/html; charset=UTF-8');
    expect(page.text).toContain('<dd>8.3.');
    expect(page.text).toContain('Сайт работает');
    expect(page.text).toContain('The site is up');
  });

  test('answers under its domain too, with and without www', async () => {
    for (const host of [
      'alpha.example',
      'www.alpha.example',
      'ALPHA.example:80',
      'alpha.example.',
    ]) {
      expect((await node.get(host)).text).toContain('<h1>alpha.example</h1>');
    }
  });
});

describe('a script', () => {
  test('sees the request as it was sent', async () => {
    await node.write('alpha', 'public_html/env.php', '<?php echo json_encode($_SERVER);');
    const answer = await node.get(site, {
      path: '/env.php/more/%D1%8F?a=1&b=%20',
      headers: { 'x-own': 'yes', proxy: 'http://evil', x_forwarded_for: '6.6.6.6' },
    });
    const server = JSON.parse(answer.text) as Record<string, string>;
    expect(server).toMatchObject({
      REQUEST_METHOD: 'GET',
      REQUEST_URI: '/env.php/more/%D1%8F?a=1&b=%20',
      QUERY_STRING: 'a=1&b=%20',
      SCRIPT_NAME: '/env.php',
      SCRIPT_FILENAME: '/home/alpha/public_html/env.php',
      DOCUMENT_ROOT: '/home/alpha/public_html',
      PATH_INFO: '/more/я',
      PHP_SELF: '/env.php/more/я',
      SERVER_NAME: site,
      SERVER_PORT: String(node.running().webPort),
      REMOTE_ADDR: '127.0.0.1',
      SERVER_PROTOCOL: 'HTTP/1.1',
      HTTP_X_OWN: 'yes',
      HTTPS: 'off',
    });
    expect(server).not.toHaveProperty('HTTP_PROXY');
    expect(server).not.toHaveProperty('HTTP_X_FORWARDED_FOR');
    expect(JSON.stringify(server)).not.toContain(node.controlToken);
    expect(JSON.stringify(server)).not.toContain(node.dataFolder);
  });

  test('reads forms, sets cookies and keeps a session', async () => {
    await node.write(
      'alpha',
      'public_html/form.php',
      `<?php session_start(); $_SESSION['n'] = ($_SESSION['n'] ?? 0) + 1;
       setcookie('a', '1'); setcookie('b', '2'); http_response_code(201);
       echo json_encode([$_POST, $_COOKIE['seen'] ?? null, $_SESSION['n']]);`,
    );
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const post = { path: '/form.php', method: 'POST', body: 'x=1&y%5B%5D=2' };
    const first = await node.get(site, { ...post, headers: { ...type, cookie: 'seen=yes' } });
    expect(first.status).toBe(201);
    expect(JSON.parse(first.text)).toEqual([{ x: '1', y: ['2'] }, 'yes', 1]);
    const cookies = first.headers['set-cookie'] ?? [];
    expect(cookies).toHaveLength(3);
    const session = cookies.find((cookie) => cookie.startsWith('PHPSESSID='))?.split(';')[0] ?? '';
    const second = await node.get(site, { ...post, headers: { ...type, cookie: session } });
    expect(JSON.parse(second.text)[2]).toBe(2);
  });

  test('takes an uploaded file and keeps it', async () => {
    await node.write(
      'alpha',
      'public_html/upload.php',
      `<?php var_dump(move_uploaded_file($_FILES['f']['tmp_name'], __DIR__.'/kept.txt'));`,
    );
    const body = [
      '--b',
      'Content-Disposition: form-data; name="f"; filename="x.txt"',
      '',
      'payload',
      '--b--',
      '',
    ].join('\r\n');
    const headers = { 'content-type': 'multipart/form-data; boundary=b' };
    const answer = await node.get(site, { path: '/upload.php', method: 'POST', headers, body });
    expect(answer.text).toContain('bool(true)');
    expect((await node.get(site, { path: '/kept.txt' })).text).toBe('payload');
    expect(await node.list('alpha', 'tmp')).not.toContain('kept.txt');
  });

  test('keeps data in SQLite', async () => {
    const code = `<?php $d = new PDO('sqlite:'.__DIR__.'/../data.db');
      $d->exec('create table if not exists t(a)'); $d->exec('insert into t values (1)');
      echo $d->query('select count(*) from t')->fetchColumn();`;
    await node.write('alpha', 'public_html/db.php', code);
    expect((await node.get(site, { path: '/db.php' })).text).toBe('1');
    expect((await node.get(site, { path: '/db.php' })).text).toBe('2');
  });

  test('shows its new text as soon as it is uploaded', async () => {
    for (const text of ['one', 'two', 'three']) {
      await node.write('alpha', 'public_html/now.php', `<?php echo '${text}';`);
      expect((await node.get(site, { path: '/now.php' })).text).toBe(text);
    }
  });

  test('that fails answers 500 without its text, and leaves the reason in the log', async () => {
    await node.write('alpha', 'public_html/broken.php', '<?php nothing_like_this();');
    const answer = await node.get(site, { path: '/broken.php' });
    expect(answer.status).toBe(500);
    expect(answer.text).not.toContain('nothing_like_this');
    const log = await fetch(
      `${node.running().controlUrl}/v1/packages/alpha/accounts/alpha/file?path=logs/php-errors.log`,
      { headers: { authorization: `Bearer ${node.controlToken}` } },
    );
    expect(await log.text()).toContain('nothing_like_this');
  });

  test('may redirect and send several megabytes', async () => {
    await node.write('alpha', 'public_html/go.php', `<?php header('Location: /there');`);
    const redirect = await node.get(site, { path: '/go.php' });
    expect([redirect.status, redirect.headers.location]).toEqual([302, '/there']);
    await node.write('alpha', 'public_html/big.php', `<?php echo str_repeat('x', 7000000);`);
    expect((await node.get(site, { path: '/big.php' })).text).toHaveLength(7_000_000);
  });

  test('gets the front page’s rewrite that applications ship', async () => {
    await node.addPackage('rewrite');
    const index = `<?php echo 'front ', $_SERVER['REQUEST_URI'];`;
    await node.write('rewrite', 'public_html/index.php', index);
    const ask = () => node.get('rewrite.localhost', { path: '/2026/post?x=1' });
    expect((await ask()).status).toBe(404);
    const rules =
      'RewriteEngine On\nRewriteCond %{REQUEST_FILENAME} !-f\nRewriteRule . /index.php [L]\n';
    await node.write('rewrite', 'public_html/.htaccess', rules);
    expect((await ask()).text).toBe('front /2026/post?x=1');
  });

  test('is not given a body beyond the limit, declared or not', async () => {
    const body = Buffer.alloc(1024 * 1024 + 1);
    const post = { path: '/form.php', method: 'POST', body };
    expect((await node.get(site, post)).status).toBe(413);
    const chunked = { ...post, headers: { 'transfer-encoding': 'chunked' } };
    expect((await node.get(site, chunked)).status).toBe(413);
  });
});

describe('a file', () => {
  test('has the right type, is not changed on the way and can be asked conditionally', async () => {
    await node.write('alpha', 'public_html/css/site.css', 'body { color: red }');
    const file = await node.get(site, { path: '/css/site.css' });
    expect(file.headers['content-type']).toBe('text/css; charset=utf-8');
    expect(file.text).toBe('body { color: red }');
    const headers = { 'if-none-match': file.headers.etag ?? '' };
    expect((await node.get(site, { path: '/css/site.css', headers })).status).toBe(304);
    const part = await node.get(site, { path: '/css/site.css', headers: { range: 'bytes=0-3' } });
    expect([part.status, part.text]).toEqual([206, 'body']);
    const beyond = await node.get(site, { path: '/css/site.css', headers: { range: 'bytes=99-' } });
    expect(beyond.status).toBe(416);
    const head = await node.get(site, { path: '/css/site.css', method: 'HEAD' });
    expect([head.headers['content-length'], head.text]).toEqual(['19', '']);
    expect((await node.get(site, { path: '/css/site.css', method: 'POST' })).status).toBe(405);
  });

  test('in a folder is found with the folder’s index', async () => {
    await node.write('alpha', 'public_html/docs/index.html', '<p>docs</p>');
    const bare = await node.get(site, { path: '/docs?x=1' });
    expect([bare.status, bare.headers.location]).toEqual([301, '/docs/?x=1']);
    expect((await node.get(site, { path: '/docs/' })).text).toBe('<p>docs</p>');
    expect((await node.get(site, { path: '/css/' })).status).toBe(404);
  });

  test('that is secret is not shown: dot files and PHP under other endings', async () => {
    await node.write('alpha', 'public_html/.env', 'SECRET=1');
    await node.write('alpha', 'public_html/old.phtml', '<?php $secret = 1;');
    await node.write('alpha', 'public_html/.well-known/acme', 'proof');
    expect((await node.get(site, { path: '/.env' })).status).toBe(403);
    expect((await node.get(site, { path: '/%2eenv' })).status).toBe(403);
    expect((await node.get(site, { path: '/old.phtml' })).status).toBe(403);
    expect((await node.get(site, { path: '/.well-known/acme' })).text).toBe('proof');
  });
});

describe('which site answers', () => {
  test('a name nobody has gets a plain 404 page of ours', async () => {
    for (const host of ['nobody.localhost', 'localhost', '127.0.0.1', 'alpha.localhost.evil']) {
      const page = await node.get(host);
      expect(page.status).toBe(404);
      expect(page.text).toContain('There is no site at this address');
      expect(page.text).not.toContain(host);
    }
  });

  test('tricks with the Host header choose no site', async () => {
    for (const host of [
      'alpha.localhost@x',
      'alpha.localhost/..',
      '../alpha',
      'alpha.localhost:x',
    ]) {
      expect((await node.get(host)).status).toBe(400);
    }
    const twice = 'GET / HTTP/1.1\r\nHost: x.localhost\r\nHost: alpha.localhost\r\n\r\n';
    expect(await node.raw(twice.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'))).toMatch(
      /^HTTP\/1\.1 40[04]/,
    );
    const none = await node.raw('GET / HTTP/1.1\r\nConnection: close\r\n\r\n');
    expect(none).toMatch(/^HTTP\/1\.1 400/);
    const absolute =
      'GET http://alpha.localhost/docs/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
    expect(await node.raw(absolute)).toContain('<p>docs</p>');
  });

  test('paths that climb or mean two things are refused', async () => {
    const paths = [
      '/../logs/php-errors.log',
      '/%2e%2e/data.db',
      '/a%2fb',
      '/a%5c..%5cb',
      '/%00',
      '/%zz',
    ];
    for (const path of paths) expect((await node.get(site, { path })).status).toBe(400);
  });

  test('a redirect never leads to another site', async () => {
    await node.control(
      'PUT',
      '/packages/alpha/accounts/alpha/folder?path=public_html/evil.example',
    );
    const answer = await node.get(site, { path: '//evil.example' });
    expect([answer.status, answer.headers.location]).toEqual([301, '/evil.example/']);
  });
});

describe('suspending', () => {
  test('shows a page of ours at once, also for a script that is running, and can be undone', async () => {
    await node.addPackage('beta');
    await node.write('beta', 'public_html/slow.php', '<?php while (true) {}');
    const running = node.get('beta.localhost', { path: '/slow.php' });
    await new Promise((resolve) => setTimeout(resolve, 700));
    await node.control('PUT', '/packages/beta/suspension', { reason: 'unpaid' });
    expect((await running).status).toBe(503);
    const page = await node.get('beta.localhost');
    expect(page.status).toBe(503);
    expect(page.headers['cache-control']).toBe('no-store');
    expect(page.text).toContain('Сайт временно отключён');
    expect(page.text).toContain('This site is suspended');
    await node.control('DELETE', '/packages/beta/suspension');
    expect((await node.get('beta.localhost')).status).toBe(200);
  });

  test('of one account leaves its neighbours alone, and a package’s end leaves it suspended', async () => {
    const names = { username: 'gamma', domain: 'gamma.example' };
    await node.control('PUT', '/packages/beta/accounts/gamma', names);
    await node.control('PUT', '/packages/beta/accounts/gamma/suspension', { reason: 'abuse' });
    expect((await node.get('gamma.localhost')).status).toBe(503);
    expect((await node.get('beta.localhost')).status).toBe(200);
    await node.control('PUT', '/packages/beta/suspension', { reason: 'unpaid' });
    await node.control('DELETE', '/packages/beta/suspension');
    expect((await node.get('gamma.localhost')).status).toBe(503);
  });
});

describe('an address of its own', () => {
  test('answers with the package’s sites only, by name or else the primary one', async () => {
    await node.addPackage('delta');
    await node.control('PUT', '/packages/delta/accounts/epsilon', {
      username: 'epsilon',
      domain: 'epsilon.example',
    });
    const given = await node.control('PUT', '/packages/delta/addresses/ip-1');
    const again = await node.control('PUT', '/packages/delta/addresses/ip-1');
    expect(again.address).toBe(given.address);
    const address = String(given.address);
    expect(address).toMatch(/^127\.0\.1\./);
    expect((await node.get(address, { address })).text).toContain('<h1>delta.example</h1>');
    const byName = await node.get('epsilon.localhost', { address });
    expect(byName.text).toContain('<h1>epsilon.example</h1>');
    const foreign = await node.get(site, { address });
    expect(foreign.text).toContain('<h1>delta.example</h1>');
    await node.control('DELETE', '/packages/delta/addresses/ip-1');
    await expect(node.get(address, { address })).rejects.toThrow('ECONNREFUSED');
  });
});
