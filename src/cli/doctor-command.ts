import { doctor, type DoctorPart } from '#app';
import { type Paint, padRight, visible } from '#term';
import { EXIT } from './exit-codes.ts';
import type { Action } from './program.ts';
import type { Terminal } from './terminal.ts';

export function doctorCommand(terminal: Terminal): Action<'doctor'> {
  return async (_args, { json }) => {
    const parts = await doctor();
    terminal.out(json ? `${JSON.stringify(parts, null, 2)}\n` : renderParts(parts, terminal.outPaint()));
    // It informs: what is missing here is no failure.
    return EXIT.done;
  };
}

function renderParts(parts: readonly DoctorPart[], paint: Paint): string {
  const width = Math.max(...parts.map(({ title }) => title.length));
  const lines = parts.flatMap(({ title, found, required, purpose, detail, install }) => {
    const verdict = found ? 'pass' : required ? 'fail' : 'skip';
    const words = found ? (detail ?? 'found') : required ? `${detail ?? ''} is too old` : missingWords(detail);
    const head = ` ${paint.verdict(verdict, paint.mark(verdict))} ${padRight(title, width)}  ${words}`;
    const why = found ? [] : [`for     ${purpose}`, `get it  ${install ?? ''}`];
    return [head, ...why.map((line) => `     ${paint.dim(line)}`)];
  });
  return paint.finish([...lines, '', conclusion(parts), ''].join('\n'));
}

const missingWords = (why: string | undefined): string => (why === undefined ? 'missing' : `missing: ${visible(why)}`);

function conclusion(parts: readonly DoctorPart[]): string {
  const missing = parts.filter(({ found }) => !found);
  if (missing.some(({ required }) => required)) return 'mqttspec does not run here before that is repaired';
  if (missing.length === 0) return 'nothing is missing';
  return `mqttspec runs here; what is missing (${missing.length}) is needed only for what stands beside it`;
}
