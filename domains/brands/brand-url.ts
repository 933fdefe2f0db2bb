import { readConfig } from '#platform/config.ts';
import type { Brand } from './brand.ts';

/**
 * The full address of one of a brand's pages, for mail that no request is behind. Names that are
 * always this machine (RFC 6761 §6.3) are reached without TLS, on the port we listen on.
 */
export function brandUrl(brand: Pick<Brand, 'hosts'>, path: `/${string}`): string {
  const [host = 'localhost'] = brand.hosts;
  const isLocal = host === 'localhost' || host.endsWith('.localhost');
  const origin = isLocal ? `http://${host}:${readConfig(process.env).port}` : `https://${host}`;
  return `${origin}${path}`;
}
