import { addItem } from './elements.ts';
import { dropTo, popValue, topFrame, type Machine } from './machine.ts';
import { reduceAll } from './operators.ts';
import { plain } from './value.ts';

/** An operand where an operator should be starts a new statement. */
export function startOperand(machine: Machine): void {
  if (!machine.expectsOperand) endStatement(machine);
}

export function endStatement(machine: Machine): void {
  reduceAll(machine);
  const frame = topFrame(machine);
  dropTo(machine.values, frame.valuesBase);
  frame.ternaries = 0;
  machine.expectsOperand = true;
}

/** A comma ends an argument or element; elsewhere a statement (`echo $a, $b`). */
export function endPart(machine: Machine): void {
  const frame = topFrame(machine);
  if (frame.kind === 'call' || frame.kind === 'list') {
    reduceAll(machine);
    const value = machine.expectsOperand ? plain(0) : popValue(machine);
    if (frame.kind === 'list') addItem(frame, value);
    else if (frame.parts.length < 4096) frame.parts.push(value);
  }
  endStatement(machine);
}

/** `key =>` of a list's element. */
export function endKey(machine: Machine): void {
  reduceAll(machine);
  const frame = topFrame(machine);
  const key = machine.expectsOperand ? plain(0) : popValue(machine);
  if (frame.kind === 'list') frame.pendingKey = key.text;
  machine.expectsOperand = true;
}
