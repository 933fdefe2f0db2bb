import { apiContract } from '#app/contract.ts';
import type { Access, OperationMeta } from '#platform/http/operation.ts';
import type { z } from 'zod';

/** One operation of the API, as the walk needs to know it. */
export type Operation = {
  /** `orders.place`. */
  name: string;
  path: readonly string[];
  method: string;
  address: string;
  access: Access;
  input: z.ZodType;
};

type Procedure = {
  '~orpc': {
    meta: OperationMeta;
    route: { method?: string; path?: string };
    inputSchema: z.ZodType;
  };
};

/** Every operation there is: nobody has to remember to add a new one here. */
export function allOperations(): Operation[] {
  return operationsIn(apiContract, []);
}

function operationsIn(part: object, path: readonly string[]): Operation[] {
  if ('~orpc' in part) {
    const { meta, route, inputSchema } = (part as Procedure)['~orpc'];
    return [
      {
        name: path.join('.'),
        path,
        method: route.method ?? 'POST',
        address: route.path ?? '',
        access: meta.access,
        input: inputSchema,
      },
    ];
  }
  return Object.entries(part).flatMap(([name, child]) =>
    operationsIn(child as object, [...path, name]),
  );
}
