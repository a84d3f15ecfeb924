/** All brokers that are known, by name. */
import type { BrokerEntry } from './entry.ts';
import { AEDES } from './brokers/aedes.ts';
import { EMQX } from './brokers/emqx.ts';
import { HIVEMQ } from './brokers/hivemq.ts';
import { MOCHI } from './brokers/mochi.ts';
import { MOSQUITTO } from './brokers/mosquitto.ts';
import { NANOMQ } from './brokers/nanomq.ts';
import { NATS } from './brokers/nats.ts';
import { RABBITMQ } from './brokers/rabbitmq.ts';
import { TBMQ } from './brokers/tbmq.ts';
import { VERNEMQ } from './brokers/vernemq.ts';

export const CATALOGUE: readonly BrokerEntry[] = [
  MOSQUITTO,
  EMQX,
  HIVEMQ,
  RABBITMQ,
  NANOMQ,
  VERNEMQ,
  TBMQ,
  AEDES,
  NATS,
  MOCHI,
];
