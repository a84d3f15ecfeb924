/** JSON Schema (2020-12) of the valibot schemas that results are made of; what it doesn't know it refuses. */
import type * as v from 'valibot';

type Json = Readonly<Record<string, unknown>>;

/** What every valibot schema and action shows of itself, as far as results use it. */
interface Shown {
  readonly type: string;
  readonly entries?: Readonly<Record<string, Shown>>;
  readonly item?: Shown;
  readonly wrapped?: Shown;
  readonly value?: Shown;
  readonly options?: readonly unknown[];
  readonly literal?: unknown;
  readonly pipe?: readonly Shown[];
  readonly requirement?: unknown;
  readonly description?: string;
}

export function jsonSchema(schema: v.GenericSchema, id: string, title: string): Json {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: id,
    title,
    ...convert(schema),
  };
}

function convert(schema: Shown): Json {
  const [, ...actions] = schema.pipe ?? [];
  return Object.assign({}, base(schema), ...actions.map(fromAction)) as Json;
}

function base(schema: Shown): Json {
  switch (schema.type) {
    case 'object':
      return object(schema.entries ?? {});
    case 'array':
      return { type: 'array', items: convert(schema.item as Shown) };
    case 'record':
      return { type: 'object', additionalProperties: convert(schema.value as Shown) };
    case 'union':
      return { anyOf: (schema.options as readonly Shown[]).map(convert) };
    case 'picklist':
      return { enum: schema.options };
    case 'literal':
      return { const: schema.literal };
    case 'exact_optional':
      return convert(schema.wrapped as Shown);
    case 'string':
    case 'number':
    case 'boolean':
      return { type: schema.type };
    default:
      throw new Error(`no JSON Schema for ${schema.type}`);
  }
}

function object(entries: Readonly<Record<string, Shown>>): Json {
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, convert(entry)])),
    required: Object.entries(entries).flatMap(([name, { type }]) => (type === 'exact_optional' ? [] : [name])),
  };
}

function fromAction(action: Shown): Json {
  switch (action.type) {
    case 'integer':
      return { type: 'integer' };
    case 'min_value':
      return { minimum: action.requirement };
    case 'regex':
      return { pattern: (action.requirement as RegExp).source };
    case 'base64':
      return { contentEncoding: 'base64' };
    case 'iso_timestamp':
      return { format: 'date-time' };
    case 'description':
      return { description: action.description };
    case 'readonly':
      return {};
    default:
      throw new Error(`no JSON Schema for ${action.type}`);
  }
}
