export type ToLink =
  | { kind: 'setup'; uid: number | null; codeFolders: string[]; centre: string; key: string }
  | { kind: 'key'; key: string }
  | { kind: 'ask'; id: number; path: string; body: string };

/** What the centre said, or that nothing came of it. */
export type LinkAnswer =
  | { kind: 'answered'; status: number; body: string }
  | { kind: 'failed'; words: string };

export type FromLink = { kind: 'ready' } | { kind: 'heard'; id: number; answer: LinkAnswer };
