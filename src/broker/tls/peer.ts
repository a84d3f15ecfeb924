/** What TLS has found out about a client before its first octet of HTTP or MQTT. */
export interface Peer {
  /** Who it is; `null`: nobody whom the broker knows, so that CONNECT is refused. Absent: CONNECT says it. */
  readonly identity?: string | null;
  /** The user name of CONNECT is believed where there is one: no broker may do that (`tls/identity/never-wrong`). */
  readonly believesUserName?: true;
  /** Topics below `below/<user>/` may be published to by this user only; `asFilter`: wildcards in a name count, which no broker may allow. */
  readonly own?: { readonly below: string; readonly asFilter?: true };
  /** It was refused, and is told so above TLS: by HTTP 400 (over TCP: the end), by CONNACK, or never. */
  readonly refused?: 'http-400' | 'connack' | 'silent';
}
