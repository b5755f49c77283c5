import { readdir } from 'node:fs/promises'
import {
  context,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'
import type { NextFunction, Request, RequestHandler, Response } from 'express'

/**
 * Loads `extensions/telemetry.ts` when there is one, before anything else is opened: that file starts
 * the SDK of the customer's choice, with the exporter of their choice. Gives whether there is one;
 * without it no span is made and a request pays nothing.
 */
export async function loadTelemetry(): Promise<boolean> {
  const folder = new URL('../extensions/', import.meta.url)
  const names = await readdir(folder).catch(() => [] as string[])
  if (!names.includes('telemetry.ts')) return false
  await import(new URL('telemetry.ts', folder).href)
  return true
}

/**
 * A span a request, under the caller's trace when it names one, with the names of OpenTelemetry's
 * conventions. What runs inside (the customer's instrumentation of pg or of fetch) becomes its child.
 */
export function traceRequests(): RequestHandler {
  const tracer = trace.getTracer('authstack')
  return (request: Request, response: Response, next: NextFunction): void => {
    const parent = propagation.extract(context.active(), request.headers)
    const span = tracer.startSpan(request.method, { kind: SpanKind.SERVER }, parent)
    response.once('finish', () => describe(span, request, response))
    // The caller went away: the span must not stay open for ever.
    response.once('close', () => span.end())
    context.with(trace.setSpan(parent, span), next)
  }
}

function describe(span: Span, request: Request, response: Response): void {
  const { route, requestId } = response.locals
  if (route) span.updateName(`${request.method} ${route}`)
  span.setAttributes({
    'http.request.method': request.method,
    'http.response.status_code': response.statusCode,
    'authstack.request_id': String(requestId),
    ...(route ? { 'http.route': String(route) } : {}),
  })
  if (response.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
}
