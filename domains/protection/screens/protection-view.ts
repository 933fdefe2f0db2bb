import type { ApiClient } from '#web/api.ts';
import type { Tone } from '#web/ui/tone.ts';

export type SiteProtection = Awaited<
  ReturnType<ApiClient['protection']['ofSubscription']>
>['items'][number];
export type SiteScan = NonNullable<Awaited<ReturnType<ApiClient['protection']['account']>>['scan']>;
export type Finding = Awaited<ReturnType<ApiClient['protection']['findings']>>['items'][number];
export type FindingDetail = Awaited<ReturnType<ApiClient['protection']['finding']>>;

export const STANDING_TONE: Readonly<Record<SiteProtection['standing'], Tone>> = {
  clean: 'good',
  mended: 'info',
  attention: 'bad',
  unknown: 'idle',
};

export const FINDING_TONE: Readonly<Record<Finding['state'], Tone>> = {
  found: 'wait',
  'needs-decision': 'bad',
  mended: 'good',
  restored: 'info',
  ignored: 'idle',
  gone: 'idle',
};

export const MODE_TONE: Readonly<Record<SiteProtection['mode'], Tone>> = {
  off: 'idle',
  detect: 'info',
  protect: 'good',
};

/** A look at all files that has not ended. */
export function isScanning(scan: SiteScan | null | undefined): boolean {
  return scan?.state === 'wanted' || scan?.state === 'waiting' || scan?.state === 'running';
}
