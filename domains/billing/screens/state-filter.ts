export const STATE_VALUES = ['issued', 'paid', 'void', 'written-off'] as const;
export type StateValue = (typeof STATE_VALUES)[number];

/** A state out of the address; anything else filters nothing. */
export function asState(text: string | undefined): StateValue | undefined {
  return STATE_VALUES.find((value) => value === text);
}
