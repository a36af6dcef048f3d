package dev.kubesent.diagnosis.signature;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.PatternSyntaxException;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.cluster.KubernetesJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The entries of some families, in the order in which they are asked. */
public final class Signatures {

    /** What the files are read as, once, when they are first asked for: most pods never fail. */
    private static final Map<String, Signatures> LOADED = new ConcurrentHashMap<>();

    /** Ends the part of a file that is read at work: examples and look-alikes follow, for tests. */
    static final String EXAMPLES = "\n---\n";

    private final List<Signature> all;

    private Signatures(List<Signature> all) {
        this.all = List.copyOf(all);
    }

    /** @param families names of files below signatures, without their ending */
    public static Signatures of(String... families) {
        return LOADED.computeIfAbsent(
                String.join(",", families),
                _ -> new Signatures(Arrays.stream(families)
                        .flatMap(family -> read(family).stream())
                        .toList()));
    }

    /** Those that a text could have, in their order. */
    public Signatures near(String text) {
        var lowerCase = text.toLowerCase(Locale.ROOT);
        return new Signatures(all.stream().filter(one -> one.mayBeIn(lowerCase)).toList());
    }

    /** All that a text says, in the order of the files. */
    public List<Match> in(String text) {
        var lowerCase = text.toLowerCase(Locale.ROOT);
        return all.stream().flatMap(one -> one.in(text, lowerCase).stream()).toList();
    }

    /**
     * The last place of each spelling in a text, in the order of the files.
     *
     * @param text what is looked through, as names are hidden in it
     * @param shown the same text, of the same length, as it came
     */
    public List<Match> last(String text, String shown) {
        var lowerCase = text.toLowerCase(Locale.ROOT);
        return all.stream().flatMap(one -> one.last(text, lowerCase, shown)).toList();
    }

    /** What stands first in the files of what the text says. */
    public Optional<Match> first(String text) {
        var lowerCase = text.toLowerCase(Locale.ROOT);
        return all.stream().flatMap(one -> one.in(text, lowerCase).stream()).findFirst();
    }

    public List<Signature> all() {
        return all;
    }

    private static List<Signature> read(String family) {
        return entries(resource(family).split(EXAMPLES, 2)[0], family);
    }

    static String resource(String family) {
        try (var file = Signatures.class.getResourceAsStream("/signatures/" + family + ".yaml")) {
            if (file == null) {
                throw new IllegalArgumentException("there is no signatures/" + family + ".yaml");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalArgumentException naming the entry that cannot be used, and why */
    static List<Signature> parse(String yaml, String of) {
        var all = entries(yaml, of);
        for (var one : all) {
            try {
                one.patterns().forEach(Signature.Spelling::pattern);
                one.unless().forEach(Signature.Spelling::pattern);
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException(
                        "signature '%s' of %s: %s".formatted(one.id(), of, e.getMessage()), e);
            }
        }
        return all;
    }

    private static List<Signature> entries(String yaml, String of) {
        var tree = KubernetesJson.parse(yaml, JsonNode.class);
        if (!tree.isArray()) {
            throw new IllegalArgumentException(of + " is not a list of signatures");
        }
        return tree.valueStream().map(entry -> signature(entry, of)).toList();
    }

    private static Signature signature(JsonNode entry, String of) {
        var id = entry.path("id").asText();
        try {
            var cause = Cause.valueOf(required(entry, "cause"));
            return new Signature(
                    id,
                    cause,
                    Certainty.valueOf(entry.path("certainty").asText(Certainty.DEFINITE.name())),
                    entry.path("proof").asBoolean(false),
                    entry.path("patterns")
                            .valueStream()
                            .map(JsonNode::asText)
                            .map(Signature.Spelling::of)
                            .toList(),
                    entry.path("unless")
                            .valueStream()
                            .map(JsonNode::asText)
                            .map(Signature.Spelling::of)
                            .toList(),
                    new Sentence(required(entry, "says")),
                    entry.has("advice") ? Optional.of(new Sentence(required(entry, "advice"))) : Optional.empty());
        } catch (IllegalArgumentException | PatternSyntaxException e) {
            throw new IllegalArgumentException("signature '%s' of %s: %s".formatted(id, of, e.getMessage()), e);
        }
    }

    private static String required(JsonNode entry, String field) {
        var text = entry.path(field).asText();
        if (text.isBlank()) {
            throw new IllegalArgumentException("'" + field + "' is missing");
        }
        return text;
    }
}
