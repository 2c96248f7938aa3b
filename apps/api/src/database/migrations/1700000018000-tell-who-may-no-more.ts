import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Says on a channel whose session, token or account has just ended, whoever ended it and at whichever instance, so that open live
 * streams end with it instead of at their next routine check.
 */
export class TellWhoMayNoMore1700000018000 implements MigrationInterface {
  name = 'TellWhoMayNoMore1700000018000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}

const STATEMENTS = [
  `CREATE FUNCTION tell_person_changed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_notify('ledger_person', CASE TG_TABLE_NAME WHEN 'app_user' THEN to_jsonb(OLD) ->> 'id' ELSE to_jsonb(OLD) ->> 'user_id' END);
      RETURN NULL;
    END $$`,
  `CREATE TRIGGER session_ended AFTER DELETE ON session FOR EACH ROW EXECUTE FUNCTION tell_person_changed()`,
  `CREATE TRIGGER api_token_revoked AFTER UPDATE OF deleted_at, expires_at ON api_token FOR EACH ROW EXECUTE FUNCTION tell_person_changed()`,
  `CREATE TRIGGER app_user_rights_changed AFTER UPDATE OF role, disabled, deleted_at ON app_user FOR EACH ROW EXECUTE FUNCTION tell_person_changed()`,
];
