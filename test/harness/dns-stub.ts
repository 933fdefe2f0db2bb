import { createSocket } from 'node:dgram';
import { once } from 'node:events';

const TYPE_A = 1;
const TYPE_TXT = 16;
const NXDOMAIN = 3;
const SERVFAIL = 2;
const TTL_S = 60;

type Records = { a?: readonly string[]; txt?: string };

/** A DNS server on loopback that says what the test wants (RFC 1035 §4). */
export type DnsStub = {
  /** `127.0.0.1:port`. */
  server: string;
  /** By name, in small letters. What does not stand here does not exist. */
  records: Map<string, Records>;
  /** Zones that do not answer at all, and those that answer with a failure. */
  silent: Set<string>;
  failing: Set<string>;
  /** Every name that was asked for, in order. */
  asked: string[];
  close(): Promise<void>;
};

export async function openDnsStub(): Promise<DnsStub> {
  const socket = createSocket('udp4');
  const stub: DnsStub = {
    server: '',
    records: new Map(),
    silent: new Set(),
    failing: new Set(),
    asked: [],
    close: async () => {
      socket.close();
      await once(socket, 'close');
    },
  };
  socket.on('message', (query, from) => {
    const { name, type, end } = readQuestion(query);
    stub.asked.push(name);
    const isIn = (zones: Set<string>) => [...zones].some((zone) => name.endsWith(`.${zone}`));
    if (isIn(stub.silent)) return;
    const question = query.subarray(12, end);
    const answers = isIn(stub.failing) ? [] : answersTo(stub.records.get(name), type);
    const isKnown = stub.records.has(name);
    const code = isIn(stub.failing) ? SERVFAIL : isKnown ? 0 : NXDOMAIN;
    const head = Buffer.alloc(12);
    query.copy(head, 0, 0, 2);
    head.writeUInt16BE(0x8180 | code, 2);
    head.writeUInt16BE(1, 4);
    head.writeUInt16BE(answers.length, 6);
    socket.send(Buffer.concat([head, question, ...answers]), from.port, from.address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  stub.server = `127.0.0.1:${socket.address().port}`;
  return stub;
}

function readQuestion(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
}

function answersTo(records: Records | undefined, type: number): Buffer[] {
  if (type === TYPE_A) {
    return (records?.a ?? []).map((address) =>
      record(TYPE_A, Buffer.from(address.split('.').map(Number))),
    );
  }
  if (type !== TYPE_TXT || records?.txt === undefined) return [];
  const text = Buffer.from(records.txt, 'latin1').subarray(0, 255);
  return [record(TYPE_TXT, Buffer.concat([Buffer.of(text.length), text]))];
}

function record(type: number, data: Buffer): Buffer {
  const head = Buffer.alloc(12);
  // The name is a pointer to the question's.
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(TTL_S, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}
