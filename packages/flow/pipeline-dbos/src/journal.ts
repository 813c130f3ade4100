export { createPostgresJournal, type PostgresJournalOptions } from './lib/create-postgres-journal.ts'
