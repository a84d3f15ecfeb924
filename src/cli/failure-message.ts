/** What a command says when it cannot do what was asked. */
import { UntestableError, UsageError } from '#app';
import { type Paint, visible } from '#term';
import { EXIT } from './exit-codes.ts';

export interface Failure {
  readonly exitCode: number;
  readonly text: string;
}

export function describeFailure(error: unknown, paint: Paint, debug: boolean): Failure {
  const expected = error instanceof UsageError || error instanceof UntestableError;
  const message = error instanceof Error ? error.message : String(error);
  const lines = [`${paint.red('mqttspec:')} ${expected ? '' : 'internal error: '}${visible(message)}`];
  if (expected && error.hint !== undefined) lines.push(...error.hint.split('\n').map((line) => `  ${visible(line)}`));
  if (!expected && !debug) lines.push('  this is a bug of mqttspec; --debug shows where it happened');
  if (debug && error instanceof Error && error.stack !== undefined) lines.push(error.stack);
  const exitCode =
    error instanceof UsageError ? EXIT.wrongUse : error instanceof UntestableError ? EXIT.notTestable : EXIT.ourError;
  return { exitCode, text: paint.finish(`${lines.join('\n')}\n`) };
}
