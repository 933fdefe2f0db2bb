import type { ApiClient } from '#web/api.ts';

export type ClientTicket = Awaited<ReturnType<ApiClient['support']['get']>>;
export type StaffTicket = Awaited<ReturnType<ApiClient['support']['admin']['get']>>;
export type TalkMessage = ClientTicket['messages'][number];
export type TicketAbout = NonNullable<ClientTicket['about']>;
export type BrandSupport = Awaited<
  ReturnType<ApiClient['support']['admin']['settings']>
>['items'][number];
export type Settings = BrandSupport['settings'];
