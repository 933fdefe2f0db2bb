import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { answerControl, type Late } from './answer-control.ts';
import { takeFault, type Fault } from './fault.ts';
import { performAction, refusal } from './perform-action.ts';
import { openVendorStore, type VendorStore } from './vendor-store.ts';

export type WhmcsFakeOptions = {
  /** 0 takes any free port. */
  port: number;
  folder: string;
  email: string;
  apiKey: string;
  products: readonly string[];
};

export type WhmcsFake = { url: string; close(): Promise<void> };

type Vendor = {
  options: WhmcsFakeOptions;
  store: VendorStore;
  faults: Fault[];
  late: Late[];
  counts: Record<string, number>;
};

/** The vendor's side of the reseller API on a socket, with its faults on a control address. */
export async function openWhmcsFake(options: WhmcsFakeOptions): Promise<WhmcsFake> {
  const store = openVendorStore(options.folder);
  const vendor: Vendor = { options, store, faults: [], late: [], counts: {} };
  const server = createServer((request, response) => {
    answer(vendor, request, response).catch((error: unknown) => {
      console.error('whmcs fake:', error);
      response.destroy();
    });
  });
  server.listen(options.port, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      store.close();
    },
  };
}

async function answer(
  vendor: Vendor,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://fake');
  if (url.pathname.startsWith('/control/')) {
    return answerControl(vendor, url.pathname, request, response);
  }
  if (request.method !== 'GET' || url.pathname !== '/v2/reseller/') {
    response.writeHead(404).end('Not Found');
    return undefined;
  }
  const { email, apiKey } = vendor.options;
  if (url.searchParams.get('email') !== email || url.searchParams.get('apikey') !== apiKey) {
    return send(response, refusal('Authentication Failed'));
  }
  const action = url.searchParams.get('action') ?? '';
  vendor.counts[action] = (vendor.counts[action] ?? 0) + 1;
  const work = () => performAction(vendor.store, vendor.options.products, url.searchParams);
  return answerWith(vendor, takeFault(vendor.faults, action), work, response);
}

async function answerWith(
  vendor: Vendor,
  fault: Fault | null,
  work: () => string,
  response: ServerResponse,
): Promise<void> {
  if (!fault) return send(response, work());
  switch (fault.kind) {
    case 'slow':
      await delay(fault.delayMs);
      return send(response, work());
    case 'refuse':
      return send(response, refusal(fault.message));
    case 'http-500':
      return send(response, 'Internal Server Error', 500);
    case 'drop':
      response.destroy();
      return undefined;
    case 'late':
      vendor.late.push({ finish: () => send(response, work()) });
      return undefined;
    default:
      return answerBadly(fault.kind, work(), response);
  }
}

function answerBadly(
  kind: Exclude<Fault['kind'], 'slow' | 'refuse' | 'http-500' | 'drop' | 'late'>,
  reply: string,
  response: ServerResponse,
): void {
  switch (kind) {
    case 'work-then-500':
      return send(response, 'Internal Server Error', 500);
    case 'work-then-drop':
      response.destroy();
      return undefined;
    case 'work-then-half':
      response.writeHead(200, { 'content-length': Buffer.byteLength(reply) });
      response.write(reply.slice(0, reply.length / 2), () => response.destroy());
      return undefined;
    case 'work-then-garble':
      return send(response, `<b>Warning</b>: mysql_connect() failed<br />\n${reply}`);
    case 'work-then-answer-twice':
      return send(response, reply + reply);
  }
}

function send(response: ServerResponse, body: string, status = 200): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'text/xml; charset=utf-8' }).end(body);
}
