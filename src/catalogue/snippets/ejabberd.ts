import { lines, quoted, shell, type TlsSnippet } from './snippet.ts';

export const EJABBERD: TlsSnippet = {
  name: 'ejabberd',
  title: 'ejabberd',
  path: '/mqtt',
  files: ({ ca, bundle, ports }) => [
    {
      path: 'ejabberd.yml',
      content: lines(
        'hosts: [localhost]',
        `certfiles: [${quoted(bundle)}]`,
        `ca_file: ${quoted(ca)}`,
        'auth_method: [anonymous]',
        'allow_multiple_connections: true',
        'anonymous_protocol: login_anon',
        'listen:',
        '  - port: ' + String(ports.mqtts),
        '    ip: "127.0.0.1"',
        '    module: mod_mqtt',
        '    tls: true',
        '    tls_verify: true',
        '  - port: ' + String(ports.wss),
        '    ip: "127.0.0.1"',
        '    module: ejabberd_http',
        '    tls: true',
        '    request_handlers:',
        '      /mqtt: mod_mqtt',
        'modules:',
        '  mod_mqtt: {}',
      ),
    },
  ],
  start: ({ folder }) => [`ejabberdctl --config ${shell(`${folder}/ejabberd.yml`)} foreground`],
  crl: 'none',
  notes: [
    'Only its TCP listener asks for client certificates: ejabberd_http never does (read in its source), so require them over WebSocket with nginx or HAProxy in front.',
    'It takes no revocation lists: don’t declare crl.',
  ],
};
