import { useQuery } from '@tanstack/react-query';
import { apiQuery } from '#web/api-query.ts';
import type { Settings } from '../support-view.ts';

/** The departments of all own brands, each key once. */
export function useDepartments(mayRead: boolean): Settings['departments'] {
  const { data } = useQuery(
    apiQuery.support.admin.settings.queryOptions({ input: {}, enabled: mayRead }),
  );
  const all = (data?.items ?? []).flatMap(({ settings }) => settings.departments);
  return [...new Map(all.map((one) => [one.key, one])).values()];
}
