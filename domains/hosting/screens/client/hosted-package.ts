import type { ApiClient } from '#web/api.ts';

/** A package on its server as the client's API gives it. */
export type HostedPackage = Awaited<ReturnType<ApiClient['hosting']['package']['get']>>;
export type HostingAccount = Awaited<
  ReturnType<ApiClient['hosting']['accounts']['list']>
>['items'][number];
