import type { ServerResponse } from 'node:http';
import { noticePage, notices } from './pages.ts';

const pages = new Map(
  Object.entries(notices).map(([name, notice]) => [name, Buffer.from(noticePage(notice))]),
);

/** Answers with one of our pages; once an answer has begun it can only be cut off. */
export function sendNotice(
  response: ServerResponse,
  name: keyof typeof notices,
  headers: Record<string, string> = {},
): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const page = pages.get(name) ?? Buffer.alloc(0);
  response.writeHead(notices[name].status, {
    'content-type': 'text/html; charset=utf-8',
    'content-length': page.length,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    ...headers,
  });
  response.end(page);
}
