/** What `types/k6-x-mqtt.d.ts` claims of `k6/x/mqtt`, each claim with the script that shows it. */

export interface Probe {
  /** What it is about: members of the declaration. */
  readonly member: string;
  /** The claim. */
  readonly claim: string;
  /** Body of a function of `(Client, url, nowhere, say)`: a broker, an address where nobody listens, and what it has to tell. */
  readonly script: string;
  /** The lines that it tells; or that the process dies of it (exit code 2), or never ends. */
  readonly shows: readonly string[] | 'dies' | 'hangs';
}

const MEMBERS =
  'connect,connectAsync,end,endAsync,on,publish,publishAsync,reconnect,reconnectAsync,subscribe,subscribeAsync,unsubscribe,unsubscribeAsync';

export const PROBES: readonly Probe[] = [
  {
    member: 'Client',
    claim: 'has these members and no others',
    script: 'const c = new Client({}); say(Object.keys(c).sort().join()); say(typeof c.connected)',
    shows: [MEMBERS, 'boolean'],
  },
  {
    member: 'ClientOptions, ConnectOptions, connect, connected, end',
    claim: 'all options are taken; connected follows',
    script: `const c = new Client({ client_id: 'probe', username: 'u', password: 'p', tags: { a: 'b' },
        will: { topic: 'w', payload: 'x', qos: 1, retain: false } });
      say(c.connected); c.connect(url, { keepalive: 5, connect_timeout: 2000, clean_session: true, tags: { a: 'b' } });
      say(c.connected); c.end({ tags: { a: 'b' } }); say(c.connected)`,
    shows: ['false', 'true', 'false'],
  },
  {
    member: 'credentials_provider',
    claim: 'is asked at connect',
    script: `const c = new Client({ credentials_provider: () => { say('asked'); return { username: 'u', password: 'p' } } });
      c.connect(url); say(c.connected); c.end()`,
    shows: ['asked', 'true'],
  },
  {
    member: 'servers',
    claim: 'are tried after the URL',
    script: 'const c = new Client(); c.connect(nowhere, { servers: [url] }); say(c.connected); c.end()',
    shows: ['true'],
  },
  {
    member: 'on, subscribe, publish, message',
    claim: 'a message comes as (string, ArrayBuffer); a Uint8Array is a payload',
    script: `const c = new Client();
      c.on('message', (topic, payload) => { say(topic, payload instanceof ArrayBuffer, new Uint8Array(payload).join()); c.end() });
      c.connect(url); c.subscribe('probe/a', { qos: 1 }); c.publish('probe/a', new Uint8Array([1, 2, 3]), { qos: 1 })`,
    shows: ['probe/a true 1,2,3'],
  },
  {
    member: 'publish',
    claim: 'a string is a payload, as UTF-8',
    script: `const c = new Client();
      c.on('message', (_, payload) => { say(new Uint8Array(payload).join()); c.end() });
      c.connect(url); c.subscribe('probe/b'); c.publish('probe/b', 'é', { retain: false })`,
    shows: ['195,169'],
  },
  {
    member: 'connect, end (events)',
    claim: 'connect comes after CONNACK, end before DISCONNECT',
    script: `const c = new Client(); c.on('end', () => say('end'));
      c.on('connect', () => { say('connect'); c.end() }); c.connect(url)`,
    shows: ['connect', 'end'],
  },
  {
    member: 'on',
    claim: 'a second listener of an event replaces the first',
    script: `const c = new Client(); c.on('message', () => say('first')); c.on('message', () => { say('second'); c.end() });
      c.connect(url); c.subscribe('probe/c'); c.publish('probe/c', 'x')`,
    shows: ['second'],
  },
  {
    member: '…Async',
    claim: 'each resolves when it is done',
    script: `const c = new Client();
      c.connectAsync(url).then(() => { say('connected', c.connected); return c.subscribeAsync('probe/d', { qos: 1 }) })
        .then(() => c.publishAsync('probe/d', 'x', { qos: 2 })).then(() => c.unsubscribeAsync('probe/d'))
        .then(() => { say('done'); return c.endAsync() }).then(() => say('ended'))`,
    shows: ['connected true', 'done', 'ended'],
  },
  ...['publishAsync("t", "x")', 'subscribeAsync("t")', 'unsubscribeAsync("t")', 'end()', 'endAsync()'].map(
    (call): Probe => ({
      member: call.replace(/\(.*/, ''),
      claim: 'throws where the client is not connected',
      script: `const c = new Client(); try { c.${call}; say('nothing') } catch (e) { say(e.message) }`,
      shows: ['not connected'],
    }),
  ),
  {
    member: 'error',
    claim: 'with a listener a failed connect returns, and connected is false; it gets name, message and method',
    script: `const c = new Client(); c.on('error', (e) => say(e.name, e.method, typeof e.message));
      c.connect(nowhere); say(c.connected); try { c.connect(0) } catch (_) { say('released') }`,
    shows: ['false', 'released', 'MQTTError connect string'],
  },
  {
    member: 'connect',
    claim: 'without an error listener a failed one throws',
    script: `const c = new Client(); try { c.connect(nowhere); say('nothing') } catch (e) { say(typeof e.message) }
      try { c.connect(0) } catch (_) { say('released') }`,
    shows: ['string', 'released'],
  },
  {
    member: 'clean_session',
    claim: 'false has no effect: the session does not stay',
    script: `const again = { clean_session: false }; const a = new Client({ client_id: 'kept' });
      a.connect(url, again); a.subscribe('probe/e', { qos: 1 }); a.end();
      const b = new Client(); b.connect(url); b.publish('probe/e', 'x', { qos: 1 }); b.end();
      const c = new Client({ client_id: 'kept' }); let came = false; c.on('message', () => { came = true });
      c.connect(url, again); setTimeout(() => { say('came', came); c.end() }, 500)`,
    shows: ['came false'],
  },
  {
    member: 'reconnect (left out)',
    claim: 'after it the client can’t be ended: the process never ends',
    script: "const c = new Client(); c.connect(url); c.reconnect(); say('again', c.connected); c.end(); say('ended')",
    shows: 'hangs',
  },
  ...[
    ['publish with an ArrayBuffer', "c.connect(url); c.publish('t', new Uint8Array([1]).buffer)"],
    ['publish with an object', "c.connect(url); c.publish('t', { a: 1 })"],
    ['publish without connection', "c.publish('t', 'x')"],
    ['subscribe with an array', "c.connect(url); c.subscribe(['t', 'u'])"],
    ['subscribe with a map', 'c.connect(url); c.subscribe({ t: { qos: 1 } })'],
    ['subscribe without connection', "c.subscribe('t')"],
    ['unsubscribe with an array', "c.connect(url); c.unsubscribe(['t', 'u'])"],
    ['unsubscribe without connection', "c.unsubscribe('t')"],
  ].map(([member = '', calls = '']): Probe => ({
    member,
    claim: 'kills the whole process, so the types forbid it',
    script: `const c = new Client(); ${calls}; say('alive')`,
    shows: 'dies',
  })),
];
