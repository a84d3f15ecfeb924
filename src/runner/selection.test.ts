import { describe, expect, it } from 'vitest';
import { SelectionError } from './errors.ts';
import { parseSelection, type Selectable } from './selection.ts';

const second: Selectable = {
  id: 'connect/second-connect',
  instance: 'connect/second-connect@5.0/ws',
  suite: 'connect',
  title: 'a second CONNECT on one connection is a protocol error',
  requirements: ['5.0/MQTT-3.1.0-2'],
  levels: ['MUST'],
  version: '5.0',
  transport: 'ws',
  needs: [],
  verdict: 'fail',
  aliases: ['connect/twice'],
};
const plus: Selectable = {
  id: 'topics/match',
  instance: 'topics/match[plus-level]@3.1.1/mqtts',
  suite: 'topics',
  title: 'a filter matches as it must',
  requirements: ['3.1.1/MQTT-4.7.1-3#level', 'ws/upgrade/accept-key'],
  levels: ['MUST NOT', 'SHOULD'],
  version: '3.1.1',
  transport: 'mqtts',
  needs: ['wildcard'],
  verdict: 'pass',
};
const all = { second, plus };

const selected = (text: string): string[] =>
  Object.entries(all).flatMap(([name, one]) => (parseSelection(text).matches(one) ? [name] : []));

describe('parseSelection', () => {
  it.each<[string, string[]]>([
    ['', ['second', 'plus']],
    ['connect', ['second']],
    ['SECOND protocol', ['second']],
    ['second filter', []],
    ['"protocol error"', ['second']],
    ['"error protocol"', []],
    ['suite:connect', ['second']],
    ['suite:connect suite:topics', ['second', 'plus']],
    ['suite:connect,topics', ['second', 'plus']],
    ['suite:t*', ['plus']],
    ['id:connect/*', ['second']],
    ['id:connect', []],
    ['id:connect/twice', ['second']],
    ['id:topics/match', ['plus']],
    ['id:topics/match[plus-level]', ['plus']],
    ['id:topics/match[other]', []],
    ['id:topics/match[plus-level]@3.1.1/mqtts', ['plus']],
    ['id:*@5.0/*', ['second']],
    ['req:5.0/MQTT-3.1.*', ['second']],
    ['req:3.1.1/MQTT-3.1.*', []],
    ['req:MQTT-4.7.1-3', ['plus']],
    ['req:MQTT-4.7.1-3#level', ['plus']],
    ['req:MQTT-4.7.1-3#other', []],
    ['req:ws/*', ['plus']],
    ['MQTT-3.1.0-2', ['second']],
    ['[5.0/mqtt-3.1.0-2]', ['second']],
    ['3.1.1/MQTT-3.1.0-2', []],
    ['ws/upgrade/accept-key', ['plus']],
    ['MQTT-3.1.0-2 ws/upgrade/accept-key', ['second', 'plus']],
    ['level:must', ['second', 'plus']],
    ['level:must-not', ['plus']],
    ['level:should', ['plus']],
    ['level:may', []],
    ['v:fail', ['second']],
    ['v:fail,pass', ['second', 'plus']],
    ['mqtt:5', ['second']],
    ['mqtt:3.1.1', ['plus']],
    ['over:ws', ['second']],
    ['over:tcp', ['plus']],
    ['over:tls', ['plus']],
    ['over:websocket', ['second']],
    ['needs:wildcard', ['plus']],
    ['!needs:wildcard', ['second']],
    ['!connect', ['plus']],
    ['!MQTT-3.1.0-2', ['plus']],
    ['suite:connect !v:fail', []],
    ['suite:connect !mqtt:3.1.1', ['second']],
  ])('%s selects %j', (text, names) => {
    expect(selected(text)).toEqual(names);
  });

  it('asks verdicts, brokers and differences only where there are any', () => {
    const { verdict: _, ...unrun } = second;
    expect(parseSelection('v:fail').matches(unrun)).toBe(false);
    expect(parseSelection('is:different').matches(second)).toBe(false);
    expect(
      parseSelection('is:different broker:mosq').matches({ ...second, is: ['different'], broker: 'Mosquitto 2' }),
    ).toBe(true);
  });

  it('knows which wait long', () => {
    const long = { ...second, is: ['slow'] };
    expect(parseSelection('connect !slow').matches(long)).toBe(false);
    expect(parseSelection('connect !slow').matches(second)).toBe(true);
    expect(parseSelection('slow').matches(long)).toBe(true);
    expect(parseSelection('is:slow').matches(long)).toBe(true);
  });

  it.each([
    ['suit:connect', 'did you mean suite:?'],
    ['xyzzy:1', 'known are suite: id: req: level: v: mqtt: over: needs: broker: is:'],
    ['suite:', 'for example suite:connect'],
    ['"open', 'close it, or leave it out'],
  ])('%s: %s', (text, hint) => {
    const error = (() => {
      try {
        return parseSelection(text);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toBeInstanceOf(SelectionError);
    expect(error).toMatchObject({ code: 'SELECTION_INVALID', hint });
  });
});
