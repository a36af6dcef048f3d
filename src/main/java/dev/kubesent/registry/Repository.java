package dev.kubesent.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.evidence.ImageRegistry.Platform;
import dev.kubesent.evidence.RegistryFacts;
import dev.kubesent.registry.Distribution.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One repository of a registry. A manifest is asked for with HEAD, which costs nobody's quota, and got only where its platform matters
 * (docs.docker.com, "Docker Hub pull usage and limits").
 *
 * @param wanted platform; empty where every one fits
 */
record Repository(Distribution registry, Reference reference, Optional<Platform> wanted) {

    private static final String MANIFESTS = "application/vnd.oci.image.index.v1+json,"
            + "application/vnd.docker.distribution.manifest.list.v2+json,"
            + "application/vnd.oci.image.manifest.v1+json,application/vnd.docker.distribution.manifest.v2+json";

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private static final int NEAREST = 3;

    /** Of a thousand tags each. */
    private static final int PAGES = 5;

    private static final Pattern NEXT = Pattern.compile("^<([^>]*+)>\\s*+;.*rel=\"?next\"?.*");

    private static final Pattern WORD = Pattern.compile("[a-z0-9]{1,32}");

    RegistryFacts facts() throws RegistryException {
        if (has(reference.named())) {
            var platforms = platforms(reference.named());
            return fits(platforms)
                    ? new RegistryFacts.Exists()
                    : new RegistryFacts.OtherPlatforms(
                            platforms.stream().map(Platform::toString).toList());
        }
        var tags = new ArrayList<String>();
        return switch (tags(tags)) {
            case NONE -> new RegistryFacts.NoSuchRepository();
            case ALL -> new RegistryFacts.NoSuchTag(nearest(tags), meant(tags));
            case SOME -> new RegistryFacts.NoSuchTag(nearest(tags), Optional.empty());
        };
    }

    private boolean has(String named) throws RegistryException {
        var status = registry.head(path("/manifests/" + named), MANIFESTS).status();
        if (status != OK && status != NOT_FOUND) {
            throw RegistryException.answered(status);
        }
        return status == OK;
    }

    private String path(String rest) {
        return "/v2/" + reference.path() + rest;
    }

    private boolean fits(List<Platform> platforms) {
        return platforms.isEmpty() || wanted.map(platforms::contains).orElse(true);
    }

    /** @return none where nothing says which */
    private List<Platform> platforms(String named) throws RegistryException {
        if (wanted.isEmpty()) {
            return List.of();
        }
        var manifest = got(path("/manifests/" + named), MANIFESTS).json();
        var parts = manifest.path("manifests");
        if (!parts.isArray()) {
            var config = manifest.path("config").path("digest").asText();
            return config.isEmpty()
                    ? List.of()
                    : platform(got(path("/blobs/" + config), "*/*").json()).stream()
                            .toList();
        }
        return parts.valueStream()
                .flatMap(part -> platform(part.path("platform")).stream())
                .filter(one ->
                        !one.os().equals("unknown")) // an attestation (docs.docker.com, "Image attestation storage")
                .distinct()
                .toList();
    }

    private static Optional<Platform> platform(JsonNode node) {
        var os = node.path("os").asText();
        var architecture = node.path("architecture").asText();
        return WORD.matcher(os).matches() && WORD.matcher(architecture).matches()
                ? Optional.of(new Platform(os, architecture))
                : Optional.empty();
    }

    private Answer got(String path, String accept) throws RegistryException {
        var answer = registry.get(path, accept);
        if (answer.status() != OK) {
            throw RegistryException.answered(answer.status());
        }
        return answer;
    }

    /** How many of the tags were read. */
    private enum Read {
        NONE,
        SOME,
        ALL
    }

    private Read tags(List<String> tags) throws RegistryException {
        var path = Optional.of(path("/tags/list?n=1000"));
        for (int page = 0; page < PAGES && path.isPresent(); page++) {
            var answer = registry.get(path.get(), "application/json");
            if (answer.status() == NOT_FOUND) {
                return Read.NONE;
            }
            if (answer.status() != OK) {
                throw RegistryException.answered(answer.status());
            }
            answer.json().path("tags").forEach(tag -> tags.add(tag.asText()));
            path = answer.headers()
                    .firstValue("Link")
                    .map(NEXT::matcher)
                    .filter(java.util.regex.Matcher::matches)
                    .map(link -> link.group(1));
        }
        return path.isPresent() ? Read.SOME : Read.ALL;
    }

    private List<String> nearest(List<String> tags) {
        return new Alike(reference.tag().orElse("latest"))
                .of(tags).stream().limit(NEAREST).map(reference::image).toList();
    }

    /** Of a digest that is gone, its own tag; else the only one of all that is a slip of the finger away. It has to be for the node. */
    private Optional<String> meant(List<String> tags) throws RegistryException {
        var tag = reference.tag().orElse("latest");
        var candidates = tags.stream()
                .filter(other -> reference.digest().isPresent()
                        ? reference.tag().filter(other::equals).isPresent()
                        : Misspelling.isOf(tag, other))
                .toList();
        return candidates.size() == 1 && fits(platforms(candidates.getFirst()))
                ? Optional.of(reference.image(candidates.getFirst()))
                : Optional.empty();
    }
}
