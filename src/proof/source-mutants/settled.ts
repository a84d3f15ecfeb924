/**
 * What a broker that nobody alters always works out: `gate.decide` gives its normal value, `gate.enforces` says yes,
 * nothing is `altered`. Code behind the other answers belongs to the faults and variants.
 */
import { methodOf } from './purity.ts';
import { childrenOf, isNode, nodesIn, type SyntaxNode } from './syntax.ts';

/** A value that is known; undefined: it depends on what happens. */
type Settled = { readonly value: unknown } | undefined;

/** Names of constants in reach, with what they always are. */
type Names = ReadonlyMap<string, unknown>;

function settledValue(node: SyntaxNode, names: Names): Settled {
  const of = (key: string): Settled => (isNode(node[key]) ? settledValue(node[key], names) : undefined);
  switch (node.type) {
    case 'Literal':
      return { value: node['value'] };
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
      return of('expression');
    case 'Identifier':
      return names.has(node['name'] as string) ? { value: names.get(node['name'] as string) } : undefined;
    case 'MemberExpression':
      return (node['property'] as SyntaxNode)['name'] === 'altered' ? { value: false } : undefined;
    case 'CallExpression':
      return settledCall(node, names);
    case 'UnaryExpression': {
      const argument = of('argument');
      return argument !== undefined && node['operator'] === '!' ? { value: argument.value !== true } : undefined;
    }
    case 'BinaryExpression':
      return compared(node['operator'] as string, of('left'), of('right'));
    case 'LogicalExpression':
      return joined(node['operator'] as string, of('left'), of('right'));
    case 'ConditionalExpression': {
      const test = of('test');
      return test === undefined ? undefined : of(test.value === true ? 'consequent' : 'alternate');
    }
    default:
      return undefined;
  }
}

function settledCall(node: SyntaxNode, names: Names): Settled {
  const method = methodOf(node);
  if (method === 'enforces') return { value: true };
  const normal = nodesIn(node['arguments'])[1];
  return method === 'decide' && normal !== undefined ? settledValue(normal, names) : undefined;
}

function compared(operator: string, left: Settled, right: Settled): Settled {
  if (left === undefined || right === undefined) return undefined;
  if (operator === '===') return { value: left.value === right.value };
  if (operator === '!==') return { value: left.value !== right.value };
  return operator === '>' ? { value: Number(left.value) > Number(right.value) } : undefined;
}

/** One side can be enough. */
function joined(operator: string, left: Settled, right: Settled): Settled {
  const enough = operator === '||';
  if (operator === '??') return undefined;
  if ([left, right].some((side) => side?.value === enough)) return { value: enough };
  return left === undefined || right === undefined ? undefined : { value: !enough };
}

export interface SettledParts {
  /** What a broker as it is never comes to, and what only alterations are told; their own parts aren't listed. */
  readonly dead: ReadonlySet<SyntaxNode>;
  /** Expressions that always come out the same. */
  readonly values: ReadonlySet<SyntaxNode>;
}

export function settledParts(root: SyntaxNode): SettledParts {
  const parts: Found = { dead: new Set(), values: new Set() };
  visit(root, new Map(), parts);
  return parts;
}

interface Found {
  readonly dead: Set<SyntaxNode>;
  readonly values: Set<SyntaxNode>;
}

function visit(node: SyntaxNode, names: Names, parts: Found): void {
  for (const part of deadIn(node, names)) parts.dead.add(part);
  if (node.type !== 'Literal' && settledValue(node, names) !== undefined) parts.values.add(node);
  if (node.type === 'BlockStatement' || node.type === 'Program') visitBody(nodesIn(node['body']), names, parts);
  else for (const child of childrenOf(node)) visit(child, names, parts);
}

/** Statements one after another: constants are known behind their definition, and nothing comes behind an end. */
function visitBody(body: readonly SyntaxNode[], names: Names, parts: Found): void {
  const known = new Map(names);
  let over = false;
  for (const statement of body) {
    if (over) parts.dead.add(statement);
    visit(statement, known, parts);
    for (const [name, value] of constantsOf(statement, known)) known.set(name, value);
    over ||= statement.type === 'IfStatement' && alwaysLeaves(statement, known);
  }
}

/** The constants that a statement defines and of which the value is known. */
function constantsOf(statement: SyntaxNode, names: Names): [string, unknown][] {
  if (statement.type !== 'VariableDeclaration' || statement['kind'] !== 'const') return [];
  return nodesIn(statement['declarations']).flatMap(({ id, init }) => {
    const value = isNode(init) && init.type !== 'Literal' ? settledValue(init, names) : undefined;
    return value === undefined ? [] : [[(id as SyntaxNode)['name'] as string, value.value]];
  });
}

function alwaysLeaves(statement: SyntaxNode, names: Names): boolean {
  const test = settledValue(statement['test'] as SyntaxNode, names);
  const taken =
    test?.value === true ? statement['consequent'] : test?.value === false ? statement['alternate'] : undefined;
  return isNode(taken) && leaves(taken);
}

function leaves({ type, body }: SyntaxNode): boolean {
  const last = nodesIn(body).at(-1);
  return type === 'ReturnStatement' || (type === 'BlockStatement' && last !== undefined && leaves(last));
}

/** What is dead because of this node: parts of it, or it itself. */
function deadIn(node: SyntaxNode, names: Names): SyntaxNode[] {
  switch (node.type) {
    case 'IfStatement':
    case 'ConditionalExpression': {
      const test = settledValue(node['test'] as SyntaxNode, names);
      if (test === undefined) return [];
      return nodesIn(node[test.value === true ? 'alternate' : 'consequent']);
    }
    case 'LogicalExpression': {
      const left = settledValue(node['left'] as SyntaxNode, names);
      const enough = node['operator'] === '||';
      return left?.value === enough && node['operator'] !== '??' ? nodesIn(node['right']) : [];
    }
    case 'SwitchStatement': {
      const value = settledValue(node['discriminant'] as SyntaxNode, names);
      const isOther = ({ test }: SyntaxNode): boolean =>
        !isNode(test) || settledValue(test, names)?.value !== value?.value;
      return value === undefined ? [] : nodesIn(node['cases']).filter((one) => isOther(one));
    }
    case 'PropertyDefinition':
    case 'Property':
      return isNote(node['key']) ? nodesIn(node['value']) : [];
    case 'ExpressionStatement': {
      const { type, left } = node['expression'] as SyntaxNode;
      return type === 'AssignmentExpression' && isNote((left as SyntaxNode)['property']) ? [node] : [];
    }
    case 'CallExpression': {
      // The name and what it is about are for those who alter.
      const method = methodOf(node);
      const given = nodesIn(node['arguments']);
      return method === 'decide' ? given.slice(2) : method === 'enforces' ? given : [];
    }
    default:
      return [];
  }
}

/** What is written down for logs and alterations, and read by nothing else (`About` of the broker). */
const NOTES: ReadonlySet<unknown> = new Set(
  'why cause resumed tookOver tookOverFrom otherIdentity subscribed lost ending filter'.split(' '),
);

const isNote = (name: unknown): boolean => isNode(name) && NOTES.has(name['name']);
