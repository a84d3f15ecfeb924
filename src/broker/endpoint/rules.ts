import type { Rule } from '../rule.ts';

/** The checks of the WebSocket layer. */
export const ENDPOINT_RULES = {
  'ws.unmasked-frame': { binds: ['ws/frame/unmasked'], recovery: 'the payload is taken as it is' },
} as const satisfies Record<string, Rule>;
