/** A behaviour that the standards allow and that no case may report. */
export interface Variant {
  /** What the broker does differently, as a sentence whose subject is the broker. */
  readonly title: string;
  /** The habit of real brokers that it stands for; absent where it is our own idea. */
  readonly habit?: `V-${string}`;
}

/** All variants by name. `src/broker/variants` says how each is done, and does not compile without one of them. */
export const VARIANTS = {
  'byte-per-frame': { title: 'sends each byte in a frame of its own', habit: 'V-B01' },
  'packets-joined': { title: 'sends many packets in one frame', habit: 'V-B02' },
  'connack-with-101': { title: 'sends CONNACK in the same segment as the 101', habit: 'V-B03' },
  'puback-no-matching-subscribers': { title: 'acknowledges with code 0x10 where nobody subscribed', habit: 'V-B05' },
  'forwards-at-pubrel': { title: 'delivers a QoS 2 message when PUBREL comes, not before', habit: 'V-B06' },
  'copy-per-subscription': { title: 'sends one copy for each overlapping subscription', habit: 'V-B07' },
  'close-code-1000': { title: 'closes with code 1000 after an MQTT error', habit: 'V-B11' },
  'close-code-1008': { title: 'closes with code 1008 after an MQTT error', habit: 'V-B11' },
  'bare-fin-on-error': { title: 'ends TCP without a Close frame after an MQTT error', habit: 'V-B11' },
  'slow-suback': { title: 'takes 500 ms to answer SUBSCRIBE and UNSUBSCRIBE', habit: 'V-B13' },
  'server-keep-alive': { title: 'sets a keep-alive of 10 seconds itself', habit: 'V-B14' },
  'packet-ids-from-high': { title: 'begins its packet identifiers just below 65,535', habit: 'V-B18' },
  'pong-for-last-ping': { title: 'answers only the last of several Pings', habit: 'V-B21' },
  'bare-close-on-bad-connect': { title: 'refuses a malformed CONNECT without CONNACK', habit: 'V-B22' },
  'packet-per-frame': { title: 'sends each packet in a frame of its own' },
  'fragmented-messages': { title: 'sends its messages in fragments' },
  'drops-early-frames': { title: 'drops what comes in one segment with the upgrade request' },
  'close-code-1003': { title: 'closes with code 1003 after an MQTT error', habit: 'V-B11' },
  'close-without-code': { title: 'closes without a code after an MQTT error', habit: 'V-B11' },
  'sends-pings': { title: 'sends Pings of its own' },
  'refuses-version-with-400': { title: 'refuses another WebSocket version by 400 instead of 426', habit: 'V-B27' },
  'deflate-negotiated': { title: 'agrees to permessage-deflate when it is offered', habit: 'V-B04' },
  'serves-repeated-subprotocol': { title: 'serves a client that offers mqtt twice', habit: 'V-B20' },
  'serves-without-subprotocol': { title: 'serves clients that do not offer mqtt' },
  'silent-without-subprotocol': { title: 'admits clients that do not offer mqtt, and never answers them' },
  'selects-mqttv3.1': { title: 'selects mqttv3.1 where only that was offered', habit: 'V-B16' },
  'mqtt-without-upgrade': { title: 'serves MQTT without upgrade on the WebSocket port too', habit: 'V-B23' },
  'reads-bare-lf': { title: 'accepts lines of a request that end in LF alone' },
  'unfolds-headers': { title: 'accepts folded header lines' },
} as const satisfies Readonly<Record<string, Variant>>;

export type VariantName = keyof typeof VARIANTS;
