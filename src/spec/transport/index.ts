import { WS_UPGRADE } from './ws-upgrade.ts';
import { WS_SUBPROTOCOL } from './ws-subprotocol.ts';
import { WS_EXTENSIONS } from './ws-extensions.ts';
import { WS_FRAMING } from './ws-framing.ts';
import { WS_CONTROL } from './ws-control.ts';
import { WS_CLOSE } from './ws-close.ts';
import { TLS_HANDSHAKE } from './tls-handshake.ts';
import { TLS_CONNECTION } from './tls-connection.ts';
import { CERT_TRUST } from './cert-trust.ts';
import { CERT_FORM } from './cert-form.ts';
import { CERT_IDENTITY } from './cert-identity.ts';

/** WebSocket, TLS and client certificates, by key. */
export const TRANSPORT = {
  ...WS_UPGRADE,
  ...WS_SUBPROTOCOL,
  ...WS_EXTENSIONS,
  ...WS_FRAMING,
  ...WS_CONTROL,
  ...WS_CLOSE,
  ...TLS_HANDSHAKE,
  ...TLS_CONNECTION,
  ...CERT_TRUST,
  ...CERT_FORM,
  ...CERT_IDENTITY,
} as const;
