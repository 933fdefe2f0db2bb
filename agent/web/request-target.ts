import { splitEntryPath } from '../files/entry-path.ts';

export type RequestTarget = {
  /** Host name in small letters without port and last dot; '' when there is none. */
  host: string;
  /** Decoded names of the path. */
  names: string[];
  /** The path asks for a folder. */
  slash: boolean;
  /** The path as it was sent, for redirects. */
  rawPath: string;
  /** With its question mark, or ''. */
  query: string;
  /** Path and query as sent, always starting with a slash. */
  uri: string;
};

/**
 * Reads request line and Host header. Null for what has no single meaning: `..`, encoded slashes
 * or control characters, names that are no host names. An absolute target overrules the header
 * (RFC 9112 §3.2.2).
 */
export function readTarget(target: string, hostHeader: string | undefined): RequestTarget | null {
  const absolute = /^http:\/\/([^/?#]*)(.*)$/i.exec(target);
  const host = readHost(absolute ? absolute[1] : hostHeader);
  const rest = absolute ? absolute[2] || '/' : target;
  const uri = absolute && rest.startsWith('?') ? `/${rest}` : rest;
  if (host === null || !uri.startsWith('/') || uri.includes('#')) return null;
  const mark = uri.indexOf('?');
  const rawPath = mark < 0 ? uri : uri.slice(0, mark);
  const query = mark < 0 ? '' : uri.slice(mark);
  if (/%2f|%5c|%00/i.test(rawPath)) return null;
  const path = decodePath(rawPath);
  const names = path === null ? null : splitEntryPath(path);
  if (!names?.ok) return null;
  return { host, names: names.value, slash: rawPath.endsWith('/'), rawPath, query, uri };
}

function decodePath(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

function readHost(value: string | undefined): string | null {
  if (value === undefined) return '';
  const match = /^([A-Za-z0-9.-]{1,255}?)\.?(?::\d{1,5})?$/.exec(value);
  return match?.[1] ? match[1].toLowerCase() : null;
}
