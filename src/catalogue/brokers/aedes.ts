import type { BrokerEntry, Doors } from '../entry.ts';

const main = ({ ws, tcp }: Doors, aedes: string, webSocket: string): string => `
import { createServer } from 'node:net';
import { createServer as createHttp } from 'node:http';
import { createRequire } from 'node:module';
const require = createRequire('${aedes}/package.json');
const { Aedes } = require('aedes');
const { WebSocketServer, createWebSocketStream } = createRequire('${webSocket}/package.json')('ws');
const aedes = await Aedes.createBroker();
// What asks for no upgrade is answered by nobody else.
const http = createHttp((request, response) => response.writeHead(426, { Upgrade: 'websocket' }).end());
new WebSocketServer({ server: http, handleProtocols: (offered) => (offered.has('mqtt') ? 'mqtt' : false) })
  .on('connection', (socket, request) => aedes.handle(createWebSocketStream(socket), request));
createServer(aedes.handle).listen(${tcp}, '127.0.0.1');
http.listen(${ws}, '127.0.0.1');
`;

export const AEDES: BrokerEntry = {
  name: 'aedes',
  title: 'Aedes behind ws',
  versions: ['3.1.1'],
  path: '/mqtt',
  quirks: ['Its WebSocket side is the npm package ws, as its documentation shows it.'],
  local: {
    install: 'npm install aedes ws',
    startupMs: 10_000,
    prepare: ({ ports, npmPackage }) => {
      const aedes = npmPackage('aedes');
      const webSocket = npmPackage('ws');
      if (aedes === undefined || webSocket === undefined) return undefined;
      const content = main(ports, aedes, webSocket);
      return { files: [{ path: 'main.mjs', content }], command: process.execPath, args: ['main.mjs'] };
    },
  },
};
