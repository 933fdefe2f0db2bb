import { clientContract } from './contract/client-contract.ts';
import { nodeContract } from './contract/node-contract.ts';
import { reputationContract } from './contract/reputation-contract.ts';
import { serverContract } from './contract/server-contract.ts';
import { staffContract } from './contract/staff-contract.ts';

/** How sites stand, for those who own them, and for staff who look after all of them. */
export const protectionContract = {
  ...clientContract,
  admin: {
    ...staffContract,
    nodes: nodeContract,
    servers: serverContract,
    reputation: reputationContract,
  },
};

/** Filters of the staff's lists offer these. */
export { FINDING_CLASSES, FINDING_RESPONSES, FINDING_STATES, MODES } from './protection-words.ts';
