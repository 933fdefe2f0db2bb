import { useParams } from '@tanstack/react-router';
import type { ParamsOf, Path } from '../path.ts';

/** The parameters of the address a screen stands at: `usePathParams(adminPaths.client).clientId`. */
export function usePathParams<P extends string>(_path: Path<P>): ParamsOf<P> {
  return useParams({ strict: false }) as ParamsOf<P>;
}
