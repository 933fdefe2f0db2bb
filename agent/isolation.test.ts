import { createServer, type Server } from 'node:http';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestNode, type TestNode } from './testing/open-test-node.ts';

let node: TestNode;
let listener: Server;
let knocks = 0;

beforeAll(async () => {
  listener = createServer((_request, response) => {
    knocks += 1;
    response.end('reached');
  });
  listener.on('connection', () => (knocks += 1));
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  node = await openTestNode({ requestTimeoutMs: 2500, processMemoryMb: 400, phpMemoryMb: 64 });
  await node.addPackage('victim');
  await node.write('victim', 'private.txt', 'the secret of the victim');
  await node.write('victim', 'public_html/conf.php', `<?php return 'the secret in php';`);
  await node.addPackage('mallory', { accounts: 5, diskMb: 2 });
});

afterAll(async () => {
  await node.close();
  await new Promise((resolve) => listener.close(resolve));
});

const site = 'mallory.localhost';

/** Runs PHP as mallory and returns what it prints. */
async function run(code: string, expected = 200): Promise<string> {
  await node.write('mallory', 'public_html/run.php', `<?php ${code}`);
  const answer = await node.get(site, { path: '/run.php' });
  expect(answer.status).toBe(expected);
  return answer.text;
}

/** Every way from mallory's folder to the victim's that a path can take. */
function waysTo(file: string): string[] {
  const home = join(node.dataFolder, 'homes/victim', file);
  return [
    home,
    `/home/victim/${file}`,
    `../../victim/${file}`,
    `/home/mallory/../../${home}`,
    `/home/mallory/../../../../../../../../${home}`,
    `/tmp/../../${home}`,
    `file://${home}`,
    `php://filter/read=convert.base64-encode/resource=${home}`,
    `/proc/self/root${home}`,
    `/proc/self/cwd/../victim/${file}`,
    `glob://${home}`,
  ];
}

