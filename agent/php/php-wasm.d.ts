/**
 * The few calls we make of the optional PHP packages, in our own words: their typings do not
 * resolve under `nodenext`, and type checking must work where they are not installed.
 */
declare module '@php-wasm/universal' {
  export type Mount = (php: PHP, fs: unknown, path: string) => () => void;

  export class PHP {
    constructor(runtimeId: number);
    mount(path: string, mount: Mount): Promise<unknown>;
    writeFile(path: string, text: string): void;
    chdir(path: string): void;
    runStream(request: {
      scriptPath: string;
      relativeUri: string;
      method: string;
      headers: Record<string, string>;
      body?: Uint8Array;
      $_SERVER: Record<string, string>;
    }): Promise<{
      headers: Promise<Record<string, string[]>>;
      httpStatusCode: Promise<number>;
      stdout: ReadableStream<Uint8Array>;
      exitCode: Promise<number>;
    }>;
  }

  export function loadPHPRuntime(
    loader: { dependencyFilename: string },
    options: Record<string, unknown>,
  ): Promise<number>;
}

declare module '@php-wasm/node-8-3' {
  export function getPHPLoaderModule(): Promise<{ dependencyFilename: string }>;
}
