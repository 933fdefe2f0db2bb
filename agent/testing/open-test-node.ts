import { mkdtemp, rm } from 'node:fs/promises';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NodeOptionsInput } from '../node-options.ts';
import { startEmbeddedNode, type EmbeddedNode } from '../start-node.ts';

export type WebAnswer = { status: number; headers: IncomingHttpHeaders; text: string };

export type WebRequest = {
  path?: string;
  method?: string;
  headers?: Record<string, string | string[]>;
  body?: string | Uint8Array;
  /** Local address to ask; the shared one by default. */
  address?: string;
};

export type TestNode = Awaited<ReturnType<typeof openTestNode>>;

const controlToken = 'test-token-of-at-least-sixteen-signs';

/** A real node on a data folder of its own, with the calls that tests make of it. */
export async function openTestNode(options: Partial<NodeOptionsInput> = {}) {
  const dataFolder = await mkdtemp(join(tmpdir(), 'stoika-node-'));
  const start = (webPort = 0) =>
    startEmbeddedNode({ dataFolder, controlToken, webPort, guard: 'off', ...options });
  let node = await start();

  const control = async (
    method: string,
    path: string,
    body?: object | Uint8Array,
    headers: Record<string, string> = {},
  ) => {
    const raw = body instanceof Uint8Array;
    const response = await fetch(`${node.controlUrl}/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${controlToken}`, ...headers },
      body: raw ? Buffer.from(body) : body && JSON.stringify(body),
    });
    const json = (await response.json()) as Record<string, unknown>;
    return { status: response.status, ...json } as Record<string, unknown> & { status: number };
  };

  const filePath = (ref: string, what: string, path: string, packageRef = ref) =>
    `/packages/${packageRef}/accounts/${ref}/${what}?path=${encodeURIComponent(path)}`;

  const kill = async () => {
    process.kill(node.pid, 'SIGKILL');
    await node.exited;
  };
  const restart = async () => {
    node = await start(node.webPort);
  };

  return {
    dataFolder,
    controlToken,
    control,
    running: () => node,
    /** A package whose primary account has the same name. */
    addPackage: (name: string, limits = { accounts: 5, diskMb: 64 }) => {
      const body = { username: name, domain: `${name}.example`, platform: 'linux', limits };
      return control('PUT', `/packages/${name}`, body);
    },
    write: (ref: string, path: string, text: string | Uint8Array, packageRef = ref) =>
      control('PUT', filePath(ref, 'file', path, packageRef), Buffer.from(text)),
    unpack: (ref: string, folder: string, zip: Uint8Array) =>
      control('PUT', filePath(ref, 'archive', folder), zip),
    list: async (ref: string, folder: string) => {
      const answer = await control('GET', filePath(ref, 'folder', folder));
      return ((answer.entries ?? []) as { name: string }[]).map((entry) => entry.name);
    },
    get: (host: string, request: WebRequest = {}) => ask(node, host, request),
    raw: (text: string) => askRaw(node.webPort, text),
    /** kill -9 */
    kill,
    /** A new process on the same folder and port. */
    restart,
    async killAndRestart() {
      await kill();
      await restart();
    },
    async close() {
      await node.stop();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

function ask(node: EmbeddedNode, host: string, request: WebRequest): Promise<WebAnswer> {
  const { path = '/', method = 'GET', headers = {}, body, address = '127.0.0.1' } = request;
  return new Promise((resolve, reject) => {
    const sent = httpRequest({
      host: address,
      port: node.webPort,
      path,
      method,
      headers: { host, ...headers },
      agent: false,
    });
    sent.on('error', reject);
    sent.on('response', (response) => {
      const blocks: Buffer[] = [];
      response.on('data', (block: Buffer) => blocks.push(block));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(blocks).toString();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      });
    });
    sent.end(body);
  });
}

/** Sends exactly these bytes and returns all that comes back until the server closes. */
function askRaw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.on('data', (block) => (answer += block.toString()));
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });
}
