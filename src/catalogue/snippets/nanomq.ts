import { lines, quoted, shell, type TlsSnippet } from './snippet.ts';

export const NANOMQ: TlsSnippet = {
  name: 'nanomq',
  title: 'NanoMQ',
  path: '/mqtt',
  files: ({ ca, cert, key, ports }) => [
    {
      path: 'nanomq.conf',
      content: lines(
        'listeners.ssl {',
        `  bind = "127.0.0.1:${ports.mqtts}"`,
        `  keyfile = ${quoted(key)}`,
        `  certfile = ${quoted(cert)}`,
        `  cacertfile = ${quoted(ca)}`,
        '  verify_peer = true',
        '  fail_if_no_peer_cert = true',
        '}',
        'listeners.wss {',
        `  bind = "127.0.0.1:${ports.wss}/mqtt"`,
        '}',
      ),
    },
  ],
  start: ({ folder }) => [`nanomq start --conf ${shell(`${folder}/nanomq.conf`)}`],
  crl: 'none',
  notes: [
    'Its WebSocket listener has no TLS options of its own: it takes those of listeners.ssl.',
    'It takes no revocation lists: don’t declare crl.',
  ],
};
