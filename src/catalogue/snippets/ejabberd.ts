import { HAPROXY } from './haproxy.ts';
import { lines, shell, type TlsSnippet } from './snippet.ts';

/** Its own TLS can't require a certificate; what stands in front of it can. */
export const EJABBERD: TlsSnippet = {
  name: 'ejabberd',
  title: 'ejabberd with HAProxy in front',
  path: '/mqtt',
  files: (places) => [
    {
      path: 'ejabberd.yml',
      content: lines(
        'hosts: [localhost]',
        'auth_method: [anonymous]',
        'anonymous_protocol: login_anon',
        'allow_multiple_connections: true',
        'listen:',
        `  - port: ${places.ports.tcp}`,
        '    ip: "127.0.0.1"',
        '    module: mod_mqtt',
        `  - port: ${places.ports.ws}`,
        '    ip: "127.0.0.1"',
        '    module: ejabberd_http',
        '    request_handlers:',
        '      /mqtt: mod_mqtt',
        'modules:',
        '  mod_mqtt: {}',
      ),
    },
    ...HAPROXY.files(places),
  ],
  start: ({ folder }) => [
    `ejabberdctl --config ${shell(`${folder}/ejabberd.yml`)} start`,
    `haproxy -f ${shell(`${folder}/haproxy.cfg`)}`,
  ],
  crl: 'both',
  notes: [
    'Its own listeners don’t require certificates: with tls_verify, whoever sends a user name gets in without one, and who sends none needs a certificate with an XMPP address; its HTTP listener never asks for any (seen with 23.01).',
    'It wants a user name with a host, as --username alice@localhost.',
  ],
  proved: 'ejabberd 23.01 and HAProxy 2.6.12 (Debian 12), revocation lists of the whole path too',
};
