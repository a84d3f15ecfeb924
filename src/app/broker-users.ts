/** The users of the reference broker, from a file of JSON. */
import * as v from 'valibot';
import type { BrokerUser } from '#broker';
import { UsageError } from './errors.ts';

const FILTERS = v.optional(v.array(v.string()));
const USERS = v.array(
  v.strictObject({ username: v.string(), password: v.optional(v.string()), publish: FILTERS, subscribe: FILTERS }),
);

const EXAMPLE = 'for example: [{"username":"alice","password":"secret","publish":["sensors/#"],"subscribe":["#"]}]';

/** `text` is the content of the file `name`. Throws `UsageError`, which names the place but never a password. */
export function parseUsers(text: string, name: string): readonly BrokerUser[] {
  const parsed = v.safeParse(USERS, parseJson(text, name));
  if (!parsed.success) {
    const [issue] = parsed.issues;
    const place = v.getDotPath(issue) ?? 'the whole';
    throw new UsageError(`${name}: ${place} must be ${issue.expected ?? 'something else'}`, EXAMPLE);
  }
  return parsed.output.map(({ username, password, publish, subscribe }) => ({
    username,
    ...(password === undefined ? {} : { password: new TextEncoder().encode(password) }),
    ...(publish === undefined ? {} : { publish }),
    ...(subscribe === undefined ? {} : { subscribe }),
  }));
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`${name} is no JSON`, EXAMPLE);
  }
}
