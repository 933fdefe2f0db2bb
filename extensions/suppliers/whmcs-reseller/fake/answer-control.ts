import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { faultSchema, type Fault } from './fault.ts';
import { performAction } from './perform-action.ts';
import type { VendorStore } from './vendor-store.ts';

export type Late = { finish(): void };

type Controlled = {
  options: { products: readonly string[] };
  store: VendorStore;
  faults: Fault[];
  late: Late[];
  counts: Record<string, number>;
};

const bindingSchema = z.strictObject({ key: z.string(), domain: z.string(), ip: z.string() });
const purchaseSchema = z.strictObject({ product: z.string() });

/**
 * What a test or a person may do to the fake beside its API: queue faults, let late work finish,
 * buy by hand as in the vendor's portal, bind a key as an installation would, and look inside.
 */
export async function answerControl(
  vendor: Controlled,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = async () => JSON.parse((await text(request)) || 'null') as unknown;
  const reply = (value: unknown) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  };
  switch (`${request.method} ${path}`) {
    case 'GET /control/licences':
      return reply(vendor.store.all());
    case 'GET /control/counts':
      return reply(vendor.counts);
    case 'PUT /control/faults':
      vendor.faults.splice(0, Infinity, ...z.array(faultSchema).parse(await body()));
      return reply(vendor.faults);
    case 'POST /control/finish-late': {
      const finished = vendor.late.splice(0);
      for (const { finish } of finished) finish();
      return reply({ finished: finished.length });
    }
    case 'POST /control/buy-by-hand': {
      const { product } = purchaseSchema.parse(await body());
      const query = new URLSearchParams({ action: 'addlicense', product });
      performAction(vendor.store, vendor.options.products, query);
      return reply(vendor.store.all().at(-1));
    }
    case 'POST /control/bind': {
      const { key, domain, ip } = bindingSchema.parse(await body());
      const licence = vendor.store.find(key);
      if (licence) vendor.store.save({ ...licence, status: 'Active', domain, ip });
      return reply(vendor.store.find(key));
    }
    default:
      response.writeHead(404).end();
  }
}
