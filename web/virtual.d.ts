declare module 'virtual:api-contract' {
  import type { AnyContractRouter } from '@orpc/contract';

  /** `apiContract` without its schemas: methods and paths, all that a caller needs. */
  const contract: AnyContractRouter;
  export default contract;
}