describe('an account cannot read another’s files', () => {
  const readers = {
    file_get_contents: '@file_get_contents($p)',
    include: '@include $p',
    fopen: '($h = @fopen($p, "r")) ? fread($h, 99) : ""',
    SplFileObject: '(new SplFileObject($p))->fgets()',
    copy: '@copy($p, __DIR__."/got") ? file_get_contents(__DIR__."/got") : ""',
    highlight_file: '@highlight_file($p, true)',
    rename: '@rename($p, __DIR__."/got") ? file_get_contents(__DIR__."/got") : ""',
    sqlite: '(new SQLite3($p))->querySingle("select 1")',
    zip: '(new ZipArchive)->open($p) === true ? "opened" : ""',
    phar: '@file_get_contents("phar://$p/x")',
    finfo: '@(new finfo)->file($p)',
    stat: '@filesize($p) ?: ""',
  };

  test('while the same ways do read its own', async () => {
    await node.write('mallory', 'own.php', '<?php return "mine";');
    for (const name of [
      'file_get_contents',
      'include',
      'fopen',
      'SplFileObject',
      'copy',
    ] as const) {
      const text = await run(`$p = '/home/mallory/own.php'; echo ${readers[name]};`);
      expect(text).toContain('mine');
    }
    expect(await run(`$p = '/home/mallory/own.php'; echo ${readers.stat};`)).toBe('20');
  });

  for (const [name, expression] of Object.entries(readers)) {
    test(`by ${name}`, async () => {
      const paths = JSON.stringify([...waysTo('private.txt'), ...waysTo('public_html/conf.php')]);
      const text = await run(
        `foreach (json_decode('${paths}') as $p) { try { echo json_encode(${expression}), "\\n"; }
         catch (\\Throwable $e) { echo "no\\n"; } }`,
      );
      expect(text).not.toContain('secret');
      expect(text).not.toContain(Buffer.from('the secret of').toString('base64').slice(0, 12));
      expect(text).not.toMatch(/opened|^24$/m);
      expect((await node.list('victim', '')).includes('private.txt')).toBe(true);
    });
  }

  test('by listing folders', async () => {
    const folders = [
      ...waysTo('..'),
      ...waysTo(''),
      '/',
      '/home',
      '/proc',
      '/internal',
      '..',
      '../..',
    ];
    const text = await run(
      `foreach (json_decode('${JSON.stringify(folders)}') as $p) {
         echo json_encode([@scandir($p), @glob("$p/*"), ($d = @opendir($p)) ? readdir($d) : 0]);
         try { foreach (new DirectoryIterator($p) as $f) echo $f; } catch (\\Throwable $e) {} }`,
    );
    expect(text).not.toContain('victim.');
    expect(text).not.toContain('private.txt');
    expect(text).not.toContain('conf.php');
  });

  test('by links: PHP can make none', async () => {
    const text = await run(
      `foreach (['symlink', 'link', 'readlink'] as $f) echo function_exists($f) ? 'has' : 'none';
       $z = new ZipArchive; $z->open(__DIR__.'/l.zip', ZipArchive::CREATE);
       $z->addFromString('l', '/etc/passwd');
       $z->setExternalAttributesName('l', ZipArchive::OPSYS_UNIX, 0120777 << 16); $z->close();
       $z->open(__DIR__.'/l.zip'); $z->extractTo(__DIR__); echo is_link(__DIR__.'/l') ? 'LINK' : 'plain';
       @(new PharData(__DIR__.'/a.tar'))->addFromString('x', 'y');`,
    );
    expect(text).toBe('nonenonenoneplain');
  });

  test('by links put there behind the node’s back: neither PHP, web nor panel follow them', async () => {
    const inside = join(node.dataFolder, 'homes/mallory/public_html');
    await symlink('../../victim/private.txt', join(inside, 'file.txt'));
    await symlink('../../victim', join(inside, 'folder'));
    await symlink(
      join(node.dataFolder, 'homes/victim/public_html/conf.php'),
      join(inside, 'x.php'),
    );
    const text = await run(
      `echo json_encode([@file_get_contents('file.txt'), @scandir('folder'), @include 'x.php',
        @file_get_contents('folder/private.txt'), @file_put_contents('file.txt', 'x')]);`,
    );
    expect(text).toBe('[false,false,false,false,false]');
    for (const path of ['/file.txt', '/folder/private.txt', '/folder/', '/x.php']) {
      expect((await node.get(site, { path })).status).toBe(404);
    }
    const read = (path: string) =>
      node.control('GET', `/packages/mallory/accounts/mallory/file?path=public_html/${path}`);
    expect((await read('file.txt')).status).not.toBe(200);
    expect((await read('folder/private.txt')).code).toBe('not-a-folder');
    expect((await node.write('mallory', 'public_html/folder/new', 'x')).code).toBe('not-a-folder');
    const removed = await node.control(
      'DELETE',
      '/packages/mallory/accounts/mallory/file?path=public_html/folder',
    );
    expect(removed.status).toBe(200);
    expect(await node.list('victim', '')).toContain('private.txt');
  });

  test('nor the node’s own records, the machine’s files or the code', async () => {
    const paths = [
      join(node.dataFolder, 'accounts/victim.json'),
      join(node.dataFolder, 'traffic.json'),
      '/etc/passwd',
      '/proc/self/environ',
      '/proc/1/cmdline',
      join(import.meta.dirname, 'main.ts'),
      '/internal/shared/php.ini',
    ];
    const text = await run(
      `foreach (json_decode('${JSON.stringify(paths)}') as $p) echo json_encode(@file_get_contents($p));
       echo json_encode(getenv());`,
    );
    expect(text.startsWith('false'.repeat(paths.length))).toBe(true);
    expect(text).not.toContain(node.controlToken);
  });
});

describe('an account cannot leave its process', () => {
  test('by running programs', async () => {
    const text = await run(
      `$ways = [fn() => shell_exec('id'), fn() => exec('id'), fn() => system('id'), fn() => \`id\`,
         fn() => passthru('id'), fn() => popen('id', 'r'), fn() => proc_open('id', [], $p),
         fn() => pcntl_exec('/bin/id'), fn() => mail('a@b.c', 's', 'b'), fn() => dl('x.so'),
         fn() => (new Imagick('/tmp/x.mvg')), fn() => putenv('X=1') && shell_exec('id')];
       foreach ($ways as $way) { try { echo json_encode($way()); } catch (\\Throwable $e) { echo 'no'; } }`,
    );
    expect(text).not.toContain('uid');
    expect(text).toMatch(/^(no|false|null|\{\})*$/);
  });

  test('by the network, also with every function that is left', async () => {
    const { port } = listener.address() as { port: number };
    knocks = 0;
    const text = await run(
      `$h = '127.0.0.1'; $p = ${port}; $u = "http://$h:$p/"; ini_set('default_socket_timeout', 1);
       ini_set('allow_url_fopen', 1);
       $ways = [fn() => file_get_contents($u), fn() => fsockopen($h, $p), fn() => pfsockopen($h, $p),
         fn() => stream_socket_client("tcp://$h:$p"), fn() => fopen($u, 'r'), fn() => include $u,
         function () use ($u) { $c = curl_init($u); return curl_exec($c); },
         fn() => simplexml_load_file($u), fn() => (new DOMDocument)->load($u),
         fn() => (new SoapClient(null, ['location' => $u, 'uri' => 'x']))->x(),
         fn() => get_headers($u), fn() => copy($u, 'x'), fn() => getimagesize($u),
         fn() => new mysqli($h, 'u', 'p', 'd', $p), fn() => new PDO("mysql:host=$h;port=$p", 'u', 'p')];
       foreach ($ways as $way) { try { echo @$way() ? 'YES' : 'no'; } catch (\\Throwable $e) { echo 'no'; } }`,
    );
    expect(text).not.toContain('YES');
    expect(knocks).toBe(0);
  });
});

