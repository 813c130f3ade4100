export { createFakeS3, type FakeS3, type FakeS3Options } from './lib/fake-s3/create-fake-s3.ts'
export { type FakeObjectOptions } from './lib/fake-s3/stored-object.ts'
