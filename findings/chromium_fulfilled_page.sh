#!/usr/bin/env bash
# Chromium 156 (Debian) with Playwright 1.64.1: a page on loopback that a route has changed and handed on with route.fulfill({ response, body })
# may not open a web socket to the very server it comes from: net::ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS. Chromium does not know
# where a fulfilled answer comes from, takes the page for one of the public network, and keeps it from this machine. Changing another
# file of the page than the page itself is fine.
#
# Seen:
#   as it is: open
#   the page fulfilled: WebSocket connection to 'ws://127.0.0.1:PORT/' failed: Error in connection establishment: net::ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS
#   its script fulfilled: open
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-save --ignore-scripts playwright-core@1.64.1 ws@8.18.0
cat > probe.js << 'PROGRAM'
const http = require('http'), { WebSocketServer } = require('ws'), { chromium } = require('playwright-core');

const script = "new WebSocket('ws://' + location.host + '/').onopen = () => console.log('open');";
const server = http.createServer((request, answer) => {
  answer.setHeader('Content-Type', request.url === '/' ? 'text/html' : 'text/javascript');
  answer.end(request.url === '/' ? '<!DOCTYPE html><link rel="icon" href="data:,"><script src="script.js"></script>' : script);
});
new WebSocketServer({ server });
server.listen(0, '127.0.0.1', async () => {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--disable-gpu', '--disable-background-networking'] });
  const address = `http://127.0.0.1:${server.address().port}/`;
  for (const [name, path] of [['as it is', null], ['the page fulfilled', '/'], ['its script fulfilled', '/script.js']]) {
    const page = await browser.newPage();
    if (path) {
      await page.route(url => url.pathname === path, async route => {
        const response = await route.fetch();
        await route.fulfill({ response, body: await response.text() });
      });
    }
    const message = page.waitForEvent('console');
    await page.goto(address);
    console.log(`${name}: ${(await message).text().replace(/:\d+\//, ':PORT/')}`);
    await page.close();
  }
  await browser.close();
  process.exit(0);
});
PROGRAM
node probe.js
