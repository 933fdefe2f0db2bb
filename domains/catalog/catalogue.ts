import type { Edition } from './edition.ts';

/** A text in every language that the platform speaks. */
export type Localised = { readonly ru: string; readonly en: string };

/** What a seller sells in several sizes: Reseller Hosting Linux. The id is a readable key. */
export type Product = {
  readonly id: string;
  /** The seller that delivers it; sellers below it only set prices. */
  readonly sellerId: string;
  readonly kind: string;
  readonly os: 'linux' | 'windows';
  readonly name: Localised;
  readonly description: Localised;
  /** The extension that delivers it (hosting's server module). */
  readonly serverModule: string;
  readonly sort: number;
  /** From this local date on nobody buys it new; renewals go on. */
  readonly retiredOn: Temporal.PlainDate | null;
};

/** One size of a product. */
export type Plan = {
  readonly id: string;
  readonly productId: string;
  readonly name: Localised;
  readonly limits: PlanLimits;
  readonly sort: number;
};

/** What the plan gives; the server module enforces it. */
export type PlanLimits = {
  readonly accounts: number;
  readonly diskMb: number;
  readonly trafficGb: number;
  readonly databases: number;
  readonly mailboxes: number;
  /** Memory one hosted account may use. */
  readonly memoryMb: number;
};

/** What comes with a plan or is bought to it: a licence, an address, a block, protection. */
export type Component = {
  readonly id: string;
  readonly sellerId: string;
  readonly kind: 'licence' | 'address' | 'capacity' | 'protection';
  readonly name: Localised;
  readonly description: Localised;
  /** False: removing it credits nothing, whenever and however it happens (rule 8). */
  readonly refundable: boolean;
  /** True: deleting it is immediate and final (rule 8). */
  readonly irrevocable: boolean;
  /** How many one subscription may hold. */
  readonly quantityMax: number;
  /** What one piece adds to the plan's limits: a cPanel block gives `{ accounts: 10 }`. */
  readonly provides: Partial<PlanLimits>;
  /** Whom a licence is bought from; null for what we deliver ourselves. */
  readonly supplier: { readonly id: string; readonly product: string } | null;
  readonly sort: number;
};

/**
 * All that prices and inclusions of one seller's shop are decided by: the products of the sellers
 * above it (and its own), and the published editions of every seller of the chain.
 */
export type Catalogue = {
  readonly products: readonly Product[];
  readonly plans: readonly Plan[];
  readonly components: readonly Component[];
  readonly editions: readonly Edition[];
};

export function findPlan(catalogue: Catalogue, planId: string): Plan | null {
  return catalogue.plans.find((plan) => plan.id === planId) ?? null;
}

export function findProduct(catalogue: Catalogue, productId: string): Product | null {
  return catalogue.products.find((product) => product.id === productId) ?? null;
}

export function findComponent(catalogue: Catalogue, componentId: string): Component | null {
  return catalogue.components.find((component) => component.id === componentId) ?? null;
}
