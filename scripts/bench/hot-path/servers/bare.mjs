import { createServer } from 'node:http'

// What an answer costs before anybody decides anything: the measure of everything else.
const port = Number(process.argv[2])
const body = JSON.stringify({ ok: true })

createServer((_request, response) => {
  response.setHeader('Content-Type', 'application/json; charset=utf-8')
  response.setHeader('Content-Length', Buffer.byteLength(body))
  response.end(body)
}).listen(port, '127.0.0.1', () => process.stdout.write('{"ready":true}\n'))
