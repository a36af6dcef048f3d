package dev.kubesent.diagnosis.kubelet;

import com.google.re2j.Pattern;
import dev.kubesent.text.Effort;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A message as what it is: each speaker repeats what the next one said to it. The last one that is not a wrapper knows.
 *
 * @param reason of the state or Event that it stands in
 * @param message as it came
 * @param hidden the same, of the same length, without the user's own names
 * @param clauses in their order; at least one where the message is not blank
 */
public record Chain(String reason, String message, String hidden, List<Clause> clauses) {

    private static final Pattern BETWEEN =
            Pattern.compile(":\\s+|:$|\\n+|\\s+desc = |, (?:err|error|output|stderr|stdout): |, rpc error: ");

    /** What happened, without a word of what to. */
    private static final Pattern BARE = Pattern.compile(
            "(?i)^\\W*(not found|unknown|eof|unexpected eof|permission denied|operation not permitted|no such file or"
                    + " directory|not a directory|is a directory|read-only file system|invalid argument|i/o"
                    + " timeout|timeout|timed out|context deadline exceeded|deadline exceeded|connection (refused|reset by"
                    + " peer|timed out)|connect|broken pipe|no such host|unauthorized|forbidden|denied|failed|input/output"
                    + " error|file exists|device or resource busy|executable file not found in \\$path|no space left on"
                    + " device|exec format error)\\W*$");

    /** Words of a sentence for a person. */
    private static final int LONGEST = 300;

    public Chain {
        clauses = List.copyOf(clauses);
    }

    /** @param reason as Kubernetes writes it; it says in which phase the message begins */
    public static Chain of(String reason, String message, Names names) {
        Effort.steps(message.length());
        var hidden = names.hide(message);
        var clauses = new ArrayList<Clause>();
        var speaker = Phase.of(reason) == Phase.SCHEDULE ? Speaker.SCHEDULER : Speaker.KUBELET;
        var phase = Phase.of(reason);
        int from = 0;
        var between = BETWEEN.matcher(hidden);
        var more = true;
        while (more) {
            more = between.find();
            int to = more ? between.start() : hidden.length();
            var text = hidden.substring(from, to).strip();
            if (!text.isEmpty()) {
                var head = Heads.of(text);
                phase = head.flatMap(Heads.Head::phase).map(later(phase)).orElse(phase);
                speaker = head.flatMap(Heads.Head::speaker)
                        .orElse(afterRpc(text, phase).orElse(speaker));
                clauses.add(new Clause(
                        speaker,
                        phase,
                        from,
                        to,
                        message.substring(from, to).strip(),
                        head.map(Heads.Head::isWrapper).orElse(false)));
            }
            from = more ? between.end() : to;
        }
        return new Chain(reason, message, hidden, clauses);
    }

    /** What pulls the sandbox's own image does not become a pull of the pod's. */
    private static java.util.function.Function<Phase, Phase> later(Phase before) {
        return next -> before == Phase.SANDBOX && next != Phase.SANDBOX ? before : next;
    }

    /** Behind a call there is the runtime, or of a volume its driver. */
    private static Optional<Speaker> afterRpc(String text, Phase phase) {
        if (!text.startsWith("code = ")) {
            return Optional.empty();
        }
        return Optional.of(phase == Phase.MOUNT || phase == Phase.ATTACH ? Speaker.DRIVER : Speaker.RUNTIME);
    }

    /** The last clause that says something of its own; empty where all only pass something on. */
    public Optional<Clause> cause() {
        return clauses.reversed().stream().filter(clause -> !clause.isWrapper()).findFirst();
    }

    /** The cause in its own words, and where these are bare with what they were said of; the whole message where nothing else is. */
    public String said() {
        var last = cause();
        if (last.isEmpty()) {
            return cut(message.strip());
        }
        int at = clauses.indexOf(last.get());
        while (at > 0 && BARE.matcher(clauses.get(at).text()).find()) {
            at--;
        }
        return cut(message.substring(clauses.get(at).from(), last.get().to()).strip());
    }

    /** How far it came. */
    public Phase phase() {
        return cause().or(() -> clauses.reversed().stream().findFirst())
                .map(Clause::phase)
                .orElse(Phase.of(reason));
    }

    /** The clause that a place of the message is in; the last one behind it. */
    public Optional<Clause> at(int place) {
        return clauses.reversed().stream()
                .filter(clause -> clause.from() <= place)
                .findFirst();
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
