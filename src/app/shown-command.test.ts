import { expect, test } from 'vitest';
import { shownCommand } from './shown-command.ts';

test.each([
  [['run', 'ws://localhost:9001/mqtt'], 'mqttspec run ws://localhost:9001/mqtt'],
  [['run', 'ws://alice:secret@localhost:9001/mqtt'], 'mqttspec run ws://localhost:9001/mqtt'],
  [['run', 'ws://h/mqtt?token=secret'], "mqttspec run 'ws://h/mqtt?token=***'"],
  [['run', '--header', 'Authorization: Bearer secret'], "mqttspec run --header 'Authorization: ***'"],
  [['run', '--header=Authorization: Bearer secret'], "mqttspec run '--header=Authorization: ***'"],
  [['run', '--header', 'secret'], "mqttspec run --header '***'"],
  [['run', 'id:connect/*', '!slow'], "mqttspec run 'id:connect/*' '!slow'"],
  [['run', "it's"], `mqttspec run 'it'\\''s'`],
])('%o', (args, shown) => {
  expect(shownCommand(args)).toBe(shown);
});
