import { once } from 'node:events';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

type Fault =
  | { kind: 'slow'; ms: number }
  | { kind: 'http'; status: number }
  /** Nothing is said of the number, with HTTP 200: `MS_UNAVAILABLE`, `MS_MAX_CONCURRENT_REQ`. */
  | { kind: 'user-error'; code: string }
  | { kind: 'garbage' }
  | { kind: 'drop' };

/** VIES on a socket, as far as looking up one number goes. */
export type ViesFake = {
  url: string;
  /** Numbers that are registered, with their state's code: `DE123456789`, and whose they are. */
  registered: Map<string, string>;
  /** Next calls misbehave, one each. */
  faults: Fault[];
  /** What was asked, oldest first: path and query. */
  asked: string[];
  close(): Promise<void>;
};

export async function openViesFake(): Promise<ViesFake> {
  const server = createServer((request, response) => {
    void respond(request.url ?? '', response);
  });
  const fake: ViesFake = {
    url: '',
    registered: new Map(),
    faults: [],
    asked: [],
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };

  async function respond(target: string, response: ServerResponse): Promise<void> {
    fake.asked.push(target);
    const fault = fake.faults.shift();
    if (fault?.kind === 'slow') await delay(fault.ms, undefined, { ref: false });
    if (fault?.kind === 'drop') {
      response.socket?.destroy();
      return;
    }
    if (fault?.kind === 'http') return send(response, fault.status, '{"actionSucceed":false}');
    if (fault?.kind === 'garbage') return send(response, 200, '<html>maintenance</html>');
    const said = fault?.kind === 'user-error' ? fault.code : undefined;
    send(response, 200, JSON.stringify(answerTo(fake, target, said)));
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  fake.url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/rest-api`;
  return fake;
}

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(body);
}

/** A consultation gets its number only when a registered business asks. */
function answerTo({ registered }: ViesFake, target: string, userError: string | undefined) {
  const { pathname, searchParams } = new URL(target, 'http://vies');
  const [, state = '', number = ''] = /\/ms\/([A-Z]{2})\/vat\/([^/]+)$/.exec(pathname) ?? [];
  const asker =
    (searchParams.get('requesterMemberStateCode') ?? '') +
    (searchParams.get('requesterNumber') ?? '');
  const isStranger = asker !== '' && !registered.has(asker);
  const name = registered.get(state + number);
  const said = userError ?? (isStranger ? 'INVALID_REQUESTER_INFO' : undefined);
  const isValid = said === undefined && name !== undefined;
  return {
    isValid,
    requestDate: '2026-02-03T10:11:12.000Z',
    userError: said ?? (isValid ? 'VALID' : 'INVALID'),
    name: isValid ? name : '---',
    address: isValid ? 'Hauptstraße 1\n10115 Berlin' : '---',
    requestIdentifier: isValid && asker !== '' ? 'WAPIAAAAY1234567' : '',
    originalVatNumber: number,
    vatNumber: number,
  };
}
