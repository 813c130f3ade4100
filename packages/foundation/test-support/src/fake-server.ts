export {
  createFakeServer,
  type FakeServer,
  type FakeServerClock,
  type FakeServerOptions,
} from './lib/fake-server/create-fake-server.ts'
export { type FakeScript } from './lib/fake-server/create-script.ts'
export { type FakeApi, type FakeFailure, type FakeHandler } from './lib/fake-server/fake-api.ts'
export { type FakeEvent, type FakeReply } from './lib/fake-server/fake-reply.ts'
export { type FakeRequest, type FakeRequestOutcome } from './lib/fake-server/fake-request.ts'
export {
  type FakeStep,
  type Fault,
  type FramePlace,
  type StatusFault,
  type StreamErrorFault,
} from './lib/fake-server/fake-step.ts'
