/** `TIMES=100 npm test -- exact` tries a hundred times as much. */
const times = Number(process.env['TIMES'] ?? 1);

/** How often a property is tried: a thousand times, and more by hand. */
export const RUNS = { numRuns: 1000 * times };
