/** Which expressions may be worked out twice: then it can be seen whether a change makes a difference at all. */
import { everyNode, type SyntaxNode } from './syntax.ts';

const IMPURE: ReadonlySet<string> = new Set([
  'AssignmentExpression',
  'UpdateExpression',
  'AwaitExpression',
  'YieldExpression',
  'NewExpression',
  'ImportExpression',
  'TaggedTemplateExpression',
  'ClassExpression',
  'FunctionExpression',
]);

/** Methods that change nothing. `decide` and `enforces` are answers of the gate, on a broker that nobody looks at. */
const HARMLESS: ReadonlySet<string> = new Set(
  (
    'has get some every includes startsWith endsWith filter map flatMap min max ceil floor slice subarray split trim ' +
    'indexOf at keys values entries toLowerCase toReversed toSorted padStart join test now decide enforces'
  ).split(' '),
);

/** True where nothing in it can change anything, as far as can be told without types. */
export function isPure(node: SyntaxNode): boolean {
  return everyNode(node).every(
    (one) =>
      !IMPURE.has(one.type) &&
      !(one.type === 'UnaryExpression' && one['operator'] === 'delete') &&
      (one.type !== 'CallExpression' || HARMLESS.has(methodOf(one) ?? '')),
  );
}

/** The name of the method that a call calls; undefined where it calls a function. */
export function methodOf(call: SyntaxNode): string | undefined {
  const callee = call['callee'] as SyntaxNode;
  if (callee.type !== 'MemberExpression' || callee['computed'] === true) return undefined;
  return (callee['property'] as SyntaxNode)['name'] as string;
}
