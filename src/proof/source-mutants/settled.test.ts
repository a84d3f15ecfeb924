import { expect, test } from 'vitest';
import { schemata } from './schemata.ts';

/** The ids of what is settled, without file and function. */
function settled(body: string): string[] {
  const { mutants } = schemata('f.ts', `function f(a, b) { ${body} }`, 0, 'switch');
  return mutants.filter((one) => one.settled !== undefined).map(({ id }) => id.replace('f.ts f: ', ''));
}

test('what stands behind a decision that comes out otherwise is dead', () => {
  const dead = settled("const how = gate.decide('n', 'exact', a); if (how === 'cut') b(1); else b(2);");
  expect(dead).toEqual(expect.arrayContaining(['- b(1);', '1 → 2', "how === 'cut' → false"]));
  expect(dead).not.toContain('- b(2);');
});

test('a rule is enforced: its recovery is dead, also behind a return', () => {
  expect(settled("if (gate.enforces('r', a)) return b; b(1);")).toContain('- b(1);');
  expect(settled("if (!gate.enforces('r', a)) b(1); b(2);")).toEqual(expect.arrayContaining(['- b(1);', '1 → 2']));
  expect(settled("if (!gate.enforces('r', a)) b(1); b(2);")).not.toContain('- b(2);');
});

test('a decision that depends on something settles nothing', () => {
  expect(settled("if (gate.decide('n', a > 1, b)) b(1);")).toEqual([]);
  expect(settled("const how = gate.decide('n', a, b); if (how === 'cut') b(1);")).toEqual([]);
});

test('one side can be enough', () => {
  expect(settled("if (a && gate.decide('n', false, b)) b(1);")).toContain('- b(1);');
  expect(settled("if (a || gate.decide('n', false, b)) b(1);")).not.toContain('- b(1);');
  expect(settled('if (gate.altered && a > 1) b();')).toContain('a > 1 → a >= 1');
});

test('only the cases of a switch that fit are alive', () => {
  const dead = settled("switch (gate.decide('n', 'x', a)) { case 'x': b(1); break; case 'y': b(2); break; }");
  expect(dead).toContain('- b(2);');
  expect(dead).not.toContain('- b(1);');
});

test('what is only noted for logs and alterations is dead', () => {
  expect(settled('a.resumed = true;')).toEqual(expect.arrayContaining(['- a.resumed = true;', 'true → false']));
  expect(settled("a.cause = 'x'; b.emit({ kind: 'y', why: b > 1 ? 'y' : 'z' });")).toEqual(
    expect.arrayContaining(["- a.cause = 'x';", 'b > 1 → b >= 1']),
  );
  expect(settled("a.phase = 'x'; b.emit({ kind: b > 1 ? 'y' : 'z' });")).toEqual([]);
});
