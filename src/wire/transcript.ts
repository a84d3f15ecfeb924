/** What happened on the wire of one instance, once, in order: the material of every report. */
export type Layer = 'tcp' | 'tls' | 'http' | 'websocket' | 'mqtt' | 'harness';
export type Direction = 'out' | 'in' | 'note';

export interface TranscriptEntry {
  /** Milliseconds since the instance began, with fractions. */
  readonly at: number;
  /** 1, 2, …: the connection's lane; 0 for the harness itself. */
  readonly connection: number;
  readonly direction: Direction;
  readonly layer: Layer;
  /** One line: 'CONNACK 0x00 Success', 'FIN', 'deadline: waited for close'. */
  readonly summary: string;
  /** Size on the wire in bytes, before anything was cut off. */
  readonly size?: number;
  /** The bytes of this unit (packet, frame, head of HTTP), base64, at most `LIMITS.transcriptBytes`; secrets are masked. */
  readonly bytes?: string;
  /** True where `bytes` is not all. */
  readonly cut?: boolean;
  /** A rule that this unit breaks. */
  readonly violation?: { readonly requirement: string; readonly message: string; readonly offset?: number };
}

export interface Transcript {
  readonly connections: readonly { readonly connection: number; readonly label: string }[];
  readonly entries: readonly TranscriptEntry[];
  /** How many entries were left out because of the limit. */
  readonly omitted: number;
}
