/** RFC 9110 §5.6.2: what names of methods, fields, protocols and extensions are made of. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

/** The elements of a comma list (RFC 9110 §5.6.1): blanks around them and empty elements don't count. */
export function listElements(text: string): string[] {
  return text
    .split(',')
    .map(trimBlanks)
    .filter((element) => element !== '');
}

/** Without the blanks and tabs around it; other white space is content. */
export function trimBlanks(text: string): string {
  return text.replace(/^[ \t]+|[ \t]+$/g, '');
}

/** True where the list has the token, without regard to case. */
export function listHas(list: string, token: string): boolean {
  return listElements(list).some((element) => element.toLowerCase() === token);
}
