import { PACKET_FORMAT } from './2-packet-format.ts';
import { CONNECT } from './3.1-connect.ts';
import { CONNACK } from './3.2-connack.ts';
import { PUBLISH } from './3.3-publish.ts';
import { ACKNOWLEDGEMENTS } from './3.4-acknowledgements.ts';
import { SUBSCRIPTIONS } from './3.8-subscriptions.ts';
import { PING_DISCONNECT } from './3.12-ping-disconnect.ts';
import { DELIVERY } from './4.1-delivery.ts';
import { TOPICS } from './4.7-topics.ts';
import { ERRORS } from './4.8-errors.ts';
import { MQTT_OVER_WEBSOCKET } from './6-transport.ts';

/** All numbered statements of MQTT 3.1.1, in the order of the standard. */
export const STATEMENTS_311 = {
  ...PACKET_FORMAT,
  ...CONNECT,
  ...CONNACK,
  ...PUBLISH,
  ...ACKNOWLEDGEMENTS,
  ...SUBSCRIPTIONS,
  ...PING_DISCONNECT,
  ...DELIVERY,
  ...TOPICS,
  ...ERRORS,
  ...MQTT_OVER_WEBSOCKET,
} as const;
