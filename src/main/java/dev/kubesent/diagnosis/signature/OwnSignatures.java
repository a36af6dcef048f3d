package dev.kubesent.diagnosis.signature;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * All signatures that the users of this cluster have written, in the order in which they are asked: by key, then as they stand there.
 *
 * @param unusable what stands there and does not count
 */
public record OwnSignatures(List<OwnSignature> all, List<UnusableSignature> unusable) {

    /** Of a cluster whose users wrote none. */
    public static final OwnSignatures NONE = new OwnSignatures(List.of(), List.of());

    public OwnSignatures {
        all = List.copyOf(all);
        unusable = List.copyOf(unusable);
    }

    /** One of them that a text has. */
    public record Found(OwnSignature own, Match match) {

        public String explanation() {
            return own.explanation(match);
        }
    }

    /** Never fails: what cannot be used is named, and the others count. @param data of the ConfigMap */
    public static OwnSignatures read(Map<String, String> data) {
        return OwnSignaturesReader.read(data);
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** Those that a text could have. */
    public OwnSignatures near(String text) {
        var lowerCase = text.toLowerCase(Locale.ROOT);
        return new OwnSignatures(
                all.stream().filter(own -> own.signature().mayBeIn(lowerCase)).toList(), unusable);
    }

    /** The first of them that the text has. @throws dev.kubesent.text.Effort.SpentException where that takes too much work */
    public Optional<Found> first(String text) {
        return all.stream()
                .flatMap(own -> own.signature().in(text).stream().map(match -> new Found(own, match)))
                .findFirst();
    }
}
