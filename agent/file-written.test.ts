import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { FileWritten } from './node-context.ts';
import { nodeOptions } from './node-options.ts';
import { runNode } from './run-node.ts';
import { buildZip } from './testing/build-zip.ts';

test('whoever inspects files hears of each one written, by upload, archive and PHP', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'stoika-node-'));
  const controlToken = 'token-for-the-listener-test';
  const heard: FileWritten[] = [];
  const node = await runNode(
    nodeOptions.parse({ dataFolder, controlToken, guard: 'off' }),
    async (event) => {
      heard.push(event);
      if (event.by === 'upload') throw new Error('a listener that fails disturbs nobody');
    },
  );
  const put = (path: string, body: string | Uint8Array<ArrayBuffer>) =>
    fetch(`http://127.0.0.1:${node.controlPort}/v1/packages/a${path}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${controlToken}` },
      body,
    });
  const limits = { accounts: 1, diskMb: 10 };
  const order = { username: 'alpha', domain: 'alpha.example', platform: 'linux', limits };
  await put('', JSON.stringify(order));
  const code = `<?php file_put_contents('new.txt', 'x'); rename('new.txt', 'moved.txt');
    file_get_contents('moved.txt'); session_start();`;
  expect((await put('/accounts/a/file?path=public_html/w.php', code)).status).toBe(200);
  const zip = buildZip([{ name: 'in/z.txt', content: 'z' }]);
  await put('/accounts/a/archive?path=public_html', new Uint8Array(zip));
  const headers = { host: 'alpha.localhost' };
  const sent = request({ host: '127.0.0.1', port: node.webPort, path: '/w.php', headers }).end();
  const [page] = (await once(sent, 'response')) as [IncomingMessage];
  await once(page.resume(), 'end');
  await node.stop();
  await rm(dataFolder, { recursive: true });

  const told = heard.map(({ by, path }) => `${by} ${path}`);
  expect(told).toContain('upload public_html/w.php');
  expect(told).toContain('archive public_html/in/z.txt');
  expect(told).toContain('php public_html/moved.txt');
  expect(told.filter((line) => line.startsWith('php tmp/sess_'))).toHaveLength(1);
  expect(told.filter((line) => line.startsWith('upload'))).toHaveLength(1);
  expect(new Set(heard.map((event) => event.accountRef))).toEqual(new Set(['a']));
});
