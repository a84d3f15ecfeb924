/** What is changed in an expression: the usual operators of mutation testing, but for strings. */
import { methodOf } from './purity.ts';
import { nodesIn, type SyntaxNode } from './syntax.ts';

/** Where an expression stands. */
export interface Position {
  /** It is asked whether it is true: always and never can stand instead. */
  readonly test: boolean;
  /** Only whether it is true matters. */
  readonly truth: boolean;
  /** Of `while`, `for`: it must become false at some time. */
  readonly loop: boolean;
  /** `&&` or `||`, whose operand it is. */
  readonly within: '&&' | '||' | undefined;
}

const BINARY: Readonly<Record<string, readonly string[]>> = {
  '===': ['!=='],
  '!==': ['==='],
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['*'],
  '&': ['|'],
  '|': ['&'],
  '^': ['&'],
  '<<': ['>>'],
  '>>': ['<<'],
  '>>>': ['<<'],
};

const ASSIGNMENT: Readonly<Record<string, string>> = { '+=': '-=', '-=': '+=', '*=': '/=', '|=': '&=', '&=': '|=' };

const OTHER_METHOD: ReadonlyMap<string, string> = new Map(
  Object.entries({
    some: 'every',
    every: 'some',
    min: 'max',
    max: 'min',
    ceil: 'floor',
    floor: 'ceil',
    startsWith: 'endsWith',
    endsWith: 'startsWith',
    shift: 'pop',
    pop: 'shift',
  }),
);

const LEFT_OUT: ReadonlySet<string> = new Set(
  'filter slice subarray trim toLowerCase toReversed toSorted normalize'.split(' '),
);

const COMPARISONS: ReadonlySet<string> = new Set(['===', '!==', '<', '<=', '>', '>=', 'in', 'instanceof']);
const ASKING: ReadonlySet<string> = new Set('some every has includes startsWith endsWith enforces test'.split(' '));

/** What may stand instead of the expression, in source text. */
export function replacements(node: SyntaxNode, source: string, position: Position): string[] {
  const found = [...conditions(node, position), ...ownChanges(node, source)];
  return [...new Set(found)].filter((text) => text !== textOf(node, source));
}

const textOf = ({ start, end }: SyntaxNode, source: string): string => source.slice(start, end);

/** Always, and never. */
function conditions(node: SyntaxNode, { test, loop, within }: Position): string[] {
  if (!test && !isBoolean(node)) return [];
  if (node.type === 'Literal' || node.type === 'ParenthesizedExpression') return [];
  // What makes the whole of `a && b` false or of `a || b` true is tried with the whole.
  if (within !== undefined) return [within === '&&' ? 'true' : 'false'];
  return loop ? ['false'] : ['true', 'false'];
}

function isBoolean(node: SyntaxNode): boolean {
  switch (node.type) {
    case 'ParenthesizedExpression':
      return isBoolean(node['expression'] as SyntaxNode);
    case 'BinaryExpression':
      return COMPARISONS.has(node['operator'] as string);
    case 'UnaryExpression':
      return node['operator'] === '!';
    case 'LogicalExpression':
      return (
        node['operator'] !== '??' && isBoolean(node['left'] as SyntaxNode) && isBoolean(node['right'] as SyntaxNode)
      );
    case 'CallExpression':
      return ASKING.has(methodOf(node) ?? '');
    default:
      return false;
  }
}

function ownChanges(node: SyntaxNode, source: string): string[] {
  const operator = (node['operator'] ?? '') as string;
  const both = (other: string): string =>
    `${textOf(node['left'] as SyntaxNode, source)} ${other} ${textOf(node['right'] as SyntaxNode, source)}`;
  switch (node.type) {
    case 'BinaryExpression':
      return operator === '+' && joinsText(node) ? [] : (BINARY[operator] ?? []).map((other) => both(other));
    case 'LogicalExpression': {
      const [left, right] = [node['left'], node['right']].map((side) => textOf(side as SyntaxNode, source));
      if (operator === '??') return [left as string, right as string];
      const other = operator === '&&' ? '||' : '&&';
      return [`(${left}) ${other} (${right})`];
    }
    case 'UnaryExpression':
      return ['!', '-', '~'].includes(operator) ? [textOf(node['argument'] as SyntaxNode, source)] : [];
    case 'UpdateExpression': {
      const other = operator === '++' ? '--' : '++';
      const name = textOf(node['argument'] as SyntaxNode, source);
      return [node['prefix'] === true ? `${other}${name}` : `${name}${other}`];
    }
    case 'AssignmentExpression':
      return ASSIGNMENT[operator] === undefined ? [] : [both(ASSIGNMENT[operator])];
    case 'Literal':
      return literals(node['value']);
    case 'ArrayExpression':
      return nodesIn(node['elements']).length === 0 ? [] : ['[]'];
    case 'ObjectExpression':
      return withoutSpreads(node, source);
    case 'ChainExpression':
      return withoutQuestions(node, source);
    case 'CallExpression':
      return calls(node, source);
    default:
      return [];
  }
}

const joinsText = (node: SyntaxNode): boolean =>
  [node['left'], node['right']].some((side) => {
    const { type, value } = side as SyntaxNode;
    return type === 'TemplateLiteral' || typeof value === 'string';
  });

function literals(value: unknown): string[] {
  if (typeof value === 'boolean') return [String(!value)];
  if (typeof value !== 'number') return [];
  return value > 0 ? [String(value + 1), String(value - 1)] : [String(value + 1)];
}

function withoutSpreads(node: SyntaxNode, source: string): string[] {
  const properties = nodesIn(node['properties']);
  return properties.filter(isWholeSpread).map((spread) => {
    const others = properties.filter((one) => one !== spread);
    return `({ ${others.map((one) => textOf(one, source)).join(', ')} })`;
  });
}

/** A choice behind the dots is changed by itself. */
const isWholeSpread = ({ type, argument }: SyntaxNode): boolean =>
  type === 'SpreadElement' && !['LogicalExpression', 'ConditionalExpression'].includes((argument as SyntaxNode).type);

/** `a?.b` as `a.b`. */
function withoutQuestions(node: SyntaxNode, source: string): string[] {
  const found: string[] = [];
  let at: SyntaxNode | undefined = node['expression'] as SyntaxNode;
  while (at !== undefined) {
    const inner = (at['object'] ?? at['callee']) as SyntaxNode | undefined;
    if (at['optional'] === true && inner !== undefined) {
      const mark = source.indexOf('?.', inner.end);
      const member = at.type === 'MemberExpression' && at['computed'] !== true;
      found.push(`${source.slice(node.start, mark)}${member ? '.' : ''}${source.slice(mark + 2, node.end)}`);
    }
    at = inner;
  }
  return found;
}

function calls(node: SyntaxNode, source: string): string[] {
  const method = methodOf(node);
  if (method === undefined) return [];
  const { object, property } = node['callee'] as { object: SyntaxNode; property: SyntaxNode } & SyntaxNode;
  if (LEFT_OUT.has(method)) return [textOf(object, source)];
  const other = OTHER_METHOD.get(method);
  return other === undefined
    ? []
    : [`${source.slice(node.start, property.start)}${other}${source.slice(property.end, node.end)}`];
}
