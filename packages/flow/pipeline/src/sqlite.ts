export { createSqliteJournal, type SqliteJournalOptions } from './lib/create-sqlite-journal.ts'
