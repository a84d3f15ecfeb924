/** Where a node stands: what may be changed there, and what the place is called. */
import type { Position } from './operators.ts';
import { isNode, nodesIn, type SyntaxNode } from './syntax.ts';

export interface Place {
  readonly parent: SyntaxNode | undefined;
  readonly position: Position;
  /** False for what is no value of its own: names, and the inside of `a?.b.c()`. */
  readonly value: boolean;
  /** Directly behind `...`. */
  readonly inSpread: boolean;
  /** The nearest function around it that has a name; outside of functions what is defined there. */
  readonly owner: string;
  readonly inFunction: boolean;
}

const ANYWHERE: Position = { test: false, truth: false, loop: false, within: undefined };
const TEST: Position = { ...ANYWHERE, test: true, truth: true };

export const ROOT_PLACE: Place = {
  parent: undefined,
  position: ANYWHERE,
  value: false,
  inSpread: false,
  owner: '',
  inFunction: false,
};

const LOOPS: readonly string[] = ['WhileStatement', 'DoWhileStatement', 'ForStatement'];

export function placeOf(child: SyntaxNode, parent: SyntaxNode, place: Place): Place {
  return {
    parent,
    position: positionOf(child, parent, place),
    value: isValue(child, parent, place),
    inSpread: parent.type === 'SpreadElement' || (parent.type === 'ParenthesizedExpression' && place.inSpread),
    owner: ownerOf(child, parent, place),
    inFunction: place.inFunction || isFunction(parent) || parent.type === 'FunctionDeclaration',
  };
}

function positionOf(child: SyntaxNode, parent: SyntaxNode, { position, inSpread }: Place): Position {
  const { type } = parent;
  if (type === 'ParenthesizedExpression') return position;
  if (parent['test'] === child && type !== 'SwitchCase') return LOOPS.includes(type) ? { ...TEST, loop: true } : TEST;
  if (type === 'UnaryExpression' && parent['operator'] === '!') return { ...ANYWHERE, truth: true };
  if (type !== 'LogicalExpression' || parent['operator'] === '??') return ANYWHERE;
  // `...(x && { x })` asks whether there is an `x`.
  if (inSpread && parent['left'] === child) return TEST;
  const within = parent['operator'] as '&&' | '||';
  return { test: position.test, truth: position.truth, loop: position.loop && within === '||', within };
}

function isValue(child: SyntaxNode, parent: SyntaxNode, { value }: Place): boolean {
  if (parent['key'] === child && parent['computed'] !== true) return false;
  if (parent['property'] === child && parent['computed'] !== true) return false;
  if (parent.type === 'ChainExpression') return false;
  const spine = parent['object'] === child || parent['callee'] === child;
  return !spine || value || !isLink(parent);
}

const isLink = ({ type }: SyntaxNode): boolean => type === 'MemberExpression' || type === 'CallExpression';

/** What a place is called: the function that it is in; outside of all, what is defined there. */
function ownerOf(child: SyntaxNode, parent: SyntaxNode, { owner, inFunction }: Place): string {
  const key =
    parent.type === 'FunctionDeclaration' || parent.type === 'VariableDeclarator' ? parent['id'] : parent['key'];
  const name = child === key ? undefined : textOf(key);
  if (name === undefined) return owner;
  if (parent.type === 'FunctionDeclaration' || isFunction(child)) return name;
  return inFunction ? owner : owner === '' ? name : `${owner}.${name}`;
}

function textOf(key: unknown): string | undefined {
  if (!isNode(key)) return undefined;
  const name = key['name'] ?? key['value'];
  return typeof name !== 'string' ? undefined : key.type === 'PrivateIdentifier' ? `#${name}` : name;
}

const isFunction = ({ type }: SyntaxNode): boolean =>
  type === 'FunctionExpression' || type === 'ArrowFunctionExpression';

/** The body of `x => f(x)`, which gives something. */
export function isArrowBody({ type }: SyntaxNode, { parent }: Place): boolean {
  return (
    parent?.type === 'ArrowFunctionExpression' &&
    type !== 'BlockStatement' &&
    !type.endsWith('Pattern') &&
    !isParameter(type)
  );
}

const isParameter = (type: string): boolean => type === 'Identifier' || type === 'RestElement' || type === 'Literal';

/** A block that would be emptied by another change, too. */
export function isSaidOtherwise(block: SyntaxNode, { parent, owner }: Place): boolean {
  const body = nodesIn(block['body']);
  if (body.length === 0 || (body.length === 1 && body[0]?.type === 'ExpressionStatement')) return true;
  // Without its constructor no class is what its type says.
  if (owner === 'constructor' || parent === undefined) return true;
  if (parent.type === 'IfStatement') return !isNode(parent['alternate']);
  return LOOPS.includes(parent.type);
}
