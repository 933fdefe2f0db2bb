import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { smtpTransport } from './smtp-transport.ts';

/** The few words of RFC 5321 that a sending client says, on a real socket. */
const taken: string[] = [];
let refuseWith = '';
const server = createServer((socket) => talk(socket));
let url = '';

function talk(socket: Socket): void {
  let body: string[] | null = null;
  socket.write('220 mail.example ready\r\n');
  socket.on('data', (chunk: Buffer) => {
    for (const line of chunk.toString().split('\r\n')) {
      if (body) {
        if (line !== '.') body.push(line);
        else {
          taken.push(body.join('\n'));
          body = null;
          socket.write('250 taken\r\n');
        }
        continue;
      }
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === 'EHLO') socket.write('250 mail.example\r\n');
      if (verb === 'MAIL') socket.write(refuseWith ? `${refuseWith}\r\n` : '250 ok\r\n');
      if (verb === 'RCPT') socket.write('250 ok\r\n');
      if (verb === 'DATA') {
        body = [];
        socket.write('354 go on\r\n');
      }
      if (verb === 'QUIT') socket.end('221 bye\r\n');
    }
  });
  socket.on('error', () => socket.destroy());
}

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const mail = {
  id: 'msg_1',
  from: '"Стойка" <help@stoika.test>',
  to: 'anna@example.test',
  subject: 'Заказ оплачен',
  html: '<p>Готово</p>',
  text: 'Готово',
};

it('hands a mail over with both bodies and our id', async () => {
  await smtpTransport(url).send(mail);
  expect(taken.at(-1)).toContain('Message-ID: <msg_1@stoika>');
  expect(taken.at(-1)).toContain('multipart/alternative');
});

it('says why a server does not take it', async () => {
  refuseWith = '451 try later';
  await expect(smtpTransport(url).send(mail)).rejects.toThrow('451');
});
