// Fires what it reads from standard input, by autocannon, and prints the result as JSON.

import { text } from 'node:stream/consumers';
import autocannon from 'autocannon';

const shot = JSON.parse(await text(process.stdin));
const requests = shot.bodies.map((body) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body,
}));
const result = await autocannon({
  url: shot.url,
  connections: shot.connections,
  duration: shot.seconds,
  idReplacement: true,
  requests,
});
process.stdout.write(JSON.stringify(result));
