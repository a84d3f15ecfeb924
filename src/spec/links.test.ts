import { describe, expect, test } from 'vitest';
import { sourceLink, standardLink } from './links.ts';

const V3 = 'https://docs.oasis-open.org/mqtt/mqtt/v3.1.1/os/mqtt-v3.1.1-os.html';
const V5 = 'https://docs.oasis-open.org/mqtt/mqtt/v5.0/os/mqtt-v5.0-os.html';

// Anchors as they are cited all over the web, spread over the document: the count between them can't slip unseen.
test.each([
  ['5.0', '1.2', `${V5}#_Toc3901003`],
  ['5.0', '2.1.1', `${V5}#_Toc3901021`],
  ['5.0', '3.1.2.11.2', `${V5}#_Toc3901048`],
  ['5.0', '3.2', `${V5}#_Toc3901074`],
  ['5.0', '3.2.2.2', `${V5}#_Toc3901079`],
  ['5.0', '3.15', `${V5}#_Toc3901217`],
  ['5.0', '4.3.2', `${V5}#_Toc3901236`],
  ['5.0', '4.8.2', `${V5}#_Toc3901250`],
  ['5.0', '4.13.2', `${V5}#_Toc3901260`],
  ['5.0', '6.0', `${V5}#_Toc3901285`],
  ['3.1.1', '1.5.3', `${V3}#_Toc398718016`],
  ['3.1.1', '2.2.3', `${V3}#_Toc398718023`],
  ['3.1.1', '3.1', `${V3}#_Toc398718028`],
  ['3.1.1', '3.9', `${V3}#_Toc398718068`],
  ['3.1.1', '4.3.3', `${V3}#_Toc398718102`],
  ['3.1.1', '4.8', `${V3}#_Toc398718110`],
  ['3.1.1', '6.0', `${V3}#_Toc398718127`],
] as const)('MQTT %s section %s', (version, section, link) => {
  expect(standardLink(version, section)).toBe(link);
});

test('a section without an anchor of its own leads to the one around it', () => {
  expect(standardLink('3.1.1', '4.7.1.2')).toBe(standardLink('3.1.1', '4.7.1'));
  expect(standardLink('3.1.1', '7.1.1')).toBe(V3);
});

describe('sources of transport requirements', () => {
  test.each([
    ['RFC 6455 §4.2.2 (5.4)', 'https://www.rfc-editor.org/rfc/rfc6455#section-4.2.2'],
    ['RFC 5280 §6.1.3 (a)(1)', 'https://www.rfc-editor.org/rfc/rfc5280#section-6.1.3'],
    ['RFC 7692 §7.1.1, §7.1.2', 'https://www.rfc-editor.org/rfc/rfc7692#section-7.1.1'],
    ['RFC 8410; RFC 8446 §9.1 (not mandatory)', 'https://www.rfc-editor.org/rfc/rfc8410'],
    ['5.0/MQTT-3.1.0-1; 3.1.1/MQTT-3.1.0-1', standardLink('5.0', '3.1')],
    ['3.1.1/R-3.1.4-1', standardLink('3.1.1', '3.1.4')],
    ['listener promises TLS', ''],
  ])('%s', (source, link) => {
    expect(sourceLink(source)).toBe(link);
  });
});
