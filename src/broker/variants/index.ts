/** How each variant is done; does not compile without one of them. */
import type { VariantName } from '#spec';
import type { Alteration } from '../alteration.ts';
import { MQTT } from './mqtt.ts';
import { TLS_WIRE } from './tls-wire.ts';
import { WEBSOCKET } from './websocket.ts';

export const VARIANT_ALTERATIONS: Readonly<Record<VariantName, Alteration>> = {
  ...WEBSOCKET,
  ...MQTT,
  ...TLS_WIRE,
} satisfies Record<VariantName, Alteration>;
