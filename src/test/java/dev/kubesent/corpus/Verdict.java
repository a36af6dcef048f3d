package dev.kubesent.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What an answer to a report is worth. The same rules as score.py of the shared corpus, so that both count alike. */
enum Verdict {
    /** Nothing false, and all that a person needs. */
    RIGHT,
    /** Nothing false, and at least the telling line is quoted. */
    COARSE,
    /** Nothing false, and it says itself that other causes fit as well. */
    AMBIGUOUS,
    /** Neither told nor quoted. */
    UNKNOWN,
    /** Something of it is not true. */
    WRONG,
    /** The status was not 200. */
    NO_ANSWER;

    /** Confidence below: "several causes fit equally well". */
    private static final int SEVERAL = 50;

    /** Confidence below: "it fits, and so do others". */
    private static final int ONE_OF_SEVERAL = 60;

    /** So many characters in a row that stand in the request, too, are a quote and no words of the answer's own. */
    private static final int COPIED = 30;

    /** @param why the pattern that decided; empty where it is right */
    record Judged(Report report, Verdict verdict, int confidence, String cause, String why) {

        @Override
        public String toString() {
            return "%-9s %3d %-27s %s  %s".formatted(verdict, confidence, cause, report.name(), why);
        }
    }

    static Judged judge(Report report, int status, JsonNode answer) {
        var confidence = answer.path("confidence_score").asInt();
        var cause = answer.path("cause").asText("-");
        if (status != 200) {
            return new Judged(report, NO_ANSWER, confidence, cause, "HTTP " + status + " " + answer);
        }
        var said = fields(answer, report.request());
        var untrue = report.patterns("false").stream()
                .filter(pattern -> matches(pattern, said, "any"))
                .findFirst();
        if (untrue.isPresent()) {
            return new Judged(report, WRONG, confidence, cause, "says " + untrue.get());
        }
        var untold = report.patterns("tells").stream()
                .filter(pattern -> !matches(pattern, said, "any"))
                .findFirst();
        if (untold.isEmpty()) {
            return new Judged(report, RIGHT, confidence, cause, "");
        }
        var isQuoted = report.patterns("quotes").stream().anyMatch(pattern -> matches(pattern, said, "quoted"));
        var isOneOfSeveral = confidence > 0 && confidence < ONE_OF_SEVERAL && !cause.equals("UNKNOWN");
        var verdict = confidence >= SEVERAL && isQuoted ? COARSE : isOneOfSeveral ? AMBIGUOUS : UNKNOWN;
        return new Judged(report, verdict, confidence, cause, "does not tell " + untold.get());
    }

    private static boolean matches(String pattern, Map<String, String> said, String otherwise) {
        var colon = pattern.indexOf(':');
        var isNamed = colon > 0 && said.containsKey(pattern.substring(0, colon));
        var text = said.get(isNamed ? pattern.substring(0, colon) : otherwise);
        return Pattern.compile(
                        isNamed ? pattern.substring(colon + 1) : pattern, Pattern.CASE_INSENSITIVE | Pattern.MULTILINE)
                .matcher(Objects.requireNonNull(text))
                .find();
    }

    private static Map<String, String> fields(JsonNode answer, JsonNode request) {
        var said = new HashMap<String, String>();
        for (var name : List.of("root_cause", "cause", "advice", "suggested_fix_yaml")) {
            said.put(name, answer.path(name).asText());
        }
        var evidence =
                answer.path("evidence").valueStream().map(JsonNode::asText).toList();
        var quotes = evidence.stream()
                .map(quote -> quote.replaceFirst("^[A-Z]+: ", ""))
                .toList();
        var words = said.get("cause") + "\n" + said.get("cause").replace('_', ' ') + "\n" + said.get("advice");
        var all = String.join("\n", evidence);
        said.put("own", own(said.get("root_cause"), quotes, request) + "\n" + words);
        said.put("quoted", said.get("root_cause") + "\n" + all);
        said.put("any", said.get("root_cause") + "\n" + words + "\n" + all);
        said.put("evidence", all);
        return said;
    }

    /** The text without what it only repeats: a line that is quoted explains nothing. */
    private static String own(String text, List<String> quotes, JsonNode request) {
        var without = text;
        for (var quote : quotes.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList()) {
            without = quote.length() > 11 ? without.replace(quote, " ") : without;
        }
        var source = String.join(
                "\n", Stream.concat(strings(request).stream(), quotes.stream()).toList());
        var kept = new boolean[without.length()];
        java.util.Arrays.fill(kept, true);
        for (int start = 0; start + COPIED <= without.length(); start++) {
            if (source.contains(without.substring(start, start + COPIED))) {
                java.util.Arrays.fill(kept, start, start + COPIED, false);
            }
        }
        var own = new StringBuilder();
        for (int i = 0; i < kept.length; i++) {
            if (kept[i]) {
                own.append(without.charAt(i));
            }
        }
        return own.toString();
    }

    private static List<String> strings(JsonNode node) {
        var all = new ArrayList<String>();
        if (node.isTextual()) {
            all.add(node.asText());
        }
        node.forEach(child -> all.addAll(strings(child)));
        return all;
    }
}
