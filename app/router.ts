/** The operations behind the contract, domain by domain. */
export const apiRouter = {};
