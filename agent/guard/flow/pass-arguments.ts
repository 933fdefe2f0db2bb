import type { Machine, UserFunction } from './machine.ts';
import { allTaint, MOVING, plain, type Value } from './value.ts';

/** What a call passes is what the function's parameters hold in the next pass over its body. */
export function passArguments(machine: Machine, known: UserFunction, args: readonly Value[]): void {
  known.called = true;
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] as Value;
    const before = known.passed[at];
    const taint = (before?.taint ?? 0) | allTaint(arg);
    const moved = (taint & ~(before?.taint ?? 0) & MOVING) !== 0;
    if (known.walked && moved) machine.changed = true;
    const text = before && before.text !== arg.text ? null : arg.text;
    if (known.walked && text !== null && text !== before?.text) known.texts = true;
    if (before && before.taint === taint && before.text === text) continue;
    const passed = plain(taint);
    passed.text = text;
    known.passed[at] = passed;
  }
}
