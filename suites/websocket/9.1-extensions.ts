/** RFC 6455 §9.1: extensions other than those that were agreed do not exist. */
import { defineCase } from '#kit';

export const unknownIgnored = defineCase({
  title: 'an unknown extension is not answered',
  verifies: { transport: ['ws/extension/unknown-ignored'] },
  caughtBy: ['echoes-extensions'],
  rows: { plain: 'x-mqttspec', parameters: 'x-mqttspec; a=1; b="two"', several: 'x-mqttspec, x-other; c' },
  async run(t) {
    await (await t.request({ extensions: t.row })).served();
  },
});

export const onlyOffered = defineCase({
  title: 'where no extension is offered, none is answered',
  verifies: { transport: ['ws/extension/only-offered'] },
  caughtBy: ['invents-extension'],
  async run(t) {
    await (await t.request()).served();
  },
});

export const malformed = defineCase({
  title: 'a Sec-WebSocket-Extensions that breaks the grammar fails the handshake',
  verifies: { transport: ['ws/extension/malformed'] },
  caughtBy: ['accepts-malformed-extensions'],
  rows: { semicolons: ';;', 'no-name': '; x=1', 'no-value': 'x-mqttspec; a=', 'open-quote': 'x-mqttspec; a="b' },
  async run(t) {
    await t.connect();
    (await t.request({ extensions: t.row })).notAccepted();
  },
});
