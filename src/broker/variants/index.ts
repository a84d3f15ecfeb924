/** How each variant is done; does not compile without one of them. */
import type { VariantName } from '#spec';
import type { Alteration } from '../alteration.ts';
import { MQTT } from './mqtt.ts';
import { TLS } from './tls.ts';
import { TLS_WIRE } from './tls-wire.ts';
import { WEBSOCKET } from './websocket.ts';

/** Those that show over TLS only. */
export const TLS_VARIANT_NAMES = Object.keys({ ...TLS_WIRE, ...TLS }) as VariantName[];

export const VARIANT_ALTERATIONS: Readonly<Record<VariantName, Alteration>> = {
  ...WEBSOCKET,
  ...MQTT,
  ...TLS_WIRE,
  ...TLS,
} satisfies Record<VariantName, Alteration>;
