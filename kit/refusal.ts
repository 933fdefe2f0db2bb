/** What a refusal may tell besides its code: the field at fault and figures for its words. */
export type RefusalDetail = {
  /** Dotted path of the input field the words belong beside. */
  field?: string;
  /** Values that the translated words mention; plain JSON, no secrets. */
  params?: Record<string, string | number | boolean | null>;
};

/**
 * A named "no" that the caller can act on: bad input, a state that forbids, too little money.
 * It is thrown so that the transaction around it rolls back whole; the HTTP layer turns it into a
 * problem document. Anything else that is thrown is a defect.
 */
export class Refusal extends Error {
  readonly code: string;
  readonly field: string | undefined;
  readonly params: Record<string, string | number | boolean | null>;

  constructor(code: string, detail: RefusalDetail = {}) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.field = detail.field;
    this.params = detail.params ?? {};
  }
}

/** Refuses with a kebab-case code that the operation's contract declares. */
export function refuse(code: string, detail?: RefusalDetail): never {
  throw new Refusal(code, detail);
}
