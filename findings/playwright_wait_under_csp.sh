#!/usr/bin/env bash
# Playwright 1.64.1 with Chromium 156 (Debian): on a page whose Content-Security-Policy is default-src 'self', waitForFunction with an expression works
# where the condition holds at the first look, and throws an EvalError where it must look again: the first look is let past the policy by
# the debugger, the later ones run in the page. So such a test passes on a fast machine and fails on a slow one. An async function that
# waits in the page by itself (page.evaluate) is looked at once, and works; a function in place of the expression works, too.
#
# Seen:
#   an expression that holds at once: true
#   an expression that holds later: EvalError
#   a function that holds later: true
#   evaluate, which waits in the page: true
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
dpkg -s chromium > /dev/null 2>&1 || apt-get install --yes -qq chromium > /dev/null
npm install --silent --no-save --ignore-scripts playwright-core@1.64.1
cat > probe.js << 'PROGRAM'
const http = require('http'), { chromium } = require('playwright-core');

const script = 'setTimeout(() => window.late = true, 1000);';
const server = http.createServer((request, answer) => {
  answer.setHeader('Content-Security-Policy', "default-src 'self'");
  answer.setHeader('Content-Type', request.url === '/' ? 'text/html' : 'text/javascript');
  answer.end(request.url === '/' ? '<!DOCTYPE html><title>page</title><script src="script.js"></script>' : script);
});
server.listen(0, '127.0.0.1', async () => {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--disable-gpu', '--disable-background-networking'] });
  const ways = {
    'an expression that holds at once': page => page.waitForFunction("document.title === 'page'"),
    'an expression that holds later': page => page.waitForFunction('window.late === true'),
    'a function that holds later': page => page.waitForFunction(() => window.late === true),
    'evaluate, which waits in the page': page => page.evaluate(async () => {
      while (!window.late)
        await new Promise(requestAnimationFrame);
      return true;
    }),
  };
  for (const [name, wait] of Object.entries(ways)) {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    try {
      await wait(page);
      console.log(`${name}: true`);
    } catch (error) {
      console.log(`${name}: ${/EvalError/.exec(error.message) ?? error.message}`);
    }
    await page.close();
  }
  await browser.close();
  process.exit(0);
});
PROGRAM
node probe.js | tee seen
diff - seen << 'EXPECTED'
an expression that holds at once: true
an expression that holds later: EvalError
a function that holds later: true
evaluate, which waits in the page: true
EXPECTED
