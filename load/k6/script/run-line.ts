/** The line to whoever started this run on the same machine (`MQTTSPEC_LINE`): it is told each second, and may ask to end. */
import { WebSocket } from 'k6/websockets';
import type { Told } from '../shared/told.ts';

export interface RunLine {
  tell(told: Told): void;
  /** The line must not keep a virtual user that has ended. */
  hangUp(): void;
}

const OPEN = 1;

/** Without anybody at the other end nothing is told, and nobody asks. */
export function runLine(stop: () => void): RunLine {
  const url = __ENV['MQTTSPEC_LINE'];
  if (url === undefined || url === '') return { tell: () => undefined, hangUp: () => undefined };
  const line = new WebSocket(url);
  line.addEventListener('message', stop);
  line.addEventListener('error', () => undefined);
  return {
    tell: (told) => {
      if (line.readyState === OPEN) line.send(JSON.stringify(told));
    },
    hangUp: () => line.close(),
  };
}
