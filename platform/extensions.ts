/**
 * What plugs in, by kind and id: gateways, suppliers, server modules. A domain names its kind once
 * (`extensionKind<Gateway>('gateway')`); the composition in `app/` registers the vendors.
 */
export type ExtensionKind<T> = { readonly name: string; readonly __type?: T };

export function extensionKind<T>(name: string): ExtensionKind<T> {
  return { name };
}

export class Extensions {
  readonly #byKind = new Map<string, Map<string, unknown>>();

  register<T extends { id: string }>(kind: ExtensionKind<T>, extension: T): this {
    const ofKind = this.#byKind.get(kind.name) ?? new Map<string, unknown>();
    if (ofKind.has(extension.id)) throw new Error(`${kind.name} ${extension.id} stands twice`);
    this.#byKind.set(kind.name, ofKind.set(extension.id, extension));
    return this;
  }

  /** The extension, or undefined when the configuration names one that is not installed. */
  find<T>(kind: ExtensionKind<T>, id: string): T | undefined {
    return this.#byKind.get(kind.name)?.get(id) as T | undefined;
  }

  list<T>(kind: ExtensionKind<T>): T[] {
    return [...(this.#byKind.get(kind.name)?.values() ?? [])] as T[];
  }
}
