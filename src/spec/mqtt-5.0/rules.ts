import { PACKET_FORMAT_RULES } from './rules-1-2.ts';
import { CONNECT_RULES } from './rules-3.1-connect.ts';
import { CONNACK_RULES } from './rules-3.2-connack.ts';
import { PUBLISH_RULES } from './rules-3.3-publish.ts';
import { OTHER_PACKET_RULES } from './rules-3.4-to-3.15.ts';
import { OPERATION_RULES } from './rules-4-operation.ts';

/** What MQTT 5.0 demands without a number. The number in the key counts within the section and is ours. */
export const RULES_50 = {
  ...PACKET_FORMAT_RULES,
  ...CONNECT_RULES,
  ...CONNACK_RULES,
  ...PUBLISH_RULES,
  ...OTHER_PACKET_RULES,
  ...OPERATION_RULES,
} as const;
