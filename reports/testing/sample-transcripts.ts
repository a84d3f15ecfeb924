/** Wires of sample runs: real packets from the codec, between a harness and a broker that do not exist. */
import type { MqttVersion } from '#spec';
import {
  encode,
  encodeBase64,
  describe,
  encodeUtf8,
  type Direction,
  type Layer,
  type Packet,
  type Transcript,
  type TranscriptEntry,
} from '#wire';

export const HEAD = [
  'GET /mqtt HTTP/1.1',
  'Host: localhost:9001',
  'Upgrade: websocket',
  'Connection: Upgrade',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Protocol: mqtt',
  '',
  '',
].join('\r\n');

const ANSWER =
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: mqtt\r\n\r\n';

export class TranscriptBuilder {
  readonly #entries: TranscriptEntry[] = [];
  readonly #version: MqttVersion;
  #at = 0;

  constructor(version: MqttVersion) {
    this.#version = version;
  }

  wait(ms: number): this {
    this.#at += ms;
    return this;
  }

  packet(direction: 'out' | 'in', packet: Packet, connection = 1, extra: Partial<TranscriptEntry> = {}): this {
    const bytes = encode(packet, this.#version);
    return this.unit(
      direction,
      'mqtt',
      describe(packet, this.#version),
      { bytes: encodeBase64(bytes), size: bytes.length, ...extra },
      connection,
    );
  }

  bytes(
    direction: Direction,
    layer: Layer,
    summary: string,
    bytes: Uint8Array,
    extra: Partial<TranscriptEntry> = {},
    connection = 1,
  ): this {
    return this.unit(
      direction,
      layer,
      summary,
      { bytes: encodeBase64(bytes), size: bytes.length, ...extra },
      connection,
    );
  }

  unit(
    direction: Direction,
    layer: Layer,
    summary: string,
    extra: Partial<TranscriptEntry> = {},
    connection = 1,
  ): this {
    this.#at += 0.27;
    this.#entries.push({ at: this.#at, connection, direction, layer, summary, ...extra });
    return this;
  }

  upgrade(connection = 1): this {
    return this.bytes('out', 'http', 'GET /mqtt HTTP/1.1', encodeUtf8(HEAD), {}, connection).bytes(
      'in',
      'http',
      'HTTP/1.1 101 Switching Protocols',
      encodeUtf8(ANSWER),
      {},
      connection,
    );
  }

  connected(clientId: string, connection = 1): this {
    const level = this.#version === '5.0' ? 5 : 4;
    const properties =
      this.#version === '5.0' ? { properties: { receiveMaximum: 20, userProperties: [['ort', 'Köln 🌍']] } } : {};
    const connect = {
      type: 'CONNECT',
      protocolName: 'MQTT',
      protocolLevel: level,
      cleanStart: true,
      keepAlive: 60,
      clientId,
      username: 'harness',
      password: encodeUtf8('******'),
      ...properties,
    };
    const connack = {
      type: 'CONNACK',
      sessionPresent: false,
      reasonCode: 0,
      ...(this.#version === '5.0' ? { properties: { topicAliasMaximum: 10, serverKeepAlive: 60 } } : {}),
    };
    return this.upgrade(connection)
      .packet('out', connect as Packet, connection)
      .packet('in', connack as Packet, connection);
  }

  build(labels: readonly string[] = ['client'], omitted = 0): Transcript {
    return {
      connections: labels.map((label, index) => ({ connection: index + 1, label })),
      entries: this.#entries,
      omitted,
    };
  }
}

export function publish(topic: string, payload: string, packetId = 1): Packet {
  return {
    type: 'PUBLISH',
    topic,
    payload: encodeUtf8(payload),
    qos: 1,
    retain: false,
    dup: false,
    packetId,
  };
}

/** CONNECT to DISCONNECT, with one message there and back. */
export function roundTrip(version: MqttVersion, seed: number): Transcript {
  const topic = `ms7f3a/${seed}/temperature`;
  const ok = { packetId: 1, reasonCode: 0 };
  return new TranscriptBuilder(version)
    .connected(`ms7f3a${seed}`)
    .packet('out', {
      type: 'SUBSCRIBE',
      packetId: 1,
      subscriptions: [{ filter: topic, qos: 1, noLocal: false, retainAsPublished: false, retainHandling: 0 }],
    })
    .packet('in', { type: 'SUBACK', packetId: 1, reasonCodes: [1] })
    .packet('out', publish(topic, `21.${seed} °C`))
    .packet('in', { type: 'PUBACK', ...ok })
    .packet('in', publish(topic, `21.${seed} °C`))
    .packet('out', { type: 'PUBACK', ...ok })
    .packet('out', { type: 'DISCONNECT', reasonCode: 0 })
    .unit('in', 'tcp', 'FIN')
    .build();
}
