export function say(line) {
  process.stdout.write(`${line}\n`);
}

/** A row of a Markdown table. */
export function row(cells) {
  say(`| ${cells.map((cell, index) => String(cell).padEnd(index === 0 ? 24 : 22)).join(' | ')} |`);
}

export function heads(cells) {
  row(cells);
  say(`|${cells.map(() => '---').join('|')}|`);
}
