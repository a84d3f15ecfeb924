import { describe, expect, test } from 'vitest';
import { schemata } from './schemata.ts';
import { installSwitch } from './switch.ts';

const idsOf = (source: string): string[] => schemata('f.ts', source, 0, 'switch').mutants.map(({ id }) => id);

/** The changes of the last function's body, without file and function. */
const changes = (body: string): string[] =>
  idsOf(`function f(a, b, c) { ${body} }`)
    .map((id) => id.replace('f.ts f: ', ''))
    .filter((change) => !change.endsWith(' → {}'));

describe('what is changed', () => {
  test.each([
    ['return a < b;', ['a < b → true', 'a < b → false', 'a < b → a <= b', 'a < b → a >= b']],
    ['return a + b;', ['a + b → a - b']],
    ["return a + 'b';", []],
    ['return 7;', ['7 → 8', '7 → 6']],
    ['return 0;', ['0 → 1']],
    ['return true;', ['true → false']],
    ["return 'text';", []],
    ['return a ?? b;', ['a ?? b → a', 'a ?? b → b']],
    ['return a?.b.c;', ['a?.b.c → a.b.c']],
    ['return a.some(b);', ['a.some(b) → true', 'a.some(b) → false', 'a.some(b) → a.every(b)']],
    ['return a.slice(b);', ['a.slice(b) → a']],
    ['return [a];', ['[a] → []']],
    ['return { ...a, b };', ['{ ...a, b } → ({ b })']],
    ['if (a) return b;', ['a → true', 'a → false']],
    ['while (a) c(b);', ['a → false', '- c(b);']],
    ['c(a); b();', ['- c(a);', '- b();']],
    ['switch (a) { case b: return c; }', ['case b: return c; → break']],
    ['a -= b; c(a);', ['- a -= b;', 'a -= b → a += b', '- c(a);']],
    ['return a.toString(b);', []],
  ])('%s', (body, expected) => {
    expect(changes(body)).toEqual(expected);
  });

  test('an operand is only made what the whole is not made anyway', () => {
    expect(changes('if (a && b) c();')).toEqual(
      expect.arrayContaining(['a && b → true', 'a && b → false', 'a && b → (a) || (b)', 'a → true', 'b → true']),
    );
    expect(changes('if (a && b) c();')).not.toContain('a → false');
  });

  test('names, keys, types and the inside of an optional chain are left alone', () => {
    expect(idsOf("import { a } from './a.ts'; export { a }; type B = 1 | true; interface C { d: 2 }")).toEqual([]);
    expect(idsOf('const a = { 1: b } as const satisfies Record<1, unknown>;')).toEqual([]);
    expect(idsOf('f(a?.slice(b).c);')).toEqual(['f.ts - f(a?.slice(b).c);', 'f.ts a?.slice(b).c → a.slice(b).c']);
  });

  test('what is changed twice in one function is counted, and keeps its name where lines move', () => {
    const ids = idsOf('\n\nfunction f(a) { return [a(1), a(1)]; }');
    expect(ids.filter((id) => id.includes('1 → 2'))).toEqual(['f.ts f: 1 → 2', 'f.ts f: 1 → 2 (2)']);
  });
});

/** Runs the code with one mutant and gives what `f` gives. */
function run(source: string, active: number, mode: 'switch' | 'watch' = 'switch'): unknown {
  const { code, mutants } = schemata('f.ts', source, 0, mode);
  const state = installSwitch(mutants.length);
  state.active = active;
  // oxlint-disable-next-line typescript/no-implied-eval -- the code under test is made here
  return (new Function(`${code}; return f();`) as () => unknown)();
}

describe('one text with all changes', () => {
  const source = 'function f() { let a = 0; for (const b of [1, 2, 3]) if (b > 1 && b !== 3) a += b; return a; }';
  const ids = idsOf(source);

  test('without an active mutant it does what it did', () => {
    expect(run(source, -1)).toBe(2);
    expect(run(source, -1, 'watch')).toBe(2);
  });

  test.each([
    ['f.ts f: b > 1 → b >= 1', 3],
    ['f.ts f: b !== 3 → true', 5],
    ['f.ts f: - a += b;', 0],
    ['f.ts f: a += b → a -= b', -2],
    ['f.ts f: b > 1 && b !== 3 → false', 0],
    ['f.ts f: [1, 2, 3] → []', 0],
  ])('%s', (id, expected) => {
    expect(ids).toContain(id);
    expect(run(source, ids.indexOf(id))).toBe(expected);
  });

  test('an `else` stays with its `if`', () => {
    const dangling = 'function f() { const a = []; if (true) if (false) a.push(1); else a.push(2); return a; }';
    expect(run(dangling, -1)).toEqual([2]);
  });

  test('a case that is left runs none of what follows', () => {
    const cases = 'function f() { switch (1) { case 1: return 5; default: return 6; } return 7; }';
    expect(run(cases, idsOf(cases).indexOf('f.ts f: case 1: return 5; → break'))).toBe(7);
  });
});

describe('looking on', () => {
  function seen(source: string): Record<'reached' | 'differed', string[]> {
    const { code, mutants } = schemata('f.ts', source, 0, 'watch');
    const state = installSwitch(mutants.length);
    // oxlint-disable-next-line typescript/no-implied-eval -- the code under test is made here
    (new Function(`${code}; f();`) as () => void)();
    const named = (flags: Uint8Array): string[] => mutants.filter((_, at) => flags[at] === 1).map(({ id }) => id);
    return { reached: named(state.reached), differed: named(state.differed) };
  }

  test('tells where a change makes a difference', () => {
    const { reached, differed } = seen('function f() { const a = 1; return a < 2; }');
    expect(reached).toContain('f.ts f: a < 2 → a <= 2');
    expect(differed).not.toContain('f.ts f: a < 2 → a <= 2');
    expect(differed).toContain('f.ts f: a < 2 → a >= 2');
  });

  test('a change that throws makes one, what has effects may', () => {
    const { differed } = seen('function f() { let b; const a = b?.c; b = (() => 1)(); return a; }');
    expect(differed).toContain('f.ts f: b?.c → b.c');
    expect(differed).toContain('f.ts f: - b = (() => 1)();');
  });

  test('where nobody comes is not reached', () => {
    const { reached } = seen('function f() { if (1 > 2) return 3; return 4; }');
    expect(reached).not.toContain('f.ts f: 3 → 4');
    expect(reached).toContain('f.ts f: 4 → 5');
  });
});
