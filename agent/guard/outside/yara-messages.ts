export type ToYara =
  | { kind: 'setup'; uid: number | null; rules: { name: string; text: string }[] }
  | { kind: 'scan'; id: number; content: Uint8Array };

export type FromYara =
  /** `refused`: files whose rules do not compile, with the reason of the first. */
  | { kind: 'ready'; files: number; refused: string[]; words: string | null }
  | { kind: 'missing' }
  | { kind: 'scanned'; id: number; names: string[] };
