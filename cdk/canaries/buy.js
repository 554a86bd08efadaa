// A shopper who buys: home, catalog, product, cart, the steps of the checkout, the order's page; then the order is cancelled.
// Plain requests, as the store needs no script. Runs in Synthetics (handler index.handler), and by hand:
//   STORE_URL=http://127.0.0.1:5000/ API_URL=http://127.0.0.1:5001/ node cdk/canaries/buy.js
const http = require('http');
const https = require('https');

const cookies = new Map();

function send(base, method, path, form) {
  const url = new URL(path, base);
  const body = form ? new URLSearchParams(form).toString() : undefined;
  const headers = { 'user-agent': 'store-canary', cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
  if (method === 'POST') {
    headers['content-type'] = 'application/x-www-form-urlencoded';
    headers['content-length'] = Buffer.byteLength(body || '');
    headers.origin = url.origin;
  }
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? https : http).request(url, { method, headers, timeout: 10000 }, (answer) => {
      for (const cookie of answer.headers['set-cookie'] || []) {
        const [pair] = cookie.split(';');
        cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
      }
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => resolve({ status: answer.statusCode, location: answer.headers.location, text: Buffer.concat(parts).toString('utf8') }));
    });
    request.on('timeout', () => request.destroy(new Error(`${method} ${path} got no answer in 10 s`)));
    request.on('error', reject);
    request.end(body);
  });
}

async function page(store, path) {
  const answer = await send(store, 'GET', path);
  if (answer.status !== 200) throw new Error(`GET ${path} answered ${answer.status}`);
  return answer.text;
}

// The store answers a form with 303 to the next page.
async function submit(store, path, form) {
  const answer = await send(store, 'POST', path, form);
  if (answer.status !== 303) throw new Error(`POST ${path} answered ${answer.status}, not 303`);
  return answer.location;
}

function find(text, pattern, what) {
  const match = pattern.exec(text);
  if (!match) throw new Error(`${what} is not on the page`);
  return match[1];
}

async function buy(store, api) {
  await page(store, '/home');
  const catalog = await page(store, '/catalog?page=1&size=3');
  const product = find(catalog, /href="\/catalog\/([^"?/]+)"/, 'A product');
  await page(store, `/catalog/${product}`);
  await submit(store, '/cart', { productId: product, quantity: '1' });
  if (!(await page(store, '/cart')).includes('cart-item')) throw new Error('The cart is empty after a product was added');
  await submit(store, '/checkout', {
    firstName: 'Canary', lastName: 'Journey', email: 'canary@store.invalid', address1: '1 Probe Street', address2: '', city: 'Springfield', state: 'WA', zip: '98101',
  });
  await submit(store, '/checkout/delivery', { token: 'priority-mail' });
  await submit(store, '/checkout/payment', {});
  const review = await page(store, '/checkout/review');
  const order = find(review, /name="orderId"[^>]*value="([0-9a-f-]{36})"/, "The order's key");
  const confirmed = await submit(store, '/checkout/confirm', { orderId: order });
  if (!confirmed.includes(`/orders/${order}`)) throw new Error(`The order was not confirmed: ${confirmed}`);
  if (!(await page(store, `/orders/${order}`)).includes(order)) throw new Error('The order cannot be read back');
  const cancelled = await send(api, 'POST', `/orders/${order}/cancel`);
  if (cancelled.status >= 300) throw new Error(`Cancelling the order answered ${cancelled.status}`);
  return order;
}

exports.handler = async () => {
  cookies.clear();
  const order = await buy(process.env.STORE_URL, process.env.API_URL);
  console.log(`Bought and cancelled ${order} at ${process.env.STORE_URL}`);
};

if (require.main === module) {
  exports.handler().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
