import { getPHPLoaderModule } from '@php-wasm/node-8-3';
import { loadPHPRuntime, PHP } from '@php-wasm/universal';

/*
 * Answers one request with a PHP script, in a process of its own as everywhere (its packages are
 * GPL-2.0-or-later): the request comes as JSON on the standard input, the answer goes out as JSON.
 */
type Asked = { script: string; body: string; server: Record<string, string> };

const chunks: Buffer[] = [];
for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
const { script, body, server } = JSON.parse(Buffer.concat(chunks).toString()) as Asked;

const quiet = { print: () => undefined, printErr: () => undefined };
const php = new PHP(await loadPHPRuntime(await getPHPLoaderModule(), quiet));
php.writeFile('/script.php', script);
const answer = await php.runStream({
  scriptPath: '/script.php',
  relativeUri: '/',
  method: 'POST',
  headers: {},
  body: Buffer.from(body),
  $_SERVER: server,
});
let output = '';
for await (const chunk of answer.stdout) output += Buffer.from(chunk).toString();
console.log(JSON.stringify({ status: await answer.httpStatusCode, output }));
process.exit(0);
