/** The names after `$` in a pattern: `/clients/$clientId` has `clientId`. */
type ParamNames<P extends string> = P extends `${infer Head}/${infer Tail}`
  ? ParamNames<Head> | ParamNames<Tail>
  : P extends `$${infer Name}`
    ? Name
    : never;

export type ParamsOf<P extends string> = { [Name in ParamNames<P>]: string };

type Search = Readonly<Record<string, string | number | null | undefined>>;

type Build<P extends string> = [ParamNames<P>] extends [never]
  ? (search?: Search) => string
  : (params: ParamsOf<P>, search?: Search) => string;

/** A typed address: call it to build the URL; routes tables match its `pattern`. */
export type Path<P extends string = string> = Build<P> & { readonly pattern: P };

export function path<const P extends string>(pattern: P): Path<P> {
  const names = [...pattern.matchAll(/\$([a-zA-Z]+)/g)].map((match) => match[1] ?? '');
  function build(first?: Search, second?: Search): string {
    const params = names.length > 0 ? first : undefined;
    const search = names.length > 0 ? second : first;
    const pathname = pattern.replaceAll(/\$([a-zA-Z]+)/g, (_, name: string) => {
      return encodeURIComponent(String(params?.[name] ?? ''));
    });
    return pathname + queryOf(search);
  }
  return Object.assign(build, { pattern }) as unknown as Path<P>;
}

/** Reads the parameters out of a pathname; null when the pattern is another one's. */
export function matchPath(pattern: string, pathname: string): Record<string, string> | null {
  const wanted = pattern.split('/');
  const given = pathname.split('/');
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    if (part.startsWith('$')) {
      if (!value) return null;
      const decoded = decodedOrNull(value);
      if (decoded === null) return null;
      params[part.slice(1)] = decoded;
    } else if (part !== value) return null;
  }
  return params;
}

function decodedOrNull(value: string): string | null {
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}

function queryOf(search: Search | undefined): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(search ?? {})) {
    if (value !== null && value !== undefined && value !== '') query.set(name, String(value));
  }
  const text = query.toString();
  return text && `?${text}`;
}
