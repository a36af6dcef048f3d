package dev.kubesent.corpus;

import java.util.stream.Stream;

/** What was said of public reports, for tests of the rules that say it. @param rule as a diagnosis names it */
public record Surest(String report, String rule, String cause) {

    private static final String RULES = "rules: ";

    /** Of each report that is answered so surely. @param least 0 to 100 */
    public static Stream<Surest> from(int least) {
        return Report.below(Report.ALL).stream().flatMap(report -> {
            var answer = Corpus.ask(report.request());
            return answer.path("confidence_score").asInt() >= least
                    ? Stream.of(new Surest(
                            report.name(),
                            answer.path("source").asText().replace(RULES, ""),
                            answer.path("cause").asText()))
                    : Stream.empty();
        });
    }
}
