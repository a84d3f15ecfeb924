/** All faults of the WebSocket chapter. */
import { CONTROL } from './control.ts';
import { DEFLATE } from './deflate.ts';
import { FRAMING } from './framing.ts';
import { UPGRADE } from './upgrade.ts';

export const WEBSOCKET = { ...UPGRADE, ...FRAMING, ...CONTROL, ...DEFLATE } as const;
