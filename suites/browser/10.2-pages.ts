/** RFC 6455 §10.2: which pages may connect, asked by pages. */
import { defineCase } from '#kit';

export const keptOut = defineCase({
  title: 'a listener that admits listed origins keeps the pages of others out',
  verifies: { transport: ['ws/origin/denied'] },
  caughtBy: ['ignores-origin-list'],
  needs: ['browser', 'origin-list'],
  async run(t) {
    await t.connect();
    const tab = await t.tab({ elsewhere: true });
    const { opened } = await tab.socket();
    t.check(!opened, `a page of ${tab.tab.origin} was let in`, { expected: 'not open', actual: 'open' });
  },
});

export const letIn = defineCase({
  title: 'a listener that admits listed origins serves their pages',
  verifies: { transport: ['ws/origin/allowed'] },
  caughtBy: ['refuses-listed-origin'],
  needs: ['browser', 'origin-list'],
  async run(t) {
    const listed = t.scope.target.headers.some(([name]) => name.toLowerCase() === 'origin');
    if (!listed) t.skip("no listed origin is known: give one by --header 'Origin: …'");
    const tab = await t.tab();
    const report = await tab.socket();
    t.check(report.opened, `a page of ${tab.tab.origin} was not let in`, {
      expected: 'open',
      actual: report.failure ?? 'not open',
    });
    await (await tab.connect('own')).end();
  },
});
