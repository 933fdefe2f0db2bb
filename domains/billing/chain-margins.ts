/** One level of a sale: who sells, and the net amount it charges the level below. */
export type ChainLevel = { sellerId: string; netMinor: bigint };

/**
 * What each level keeps: its selling price less what its parent charges it; the operator, at the
 * root, keeps all it charges. The margins sum to the price the client pays.
 */
export function chainMargins(levels: readonly ChainLevel[]): ChainLevel[] {
  return levels.map(({ sellerId, netMinor }, index) => ({
    sellerId,
    netMinor: netMinor - (levels[index - 1]?.netMinor ?? 0n),
  }));
}
