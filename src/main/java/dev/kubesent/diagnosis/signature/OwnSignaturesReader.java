package dev.kubesent.diagnosis.signature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.re2j.PatternSyntaxException;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.cluster.KubernetesJson;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads what users wrote: each entry by itself, within bounds, so that a mistake in one costs that one only. */
final class OwnSignaturesReader {

    /** Bytes of all values together. */
    static final int BYTES = 256 * 1024;

    static final int ENTRIES = 200;

    /** Patterns of one entry, and as many texts that say otherwise. */
    static final int PATTERNS = 20;

    /** Characters of one. */
    static final int PATTERN = 2_000;

    /** Instructions of one: each may be looked at for each character of a log. */
    static final int INSTRUCTIONS = 1_000;

    /** Characters of a sentence or a link. An Event's note has 1024. */
    static final int SENTENCE = 500;

    private static final Pattern ID = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

    private static final Pattern PLACE = Pattern.compile("line \\d+, column \\d+");

    /** {@code cause} and {@code certainty} may stand there, as in KubeSent's own files, and mean nothing. */
    private static final Set<String> FIELDS =
            Set.of("id", "patterns", "unless", "says", "advice", "runbook", "cause", "certainty");

    private final List<OwnSignature> usable = new ArrayList<>();
    private final List<UnusableSignature> unusable = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private int bytes;
    private int entries;

    private OwnSignaturesReader() {}

    static OwnSignatures read(Map<String, String> data) {
        var reader = new OwnSignaturesReader();
        new TreeMap<>(data).forEach(reader::key);
        return new OwnSignatures(reader.usable, reader.unusable);
    }

    private void key(String key, String text) {
        var size = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes + size > BYTES) {
            unusable.add(new UnusableSignature(
                    key, "", "not read: with it there would be more than %d KiB".formatted(BYTES >> 10)));
            return;
        }
        bytes += size;
        var list = list(key, text);
        for (int i = 0; i < list.size(); i++) {
            entry(key, i + 1, list.get(i));
        }
    }

    /** Empty where it is none. */
    private JsonNode list(String key, String text) {
        try {
            var tree = KubernetesJson.parse(text.split(Signatures.EXAMPLES, 2)[0], JsonNode.class);
            if (tree != null && tree.isArray()) {
                return tree;
            }
            unusable.add(new UnusableSignature(key, "", "it is no YAML list of signatures"));
        } catch (RuntimeException e) { // the parser's words repeat what it read; where it stands is enough
            var place = PLACE.matcher(String.valueOf(e.getMessage()));
            unusable.add(new UnusableSignature(
                    key, "", "it is no YAML that can be read" + (place.find() ? ": " + place.group() : "")));
        }
        return JsonNodeFactory.instance.arrayNode();
    }

    private void entry(String key, int number, JsonNode entry) {
        var id = entry.path("id").asText();
        var named = id.isBlank() ? "number " + number : id;
        try {
            require(++entries <= ENTRIES, "there are more than %d signatures".formatted(ENTRIES));
            require(entry.isObject(), "it has no fields");
            require(ID.matcher(id).matches(), "'id' is missing, or not 1 to 63 of a-z, 0-9 and '-'");
            usable.add(signature(key, id, entry));
        } catch (PatternSyntaxException e) {
            unusable.add(new UnusableSignature(key, named, "a pattern is no RE2 expression: " + e.getDescription()));
        } catch (IllegalArgumentException e) {
            unusable.add(new UnusableSignature(key, named, firstLine(e)));
        }
    }

    private OwnSignature signature(String key, String id, JsonNode entry) {
        entry.fieldNames()
                .forEachRemaining(name -> require(FIELDS.contains(name), "there is no field '%s'".formatted(name)));
        var patterns = spellings(entry, "patterns");
        require(!patterns.isEmpty(), "'patterns' is missing");
        var says = sentence(entry, "says", patterns);
        require(!says.template().isBlank(), "'says' is missing");
        var runbook = link(text(entry, "runbook"));
        var advice = entry.has("advice")
                ? sentence(entry, "advice", patterns)
                : new Sentence(
                        runbook.isEmpty()
                                ? "Ask who wrote this signature: key %s of the ConfigMap kubesent-signatures."
                                        .formatted(key)
                                : "Follow the runbook: " + bare(runbook));
        var signature = new Signature(
                id,
                Cause.KNOWN_HERE,
                Certainty.DEFINITE,
                false,
                patterns,
                spellings(entry, "unless"),
                says,
                Optional.of(advice));
        require(ids.add(id), "another signature has this id");
        return new OwnSignature(key, signature, runbook);
    }

    private static List<Signature.Spelling> spellings(JsonNode entry, String field) {
        var list = entry.path(field);
        require(list.isMissingNode() || list.isArray(), "'%s' is no list".formatted(field));
        require(list.size() <= PATTERNS, "'%s' has more than %d".formatted(field, PATTERNS));
        return list.valueStream().map(one -> spelling(one, field)).toList();
    }

    private static Signature.Spelling spelling(JsonNode one, String field) {
        require(one.isTextual() && !one.asText().isEmpty(), "'%s' has what is no text".formatted(field));
        require(one.asText().length() <= PATTERN, "a pattern has more than %d characters".formatted(PATTERN));
        require(!one.asText().contains("\\Q"), "a pattern quotes with \\Q: escape each character");
        require(ProgramSize.of(one.asText()) <= INSTRUCTIONS, "a pattern repeats too much: it would be too slow");
        return Signature.Spelling.ofOthers(one.asText());
    }

    private static Sentence sentence(JsonNode entry, String field, List<Signature.Spelling> patterns) {
        var sentence = new Sentence(text(entry, field));
        require(sentence.isClosed(), "'%s' has a bracket without its other one".formatted(field));
        var caught = new TreeSet<String>();
        patterns.forEach(pattern -> caught.addAll(Match.names(pattern)));
        for (var gap : sentence.gaps()) {
            require(caught.contains(gap), "'%s' names a group that no pattern catches".formatted(field));
        }
        return sentence;
    }

    private static String text(JsonNode entry, String field) {
        var text = entry.path(field);
        require(text.isMissingNode() || text.isTextual(), "'%s' is no text".formatted(field));
        require(text.asText().length() <= SENTENCE, "'%s' has more than %d characters".formatted(field, SENTENCE));
        return text.asText().strip();
    }

    /** Shown as it is, so it can be nothing else. */
    private static String link(String text) {
        require(text.isEmpty() || isHttps(text), "'runbook' is no https link");
        return text;
    }

    private static boolean isHttps(String text) {
        try {
            var uri = new URI(text);
            return "https".equals(uri.getScheme()) && uri.getHost() != null && uri.getRawUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** A link as a part of a sentence, in which brackets mean something. */
    private static String bare(String link) {
        return link.replace("[", "%5B").replace("]", "%5D").replace("{", "%7B").replace("}", "%7D");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
