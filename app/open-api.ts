import { OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { apiContract } from './contract.ts';

/** The OpenAPI 3.1 document of the whole API, as committed in `docs/openapi.json`. */
export async function openApiDocument(): Promise<unknown> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  return generator.generate(apiContract, {
    info: {
      title: 'Stoika',
      version: '1',
      description:
        'Sell hosting, bill it, deliver it. Money is integer minor units; a change that moves ' +
        'money takes an Idempotency-Key header; a refusal is a problem document (RFC 9457).',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ apiKey: [] }],
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key: stk_…' },
      },
    },
    customErrorResponseBodySchema: {
      type: 'object',
      required: ['type', 'title', 'status', 'code', 'detail'],
      properties: {
        type: { type: 'string', format: 'uri' },
        title: { type: 'string' },
        status: { type: 'integer' },
        code: { type: 'string' },
        detail: { type: 'string' },
        field: { type: 'string' },
        params: { type: 'object' },
      },
    },
  });
}
