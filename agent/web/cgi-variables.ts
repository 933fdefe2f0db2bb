import type { IncomingMessage } from 'node:http';
import type { RequestTarget } from './request-target.ts';

/** CGI variables (RFC 3875) for `$_SERVER`; header ones are made by the runtime. */
export function cgiVariables(
  request: IncomingMessage,
  target: RequestTarget,
  script: { names: string[]; pathInfo: string },
  home: string,
): Record<string, string> {
  const { socket } = request;
  const scriptName = `/${script.names.join('/')}`;
  const server: Record<string, string> = {
    DOCUMENT_ROOT: `${home}/public_html`,
    SCRIPT_NAME: scriptName,
    PHP_SELF: scriptName + script.pathInfo,
    REQUEST_URI: target.uri,
    QUERY_STRING: target.query.slice(1),
    REQUEST_SCHEME: 'http',
    SERVER_PROTOCOL: `HTTP/${request.httpVersion}`,
    SERVER_SOFTWARE: 'Stoika',
    GATEWAY_INTERFACE: 'CGI/1.1',
    SERVER_NAME: target.host,
    SERVER_ADDR: socket.localAddress ?? '',
    SERVER_PORT: String(socket.localPort ?? ''),
    REMOTE_ADDR: socket.remoteAddress ?? '',
    REMOTE_PORT: String(socket.remotePort ?? ''),
  };
  if (script.pathInfo !== '') {
    server.PATH_INFO = script.pathInfo;
    server.PATH_TRANSLATED = `${home}/public_html${script.pathInfo}`;
  }
  return { ...server, ...basicCredentials(request.headers.authorization) };
}

function basicCredentials(header: string | undefined): Record<string, string> {
  const match = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(header ?? '');
  if (!match) return {};
  const [user = '', ...password] = Buffer.from(match[1] ?? '', 'base64')
    .toString()
    .split(':');
  return { PHP_AUTH_USER: user, PHP_AUTH_PW: password.join(':') };
}

/**
 * Headers as PHP may see them. Dropped: names with underscores, which would pose as others after
 * CGI's renaming, and `Proxy`, which would become HTTP_PROXY (CVE-2016-5385).
 */
export function phpHeaders(request: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value === undefined || name.includes('_') || name === 'proxy') continue;
    headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
}
