export const NODE_STATES = ['open', 'closed'] as const;
export type NodeState = (typeof NODE_STATES)[number];

/** A server that takes packages. A closed one keeps what it has and takes nothing new. */
export type Node = {
  readonly id: string;
  readonly sellerId: string;
  readonly name: string;
  /** The server module that speaks to it. */
  readonly moduleId: string;
  /** As the module's settings schema has them; with passwords, so never on the wire. */
  readonly settings: unknown;
  readonly state: NodeState;
  /** How many packages it may hold. */
  readonly capacity: number;
  readonly createdAt: Temporal.Instant;
};

export type NodeLoad = { readonly node: Node; readonly packages: number };

/** The node for a new package: of those with room the one with most of it left, by share. */
export function chooseNode(loads: readonly NodeLoad[]): Node | null {
  const withRoom = loads.filter(
    ({ node, packages }) => node.state === 'open' && packages < node.capacity,
  );
  const [best] = withRoom.toSorted((a, b) => share(a) - share(b) || order(a.node.id, b.node.id));
  return best?.node ?? null;
}

function share({ node, packages }: NodeLoad): number {
  return packages / node.capacity;
}

function order(a: string, b: string): number {
  return a < b ? -1 : 1;
}
