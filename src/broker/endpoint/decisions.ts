import { decision } from '../decision.ts';

/** The choices of the WebSocket layer. */
export const ENDPOINT_DECISIONS = {
  'ws.pong': decision([true, false], ['ws/ping/last-answered'], 'whether a Ping is answered'),
} as const;
