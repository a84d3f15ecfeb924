import { describe, expect, it } from 'vitest';
import { VirtualClock } from '#io';
import { Findings, verdictOfLevel } from './findings.ts';

describe('Findings', () => {
  it('judges by the level of the requirement', () => {
    const findings = new Findings(new VirtualClock(), []);
    findings.add({ requirement: '5.0/R-4.13.1-3', message: 'wrong code' });
    expect(findings.worst).toBe('warn');
    findings.add({ requirement: '5.0/MQTT-3.1.0-2', message: 'still open' });
    expect(findings.worst).toBe('fail');
  });

  it('counts the same words about the same requirement once', () => {
    const findings = new Findings(new VirtualClock(), []);
    findings.add({ requirement: '5.0/MQTT-3.1.0-2', message: 'still open' });
    findings.add({ requirement: '5.0/MQTT-3.1.0-2', message: 'still open' });
    expect(findings.list).toHaveLength(1);
  });
});

describe('verdictOfLevel', () => {
  it('judges a contract only where it is declared', () => {
    expect(verdictOfLevel('CONTRACT', true)).toBe('fail');
    expect(verdictOfLevel('CONTRACT', false)).toBeUndefined();
  });
});