describe('an account cannot take more than its share', () => {
  test('an endless loop is ended with 504 and the next request works', async () => {
    expect(await run('while (true) {}', 504)).toContain('took too long');
    expect(await run('echo "fine";')).toBe('fine');
  });

  test('PHP’s own memory limit ends a script, and the process lives on', async () => {
    await run('$a = []; while (true) $a[] = str_repeat("x", 100000);', 500);
    expect(await run('echo "fine";')).toBe('fine');
  });

  test('memory taken past PHP’s limit ends the process, not the node', async () => {
    await node.write(
      'mallory',
      'public_html/hog.php',
      `<?php $i = []; while (true) { $i[] = imagecreatetruecolor(4000, 4000); }`,
    );
    const answer = await node.get(site, { path: '/hog.php' });
    expect([500, 504]).toContain(answer.status);
    expect(await run('echo "fine";')).toBe('fine');
    expect((await node.get('victim.localhost')).status).toBe(200);
  });

  test('the disk limit holds for writing, appending, growing and many files', async () => {
    const text = await run(
      `$ok = 0; foreach (range(1, 40) as $i)
         if (@file_put_contents("f$i", str_repeat('x', 100000)) === 100000) $ok++;
       $h = fopen('grow', 'w'); echo $ok < 25 ? 'bounded' : $ok, ' ';
       echo @ftruncate($h, 50000000) ? 'grew' : 'kept', ' ', @fseek($h, 9000000), @fwrite($h, 'x') ? 'sparse' : '';`,
    );
    expect(text).toMatch(/^bounded kept 0$/);
    const usage = await node.control('GET', '/packages/mallory/usage');
    expect(Number(usage.diskBytes)).toBeLessThanOrEqual(2 * 1024 * 1024);
    expect((await node.write('mallory', 'big.bin', Buffer.alloc(2_000_000))).code).toBe(
      'disk-limit-reached',
    );
    await run(`array_map('unlink', glob('f*')); unlink('grow');`);
    expect((await node.write('mallory', 'big.bin', Buffer.alloc(1_500_000))).status).toBe(200);
    expect(await run(`echo @file_put_contents('more', str_repeat('x', 900000)) ?: 'full';`)).toBe(
      'full',
    );
    await run(`unlink('../big.bin');`);
  });

  test('crashing the interpreter hurts its own request only', async () => {
    await node.write('mallory', 'public_html/deep.php', '<?php function f() { f(); } f();');
    const answer = await node.get(site, { path: '/deep.php' });
    expect([500, 504]).toContain(answer.status);
    expect(await run('echo "fine";')).toBe('fine');
  });

  test('headers that would split the answer are dropped', async () => {
    const answer = await run(
      `header("X-A: b\\r\\nX-Evil: 1"); header('Content-Length: 5'); header('Transfer-Encoding: x');
       header("X-B: \\x01"); echo 'whole answer';`,
    );
    expect(answer).toBe('whole answer');
  });

  test('files closed to their own account stay countable and can be deleted', async () => {
    const text = await run(
      `umask(0777); mkdir('shut', 0); file_put_contents('shut/f', 'x'); chmod('shut/f', 04000);
       chmod('shut', 0); clearstatcache(); printf('%o %o', fileperms('shut'), fileperms('shut/f'));`,
    );
    expect(text).toMatch(/^40700 1006\d\d$/);
    expect((await node.control('GET', '/packages/mallory/usage')).status).toBe(200);
    const path = '/packages/mallory/accounts/mallory/file?path=public_html/shut';
    expect((await node.control('DELETE', path)).status).toBe(200);
  });

  test('a folder of files with hostile names is listed and deleted', async () => {
    await run(
      `@mkdir('n'); foreach (['<script>', "a\\nb", '-rf', '$(id)', ' ', 'ы', "\\xff\\xfe", '%2e%2e'] as $n)
         @file_put_contents("n/$n", 'x');`,
    );
    expect(await node.list('mallory', 'public_html/n')).toContain('$(id)');
    const gone = await node.control(
      'DELETE',
      '/packages/mallory/accounts/mallory/file?path=public_html/n',
    );
    expect(gone.status).toBe(200);
    expect(await node.list('mallory', 'public_html')).not.toContain('n');
  });
});
