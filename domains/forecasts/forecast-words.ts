/** `change`: what an edition changes. `simulation`: the whole base runs ahead as it is. */
export const FORECAST_KINDS = ['change', 'simulation'] as const;
export type ForecastKind = (typeof FORECAST_KINDS)[number];

export const FORECAST_STATES = ['running', 'done'] as const;
export type ForecastState = (typeof FORECAST_STATES)[number];

/** Who pays in a simulation: every bill at once, or only what today's balances cover. */
export const PAYERS = ['everyone', 'balances'] as const;
export type Payers = (typeof PAYERS)[number];

/**
 * What a change does to one who pays, at the first boundary where it does anything. `loses`: a
 * component goes and the price does not rise; `ends`: cannot be renewed any more; `returns`: could
 * not be renewed and can again; `other`: something else of the lines.
 */
export const EFFECTS = ['dearer', 'cheaper', 'loses', 'ends', 'returns', 'other'] as const;
export type Effect = (typeof EFFECTS)[number];

/** Who pays: the package's client, or the seller below for what it buys from the one above. */
export const PAYER_KINDS = ['client', 'seller'] as const;
export type PayerKind = (typeof PAYER_KINDS)[number];

/**
 * Where the notice of what gets worse stands. `late`: it comes too late for the first boundary the
 * change would reach, so that one keeps the old terms.
 */
export const TELLINGS = ['not-needed', 'told', 'to-tell', 'late'] as const;
export type Telling = (typeof TELLINGS)[number];

export const HORIZON_MONTHS_MAX = 36;
