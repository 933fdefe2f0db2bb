import { setPasswordCost } from '#domains/identity/password-hash.ts';

/** A hash at its real cost takes 30 ms of a core, and tests sign in thousands of times. */
export const CHEAP = { memory: 8, passes: 1, parallelism: 1 };

setPasswordCost(CHEAP);
