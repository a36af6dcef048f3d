package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import java.util.List;
import java.util.regex.Pattern;

/** The database is not as this version of the program expects it, or a migration does not go through. */
final class SchemaMismatch implements LogRule {

    private static final List<Pattern> SIGNS = LogRule.signs(
            "relation \"(?<what>[^\"]+)\" does not exist|column \"?(?<column>[\\w.]+)\"? (of relation \"[^\"]+\""
                    + " )?does not exist",
            "Table '(?<what>[^']+)' doesn't exist|Unknown column '(?<column>[^']+)'|Unknown database"
                    + " '(?<db>[^']+)'|database \\\"(?<pgdb>[^\\\"]+)\\\" does not exist",
            "(?i)FlywayException|Migration (checksum mismatch|.{0,200} failed)|Validate failed: Migrations have failed"
                    + " validation|Detected failed migration",
            "(?i)LiquibaseException|Validation Failed:\\s*\\d+ change ?sets?|Schema-validation: (missing|wrong)",
            "(?i)Dirty database version \\d+|migrate found failed migrations|PendingMigrationError|Migrations are"
                    + " pending|P3009|P3018|no such table: (?<sqlite>\\w+)");

    private static final List<String> WORDS = List.of(
            "relation",
            "column",
            "table",
            "database",
            "flyway",
            "migrat",
            "liquibase",
            "schema",
            "change set",
            "changeset",
            "p3009",
            "p3018",
            "programmingerror");

    @Override
    public Cause cause() {
        return Cause.SCHEMA_MISMATCH;
    }

    @Override
    public List<Pattern> signs() {
        return SIGNS;
    }

    @Override
    public List<String> words() {
        return WORDS;
    }

    @Override
    public String explain(LogSign sign) {
        return "The database's schema is not what this version of the program expects.";
    }

    @Override
    public String advice() {
        return "Run the migration, or mend the one that failed; an older version of the program may fit the schema"
                + " that is there.";
    }
}
