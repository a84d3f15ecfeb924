/** All snippets, brokers first. */
import { ARTEMIS } from './artemis.ts';
import { EJABBERD } from './ejabberd.ts';
import { EMQX } from './emqx.ts';
import { HAPROXY } from './haproxy.ts';
import { HIVEMQ } from './hivemq.ts';
import { MOSQUITTO } from './mosquitto.ts';
import { NANOMQ } from './nanomq.ts';
import { NGINX } from './nginx.ts';
import { RABBITMQ } from './rabbitmq.ts';
import type { TlsSnippet } from './snippet.ts';
import { TBMQ } from './tbmq.ts';
import { VERNEMQ } from './vernemq.ts';

export type { TlsPlaces, TlsPorts, TlsSnippet } from './snippet.ts';

export const SNIPPETS: readonly TlsSnippet[] = [
  MOSQUITTO,
  EMQX,
  HIVEMQ,
  RABBITMQ,
  TBMQ,
  NANOMQ,
  VERNEMQ,
  EJABBERD,
  ARTEMIS,
  NGINX,
  HAPROXY,
];
