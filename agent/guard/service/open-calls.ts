import type { FromGuard, ToGuard } from './guard-messages.ts';

interface Open {
  message: ToGuard;
  settle: (value: unknown) => void;
  fail: (error: Error) => void;
}

/** Calls that wait for an answer. A guard that started afresh is asked them again. */
export function openCalls() {
  const open = new Map<number, Open>();
  let number = 0;

  return {
    messages: () => [...open.values()].map(({ message }) => message),
    ask(
      name: Extract<ToGuard, { kind: 'call' }>['name'],
      input: unknown,
      withinMs: number,
      send: (message: ToGuard) => void,
    ): Promise<unknown> {
      number += 1;
      const id = number;
      const message: ToGuard = { kind: 'call', id, name, input };
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      const timer = setTimeout(() => {
        open.delete(id);
        reject(new Error(`the guard gave no answer to ${name}`));
      }, withinMs);
      const settle = (value: unknown) => {
        clearTimeout(timer);
        resolve(value);
      };
      const fail = (error: Error) => {
        clearTimeout(timer);
        reject(error);
      };
      open.set(id, { message, settle, fail });
      send(message);
      return promise;
    },
    hear(message: Extract<FromGuard, { id: number | null }>): void {
      const waiting = message.id === null ? undefined : open.get(message.id);
      if (message.id !== null) open.delete(message.id);
      if (message.kind === 'answered') waiting?.settle(message.value);
      else waiting?.fail(new Error('the guard failed'));
    },
    failAll(): void {
      for (const { fail } of open.values()) fail(new Error('the guard was stopped'));
      open.clear();
    },
  };
}
