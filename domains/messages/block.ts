/** What a mail is made of. Plain text everywhere: whatever a person typed is shown, never run. */
export type Block =
  | { kind: 'heading'; text: string }
  | { kind: 'text'; text: string }
  | { kind: 'button'; label: string; url: string }
  /** `alignRight`: the columns that hold amounts. */
  | { kind: 'table'; head: string[]; rows: string[][]; alignRight?: number[] }
  | { kind: 'facts'; rows: [string, string][] };
