import { implement, ORPCError } from '@orpc/server';
import type { AnyContractProcedure, AnyContractRouter } from '@orpc/contract';
import type { InferSchemaInput, InferSchemaOutput } from '@orpc/contract';
import { Refusal } from '#kit/refusal.ts';
import type { Ctx, Outside } from '../context.ts';
import { admit, carryOutOperation } from './carry-out.ts';
import type { HttpContext } from './http-context.ts';
import { noteOperation } from './metrics.ts';
import type { OperationMeta } from './operation.ts';
import { refusalStatus } from './refusal-status.ts';

type InputOf<P extends AnyContractProcedure> = InferSchemaOutput<
  NonNullable<P['~orpc']['inputSchema']>
>;
type OutputOf<P extends AnyContractProcedure> = InferSchemaInput<
  NonNullable<P['~orpc']['outputSchema']>
>;

/**
 * The function behind an operation. It gets a transaction (`Ctx`) or, when the contract says
 * `transaction: 'own'`, the means to open its own (`Outside`). One parameter type serves both:
 * a handler declares the one it needs.
 */
export type Handler<P extends AnyContractProcedure> =
  | ((ctx: Ctx, input: InputOf<P>) => Promise<OutputOf<P>>)
  | OutsideHandler<P>;

type OutsideHandler<P extends AnyContractProcedure> = {
  outside: (outside: Outside, input: InputOf<P>, http: HttpContext) => Promise<OutputOf<P>>;
};

export type Handlers<C extends AnyContractRouter> = C extends AnyContractProcedure
  ? Handler<C>
  : { [K in keyof C]: C[K] extends AnyContractRouter ? Handlers<C[K]> : never };

/** Binds a domain's contract to its operations; a missing one is a type error. */
export function serve<C extends AnyContractRouter>(contract: C, handlers: Handlers<C>): unknown {
  if (isProcedure(contract)) return serveOne(contract, handlers as AnyHandler);
  return Object.fromEntries(
    Object.entries(contract).map(([name, child]) => [
      name,
      serve(child as AnyContractRouter, (handlers as Record<string, never>)[name] as never),
    ]),
  );
}

type AnyHandler =
  | ((ctx: Ctx, input: unknown) => Promise<unknown>)
  | { outside: (outside: Outside, input: unknown, http: HttpContext) => Promise<unknown> };

function isProcedure(contract: AnyContractRouter): contract is AnyContractProcedure {
  return '~orpc' in contract;
}

function serveOne(contract: AnyContractProcedure, handler: AnyHandler): unknown {
  const meta = contract['~orpc'].meta as OperationMeta;
  const run = typeof handler === 'function' ? { inside: handler } : { outside: handler.outside };
  return implement(contract, { initialInputValidationIndex: 1 })
    .$context<{ http: HttpContext }>()
    .use(async ({ context, path, next }) => {
      const startedMs = performance.now();
      const name = path.join('.');
      try {
        await admit(context.http, name, meta);
        const output = await next();
        noteOperation(name, 'ok', startedMs);
        return output;
      } catch (error) {
        noteOperation(name, outcomeOf(error), startedMs);
        if (error instanceof Refusal) throw toProblem(error);
        throw error;
      }
    })
    .handler(async ({ input, context, path }) => {
      const name = path.join('.');
      return (await carryOutOperation({ http: context.http, name, meta, input, run })) as never;
    });
}

/** What the metrics call it: a refusal's code, or `failed` for a defect. */
function outcomeOf(error: unknown): string {
  if (error instanceof Refusal) return error.code;
  return error instanceof ORPCError && error.status < 500 ? 'input-invalid' : 'failed';
}

/** A refusal on its way out: the code is the machine's word, the client's texts are the people's. */
export function toProblem(refusal: Refusal): ORPCError<string, unknown> {
  return new ORPCError(refusal.code, {
    status: refusalStatus(refusal.code),
    message: refusal.code,
    data: { field: refusal.field, params: refusal.params },
  });
}
