/** Whoever started this run on the same machine may ask all virtual users to end: `MQTTSPEC_STOP` is where to listen. */
import { WebSocket } from 'k6/websockets';

/** Gives what hangs up; the line must not keep a virtual user that has ended. */
export function listenForStop(stop: () => void): () => void {
  const url = __ENV['MQTTSPEC_STOP'];
  if (url === undefined || url === '') return () => undefined;
  const line = new WebSocket(url);
  line.addEventListener('message', stop);
  // Nobody there: then nobody will ask.
  line.addEventListener('error', () => undefined);
  return () => line.close();
}
