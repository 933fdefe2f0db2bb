import { readFile } from 'node:fs/promises';
import type { AnyContractProcedure, AnyContractRouter } from '@orpc/contract';
import { describe, expect, it } from 'vitest';
import { apiContract } from '#app/contract.ts';
import { OPEN_API_FILE, openApiText } from '#app/write-open-api.ts';
import { CLIENT_SCOPES, PERMISSIONS } from '#domains/identity/index.ts';
import type { OperationMeta } from '#platform/http/operation.ts';
import { repositoryPaths, readSource } from './source-files.ts';

type Operation = {
  name: string;
  meta: OperationMeta;
  method: string;
  path: string;
  refusals: string[];
};

function operationsOf(router: AnyContractRouter, name: string): Operation[] {
  if ('~orpc' in router) {
    const { meta, route, errorMap } = (router as AnyContractProcedure)['~orpc'];
    return [
      {
        name,
        meta: meta as OperationMeta,
        method: route.method ?? '',
        path: route.path ?? '',
        refusals: Object.keys(errorMap),
      },
    ];
  }
  return Object.entries(router).flatMap(([key, child]) =>
    operationsOf(child as AnyContractRouter, name ? `${name}.${key}` : key),
  );
}

const operations = operationsOf(apiContract, '');

describe('the API', () => {
  it('is described by the committed OpenAPI file (npm run openapi writes it)', async () => {
    expect(await readFile(OPEN_API_FILE, 'utf8')).toBe(await openApiText());
  });

  it('has one operation at each method and path', () => {
    const places = operations.map(({ method, path }) => `${method} ${path}`);
    expect(places.filter((place, at) => places.indexOf(place) !== at)).toEqual([]);
  });

  it('asks only for permissions and scopes that can be given', () => {
    const unknown = operations.filter(({ meta: { access } }) => {
      if (access.who === 'staff')
        return !(PERMISSIONS as readonly string[]).includes(access.permission);
      if (access.who === 'client')
        return !(CLIENT_SCOPES as readonly string[]).includes(access.scope);
      return false;
    });
    expect(unknown.map(({ name }) => name)).toEqual([]);
  });

  it('keeps the staff side under /v1/admin and nothing else there', () => {
    const odd = operations.filter(
      ({ path, meta }) => path.startsWith('/v1/admin/') !== (meta.access.who === 'staff'),
    );
    expect(odd.map(({ name, path }) => `${name} ${path}`)).toEqual([]);
  });

  it('has words in both languages for every refusal it declares', () => {
    const texts = repositoryPaths().filter((path) => /(^|\/)texts\/(ru|en)\.json$/.test(path));
    const known = new Map<string, Set<string>>([
      ['ru', new Set()],
      ['en', new Set()],
    ]);
    for (const path of texts) {
      const language = path.endsWith('ru.json') ? 'ru' : 'en';
      const { refusals = {} } = JSON.parse(readSource(path).text) as { refusals?: object };
      for (const code of Object.keys(refusals)) known.get(language)?.add(code);
    }
    const codes = [...new Set(operations.flatMap(({ refusals }) => refusals))];
    const wordless = codes.filter(
      (code) => !known.get('ru')?.has(code) || !known.get('en')?.has(code),
    );
    expect(wordless).toEqual([]);
  });
});
